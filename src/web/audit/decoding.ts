// SPDX-License-Identifier: Apache-2.0
// From openings to plain ballots (PROTOCOL §2, §9): the t lowest openings
// combined, each word looked up, void ballots set apart, and the lot's seed V.
import type { DecodedBallot, StrictDefinition } from '../count/types.ts'
import { digitsOf, wordBound } from '../count/digits.ts'
import { mod, scalarBytes } from '../protocol/group.ts'
import type { Opening } from './opening.ts'
import { add, at, IDENTITY, inverse, mul, small, sub, times } from './sodium.ts'
import { Words } from './words.ts'
import type { Work } from './work.ts'

/** λ_j = Π_{m≠j} m/(m−j) */
export function lagrange(holders: number[], j: number): Uint8Array {
  const others = holders.filter((m) => m !== j)
  const above = others.reduce((p, m) => times(p, small(m)), small(1))
  const below = others.reduce((p, m) => p * BigInt(m - j), 1n)
  return times(above, inverse(scalarBytes(mod(below))))
}

interface Share {
  lambda: Uint8Array
  opening: Opening
}
/** Σ λ_j·D_{j,m} */
const combined = (shares: Share[], m: number): Uint8Array =>
  shares.reduce((sum, { lambda, opening }) => add(sum, mul(lambda, at(opening.D, m))), IDENTITY)

function decodeAll(w: Work, d: StrictDefinition, shares: Share[]): { ballots: DecodedBallot[]; voidAt: number[] } {
  const table = new Words(Math.max(...Array.from({ length: d.width }, (_, j) => wordBound(d, j))), w.n * d.width)
  const [ballots, voidAt]: [DecodedBallot[], number[]] = [[], []]
  for (let i = 0; i < w.n; i++) {
    // M = B − Σ λ_j·D_j
    const points = Array.from({ length: d.width }, (_, l) => i * d.width + l).map((m) =>
      sub(at(w.list, 2 * m + 1), combined(shares, 1 + m)),
    )
    const digits = digitsOf(
      d,
      points.map((p) => table.find(p)),
    )
    if (digits !== null) ballots.push(digits)
    else voidAt.push(i + 1)
    w.progress('decoding', i + 1, w.n)
  }
  return { ballots, voidAt }
}

export function checkDecoding(w: Work): void {
  if (w.notOpened) return w.skip('decoding')
  if (w.faulty('openings') || w.faulty('mixes')) return w.skip('decoding', 'openings')
  if (w.opened.size === 0 || w.election === null || w.tally === null || w.opened.size < w.election.charter.t)
    return w.skip('decoding')
  const openers = [...w.opened.keys()].sort((a, b) => a - b)
  const lowest = openers.slice(0, w.election.charter.t)
  const shares = lowest.map((j) => ({ lambda: lagrange(lowest, j), opening: w.opened.get(j) as Opening }))
  const decoded = decodeAll(w, w.election.definition, shares)
  w.tally = { ...w.tally, opening: { mixes: w.mixers.size, openers, ...decoded, lot: combined(shares, 0) } }
  w.step('decoding', w.n)
}
