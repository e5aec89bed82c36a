// SPDX-License-Identifier: Apache-2.0
// How large a file of a public folder can be, by its name (PROTOCOL §1.7): one
// on somebody's disk is measured before it is read. A little more is allowed
// than can be, so that a file which is wrong by some bytes is told by its own
// check.
import { HOUSEHOLDS_MAX, type Charter } from '../protocol/charter.ts'
import { isBundle, partOf, tileOf, type Tile } from './names.ts'

const KIB = 1 << 10
const MIB = 1 << 20
const NOTE = 64 * KIB
const SLACK = 64 * KIB
const FILE_MAX = 2 ** 31
const DEFINITION = 64 * MIB
const BALLOTS_MAX = 10_000_000
const WIDTH_MAX = 255
const PROJECTS_MAX = 4080
const WITHDRAWALS_MAX = 9
const WITHDRAWAL = 8 * KIB
export const PICTURE = 256 * KIB
const POINT = 32
const REGISTER_LINE = 145
const ENTRY = 175 // type, time, and a ballot but for its words
const WORD = 128
const ROW = 16 // of results.pb: voter id, separators, LF
const MARK = 7 // and of each project, besides its id
const ROUND = 512 // of results.json: a project in a round

/** What is known so far of the election; null: the protocol's most. */
export interface Known {
  charter: Pick<Charter, 'households' | 'additions' | 'replacements' | 'withdrawals'> | null
  definition: { width: number; projects: readonly { id: string }[] } | null
}

const ballotsOf = ({ charter }: Known): number =>
  charter === null ? 2 * HOUSEHOLDS_MAX : Math.min(charter.households + charter.additions, BALLOTS_MAX)
const idBytes = (id: string): number => new TextEncoder().encode(id).length

/** A row of results.pb. */
const rowOf = ({ definition }: Known): number =>
  definition === null ? DEFINITION : definition.projects.reduce((n, { id }) => n + idBytes(id) + MARK, ROW)

function resultOf({ definition }: Known): number {
  const projects = definition?.projects.length ?? PROJECTS_MAX
  return DEFINITION + ROUND * projects * projects
}

function tileBytes(t: Tile, width: number, { charter }: Known): number {
  if (!isBundle(t)) return t.width * POINT
  return t.width * (2 + ENTRY + WORD * width) + (charter?.withdrawals ?? WITHDRAWALS_MAX) * WITHDRAWAL
}

/** 0: no file of the protocol has the name. */
function most(name: string, known: Known): number {
  const ballots = ballotsOf(known)
  const w = known.definition?.width ?? WIDTH_MAX
  const { part } = partOf(name)
  const tile = tileOf(name)
  if (part === 'stray' || part === 'passed-over') return 0
  if (part === 'definition') return DEFINITION
  if (part === 'charter') return 256 * KIB
  if (part === 'picture') return PICTURE
  if (part === 'register') return REGISTER_LINE * ballots
  if (part === 'mix') return POINT * (2 * ballots * w + 5 * ballots + 3 * w + 6) + 28 + 64
  if (part === 'opening') return POINT * (ballots * w + 4) + 24 + 64
  if (part === 'results.pb') return DEFINITION + ballots * rowOf(known)
  if (part === 'results.json') return resultOf(known)
  if (part === 'final') return 2 * NOTE
  return tile === null ? NOTE : tileBytes(tile, w, known)
}

export function mostBytes(name: string, known: Known): number {
  const n = most(name, known)
  return n === 0 ? 0 : Math.min(n + SLACK, FILE_MAX)
}
/** The longest log: O, each ballot, each change and withdrawal, what calls it off, C. */
export const mostEntries = (charter: Charter): number =>
  3 + ballotsOf({ charter, definition: null }) + charter.additions + charter.replacements + charter.withdrawals
