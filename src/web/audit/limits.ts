// SPDX-License-Identifier: Apache-2.0
// How large a file of a public folder can be, by its name (PROTOCOL §1.7): one
// on somebody's disk is measured before it is read. A little more is allowed
// than can be, so that a file which is wrong by some bytes is told by its own
// check.
import type { Charter } from '../protocol/charter.ts'
import { isBundle, partOf, tileOf, TILE_WIDTH } from './names.ts'

const KIB = 1 << 10
const MIB = 1 << 20
const SLACK = 64 * KIB
const FILE_MAX = 2 ** 31
const WIDTH_MAX = 255
const POINT = 32
const REGISTER_LINE = 145
const ENTRY = 175 // type, time, and a ballot but for its words
const WORD = 128

/** What is known so far of the election; null: the protocol's most. */
export interface Known {
  charter: Charter | null
  words: number | null // w
}

function most(name: string, { charter, words }: Known): number {
  const ballots = charter === null ? FILE_MAX : charter.households + charter.additions
  const w = words ?? WIDTH_MAX
  const { part } = partOf(name)
  const tile = tileOf(name)
  if (part === 'definition') return 64 * MIB
  if (part === 'charter') return 256 * KIB
  if (part === 'register') return REGISTER_LINE * ballots
  if (part === 'mix') return POINT * (2 * ballots * w + 5 * ballots + 3 * w + 9)
  if (part === 'opening') return POINT * (ballots * w + 7)
  if (part === 'results.pb' || part === 'results.json') return FILE_MAX
  if (tile !== null) return TILE_WIDTH * (isBundle(tile) ? 2 + ENTRY + WORD * w : POINT)
  return 64 * KIB // notes
}

export const mostBytes = (name: string, known: Known): number => Math.min(most(name, known) + SLACK, FILE_MAX)
/** The longest log: O, each ballot, each change, what calls it off, C. */
export const mostEntries = (c: Charter): number => 3 + c.households + 2 * c.additions + c.replacements
