// SPDX-License-Identifier: Apache-2.0
// Sequential Phragmén (PROTOCOL §10), exact. All households are given money at
// the same pace, so a household has what was given since it last bought. With
// last(i) the time of that, the supporters of p have its cost at
//   t(p) = (cost(p) + Σ last(i)) / supporters.
// Times are over one denominator D.
import { Fault } from '../protocol/bytes.ts'
import { at, candidates, fundByRound, giveVerdict, orderByVotes, type Work } from './order.ts'
import { ratioText } from './rational.ts'
import { goesFirst, type Setting, toldApart } from './setting.ts'
import type { Round } from './types.ts'

class Clock {
  D = 1n
  private readonly last: bigint[] // of each group, over D
  constructor(
    private readonly s: Setting,
    readonly open: Set<number>,
  ) {
    this.last = s.groups.map(() => 0n)
  }

  supporters(k: number): bigint {
    return BigInt(this.s.agree[k] as number)
  }

  /** Σ last of the supporters, over D */
  lasts(k: number): bigint {
    return (this.s.supporters[k] as { group: number }[]).reduce(
      (sum, { group }) =>
        sum + BigInt((this.s.groups[group] as { weight: number }).weight) * (this.last[group] as bigint),
      0n,
    )
  }

  /** t(k) · supporters, over D */
  due(k: number): bigint {
    return BigInt(this.s.costs[k] as number) * this.D + this.lasts(k)
  }

  buy(k: number): void {
    const [due, supporters] = [this.due(k), this.supporters(k)]
    this.open.delete(k)
    this.D *= supporters
    this.last.forEach((v, i) => (this.last[i] = v * supporters))
    for (const { group } of this.s.supporters[k] as { group: number }[]) this.last[group] = due
  }
}

/** The earliest, all that are due at the same moment, and that moment. */
function nextDue(clock: Clock, s: Setting): { best: number; equals: number[]; num: bigint; den: bigint } | null {
  let best: { k: number; due: bigint; of: bigint }[] = []
  for (const k of clock.open) {
    const [due, of] = [clock.due(k), clock.supporters(k)]
    const sign = best[0] === undefined ? -1n : due * best[0].of - best[0].due * of
    if (sign < 0n) best = [{ k, due, of }]
    else if (sign === 0n) best.push({ k, due, of })
  }
  if (best[0] === undefined) return null
  const first = best.reduce((a, b) => (goesFirst(s, a.k, b.k).first ? a : b))
  return {
    best: first.k,
    equals: best.filter((b) => b !== first).map((b) => b.k),
    num: best[0].due,
    den: best[0].of * clock.D,
  }
}

function tellRound(w: Work, s: Setting, best: number, equals: number[], cap: string): Round {
  const { by, drawn } = toldApart(s, best, equals)
  if (by === 'file') throw new Fault('tie', `a lot must decide when project ${s.d.projects[best]?.id} is bought`)
  if (drawn.length > 0) w.drawn.push(drawn)
  return { project: best, cap, effective: null, payers: s.agree[best] as number, emptied: 0, by }
}

/** What the supporters of the open ones have at the moment num/den. */
function leftAt(clock: Clock, num: bigint, den: bigint): { project: number; have: string }[] {
  return [...clock.open]
    .sort((a, b) => a - b)
    .map((project) => {
      const have = clock.supporters(project) * num - clock.lasts(project) * (den / clock.D)
      return { project, have: ratioText(have, den) }
    })
}

export function phragmen(w: Work, s: Setting): void {
  if (s.n === 0) return
  const clock = new Clock(s, new Set(candidates(w)))
  w.trace = { share: '0/1', raises: 0, raiseEnd: null, rounds: [], left: [], comparison: null }
  let tooDear: number | undefined
  for (let next = nextDue(clock, s); next !== null && tooDear === undefined; next = nextDue(clock, s)) {
    const { best, equals, num, den } = next
    const left = (s.d.budget as number) - w.spent
    tooDear = [best, ...equals].sort((a, b) => a - b).find((k) => (s.costs[k] as number) > left)
    w.trace.share = ratioText(num, den)
    if (tooDear === undefined) {
      w.trace.rounds.push(tellRound(w, s, best, equals, w.trace.share))
      clock.buy(best)
      fundByRound(w, s, best)
    } else {
      w.trace.left = leftAt(clock, num, den)
      at(w, tooDear).leftBefore = left
    }
  }
  giveVerdict(w, orderByVotes(w, s), 'after-stop')
  if (tooDear !== undefined) at(w, tooDear).verdict = 'too-dear'
}
