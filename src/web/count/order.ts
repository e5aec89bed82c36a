// SPDX-License-Identifier: Apache-2.0
// The order by votes, and the greedy rules that walk along it (PROTOCOL §10).
import { Fault } from '../protocol/bytes.ts'
import { isExclusive } from '../protocol/parts.ts'
import { compareBytes, goesFirst, type Setting } from './setting.ts'
import type { ProjectOutcome, TieBreak, Trace, Verdict } from './types.ts'

/** A count under way. Verdicts of `projects` are set as they fall. */
export interface Work {
  projects: ProjectOutcome[]
  order: number[]
  funded: number[]
  spent: number
  trace: Trace | null
  drawn: number[][] // sets of which the lot chose one, in the rounds
}

/** Those that nothing bars, in file order. */
export const candidates = (w: Work): number[] => w.projects.flatMap((p, k) => (p.verdict === 'funded' ? [k] : []))

export const at = (w: Work, k: number): ProjectOutcome => w.projects[k] as ProjectOutcome

/** A round has funded it. */
export function fundByRound(w: Work, s: Setting, k: number): void {
  w.funded.push(k)
  w.spent += s.costs[k] as number
  w.order.push(k)
  Object.assign(at(w, k), { place: w.order.length, orderedBy: 'rule' })
}

function before(s: Setting, a: number, b: number): { first: boolean; why: TieBreak } {
  const votes = (s.votes[a] as number) - (s.votes[b] as number)
  return votes !== 0 ? { first: votes > 0, why: 'votes' } : goesFirst(s, a, b)
}

/** Puts the candidates that have no place yet in order; returns them. */
export function orderByVotes(w: Work, s: Setting): number[] {
  const rest = candidates(w).filter((k) => at(w, k).place === null)
  rest.sort((a, b) => (before(s, a, b).first ? -1 : 1))
  rest.forEach((k, i) => {
    const next = rest[i + 1]
    w.order.push(k)
    at(w, k).place = w.order.length
    at(w, k).orderedBy = next === undefined ? null : before(s, k, next).why
  })
  return rest
}

/** Without lots: neighbours that only a lot could order must fare alike. Their
 * costs are the same, so that then their order decides nothing. */
function requireSettled(w: Work, s: Setting, order: number[]): void {
  order.slice(0, -1).forEach((k, i) => {
    const [a, b] = [at(w, k), at(w, order[i + 1] as number)]
    if (a.orderedBy === 'file' && (a.verdict === 'funded') !== (b.verdict === 'funded'))
      throw new Fault(
        'tie',
        `a lot must decide between projects ${s.d.projects[k]?.id} and ${s.d.projects[order[i + 1] as number]?.id}`,
      )
  })
}

/** The money that a project takes from: the budget, and those of its parts. */
interface Purse {
  has: (k: number) => boolean
  whole: number
  left: number
  stopped: boolean
}

function purses(w: Work, { d }: Setting): Purse[] {
  const purse = (whole: number, left: number, has: Purse['has']): Purse => ({ has, whole, left, stopped: false })
  const whole = d.budget ?? Infinity
  const parts = d.parts.divisions.flatMap(({ budget, of }) =>
    (budget ?? []).map((amount, part) => purse(amount, amount, (k) => of[k] === part)),
  )
  return [purse(whole, whole - w.spent, () => true), ...parts]
}

/** Funds in order what fits what is left of the budget and of its parts', and is
 * not excluded. What a whole budget could not pay stops nothing. */
export function greedy(w: Work, s: Setting, whenTooDear: 'skip' | 'stop'): void {
  const order = orderByVotes(w, s)
  const all = purses(w, s)
  for (const k of order) {
    const cost = s.costs[k] as number
    const p = at(w, k)
    const mine = all.filter((purse) => purse.has(k))
    const left = Math.min(...mine.map((purse) => purse.left))
    const stopped = mine.some((purse) => purse.stopped)
    if (w.funded.some((other) => isExclusive(s.d.parts, k, other))) p.verdict = 'excluded'
    else p.verdict = stopped ? 'after-stop' : cost > left ? 'too-dear' : 'funded'
    const considered = p.verdict === 'funded' || p.verdict === 'too-dear'
    if (considered && s.d.budget !== null) p.leftBefore = left
    if (p.verdict === 'too-dear' && whenTooDear === 'stop')
      for (const purse of mine) purse.stopped = cost > purse.left && cost <= purse.whole
    if (p.verdict !== 'funded') continue
    for (const purse of mine) purse.left -= cost
    w.spent += cost
    w.funded.push(k)
  }
  requireSettled(w, s, order)
}

/** Every candidate. */
export function fundAll(w: Work, s: Setting): void {
  for (const k of orderByVotes(w, s)) {
    w.funded.push(k)
    w.spent += s.costs[k] as number
  }
}

export function giveVerdict(w: Work, projects: number[], verdict: Verdict): void {
  for (const k of projects) at(w, k).verdict = verdict
}

/** What the lot decided, smallest first: the rounds, then runs of the order. */
export function ties(w: Work, s: Setting): { projects: number[]; lots: Uint8Array[] }[] {
  if (s.lots === null) return []
  const lot = (k: number): Uint8Array => (s.lots as Uint8Array[])[k] as Uint8Array
  const runs: number[][] = w.drawn.map((set) => [...set].sort((a, b) => compareBytes(lot(a), lot(b))))
  let run: number[] = []
  for (const k of w.order) {
    run.push(k)
    if (at(w, k).orderedBy === 'lot') continue
    if (run.length > 1) runs.push(run)
    run = []
  }
  return runs.map((projects) => ({ projects, lots: projects.map(lot) }))
}
