// SPDX-License-Identifier: Apache-2.0
// What every rule looks at: the figures of each project, its lot, and which
// ballots are for it. Ballots that are equal have the same money for ever and
// are one group.
import { H } from '../protocol/group.ts'
import { utf8 } from '../protocol/bytes.ts'
import type { CountContext, DecodedBallot, StrictDefinition, TieBreak } from './types.ts'

export interface Group {
  weight: number // ballots
  u: readonly number[] // points for each project
}
export interface Supporter {
  group: number
  u: number
}
export interface Setting {
  d: StrictDefinition
  n: number // valid ballots
  costs: readonly number[]
  votes: number[]
  /** H("lot"; eid, V, id) of each project; null without V */
  lots: Uint8Array[] | null
  groups: Group[]
  supporters: Supporter[][]
  /** ballots for each project, against it */
  agree: number[]
  against: number[]
}

/** What a digit gives its project. */
function points(d: StrictDefinition, digit: number): number {
  if (digit === 0) return 0
  if (d.kind === 'consent') return digit === 1 ? 1 : 0
  return d.kind === 'ordinal' ? d.maxLength + 1 - digit : digit
}

function grouped(ballots: readonly DecodedBallot[]): { ballot: DecodedBallot; weight: number }[] {
  const groups = new Map<string, { ballot: DecodedBallot; weight: number }>()
  for (const ballot of ballots) {
    const key = ballot.join()
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { ballot, weight: 1 })
    else group.weight++
  }
  return [...groups.values()]
}

export function setting(
  d: StrictDefinition,
  ballots: readonly DecodedBallot[],
  lot: Uint8Array | null,
  context: CountContext,
): Setting {
  const distinct = grouped(ballots)
  const groups = distinct.map(({ ballot, weight }) => ({ weight, u: ballot.map((digit) => points(d, digit)) }))
  const supporters = d.projects.map((_, k) =>
    groups.map(({ u }, group) => ({ group, u: u[k] as number })).filter((s) => s.u > 0),
  )
  const weight = (s: Supporter): number => (groups[s.group] as Group).weight
  const sum = (k: number, of: (s: Supporter) => number): number =>
    (supporters[k] as Supporter[]).reduce((all, s) => all + of(s), 0)
  return {
    d,
    groups,
    supporters,
    n: ballots.length,
    costs: d.projects.map((p) => p.cost),
    votes: d.projects.map((_, k) => sum(k, (s) => weight(s) * s.u)),
    lots: lot === null ? null : d.projects.map((p) => H('lot', context.eid, lot, utf8(p.id))),
    agree: d.projects.map((_, k) => sum(k, weight)),
    against: d.projects.map((_, k) =>
      d.kind === 'consent' ? distinct.reduce((all, { ballot, weight: w }) => all + (ballot[k] === 2 ? w : 0), 0) : 0,
    ),
  }
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const i = a.findIndex((v, at) => v !== b[at])
  return i < 0 ? 0 : (a[i] as number) - (b[i] as number)
}

/** Which of two goes first among equals: lower cost, more votes, the smaller
 * lot; without lots the file's order, which must then decide nothing. */
export function goesFirst(s: Setting, a: number, b: number): { first: boolean; why: TieBreak } {
  const cost = (s.costs[a] as number) - (s.costs[b] as number)
  if (cost !== 0) return { first: cost < 0, why: 'cost' }
  const votes = (s.votes[a] as number) - (s.votes[b] as number)
  if (votes !== 0) return { first: votes > 0, why: 'more-votes' }
  if (s.lots === null) return { first: a < b, why: 'file' }
  return { first: compareBytes(s.lots[a] as Uint8Array, s.lots[b] as Uint8Array) < 0, why: 'lot' }
}

const STRENGTH: readonly TieBreak[] = ['votes', 'cost', 'more-votes', 'lot', 'file']

/** What was needed to put `chosen` before all its equals, and those among which
 * the lot had to. */
export function toldApart(s: Setting, chosen: number, equals: number[]): { by: TieBreak; drawn: number[] } {
  const reasons = equals.map((k) => goesFirst(s, chosen, k).why)
  const by = STRENGTH[Math.max(0, ...reasons.map((r) => STRENGTH.indexOf(r)))] as TieBreak
  const drawn = equals.filter((_, i) => reasons[i] === 'lot')
  return { by, drawn: drawn.length === 0 ? [] : [chosen, ...drawn] }
}
