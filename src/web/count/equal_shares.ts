// SPDX-License-Identifier: Apache-2.0
// The rules of equal shares: one run, runs with raised shares, greedy with what
// is left, and the comparison with greedy (PROTOCOL §10).
import { Fault } from '../protocol/bytes.ts'
import { candidates, fundByRound, giveVerdict, greedy, orderByVotes, type Work } from './order.ts'
import { ratioText } from './rational.ts'
import type { Setting } from './setting.ts'
import { Run, type RunResult } from './shares.ts'
import { standsFor } from './standing.ts'
import type { Trace } from './types.ts'

const UNIT = 100n // fen: one of the file's currency
/** Raises that are run before one looks how far the outcome stands; to find
 * that out takes as long as some WORTH of them. */
const [PAUSE, PAUSE_MAX, WORTH] = [32, 1024, 8]

function run(s: Setting, possible: number[], raises: number): { run: Run; num: bigint } {
  const num = BigInt(s.d.budget as number) + UNIT * BigInt(raises) * BigInt(s.n)
  return { run: new Run(s, possible, num, BigInt(s.n)), num }
}

function requireSettled(result: RunResult): RunResult {
  if (result.unsettled) throw new Fault('tie', 'a lot must decide a round of equal shares')
  return result
}

/** Until one raise more would spend over the budget; or, too, until nothing more
 * fits into it. */
type Raise = 'never' | 'while it fits' | 'until exhaustive'

/** Raises one by one; from time to time, and for as long as it helps, those
 * that change nothing are passed over. */
function findRaises(s: Setting, possible: number[], raise: Raise): { raises: number; end: 'exhaustive' | 'over' } {
  const budget = s.d.budget as number
  let [look, pause] = [PAUSE, PAUSE]
  for (let raises = 0; ; raises++) {
    const { run: now, num } = run(s, possible, raises)
    const { funded, spent } = requireSettled(now.result(false))
    if (spent > budget) return { raises: raises - 1, end: 'over' }
    const left = raise === 'until exhaustive' ? budget - spent : Infinity
    const more = possible.some((k) => !funded.includes(k) && (s.costs[k] as number) <= left)
    if (!more) return { raises, end: 'exhaustive' }
    if (raises < look) continue
    const passed = standsFor(s, possible, num, UNIT, funded)
    raises += passed
    pause = passed > WORTH ? 0 : Math.min(2 * pause + 1, PAUSE_MAX)
    look = raises + 1 + pause
  }
}

function rounds(w: Work, s: Setting, raised: { raises: number; end: Trace['raiseEnd'] }): Trace {
  const { run: last, num } = run(s, candidates(w), raised.raises)
  const result = requireSettled(last.result(true))
  w.drawn = result.drawn
  for (const k of result.funded) fundByRound(w, s, k)
  const share = ratioText(num, BigInt(s.n))
  return {
    share,
    raises: raised.raises,
    raiseEnd: raised.end,
    rounds: result.rounds,
    left: last.left(),
    comparison: null,
  }
}

const copy = (w: Work): Work => ({
  ...w,
  projects: w.projects.map((p) => ({ ...p })),
  order: [],
  funded: [],
  drawn: [],
})

/** Ballots that have more of the projects they are for funded by a than by b. */
function prefer(s: Setting, a: Work, b: Work): number {
  const liked = (u: readonly number[], w: Work): number => w.funded.filter((k) => (u[k] as number) > 0).length
  return s.groups.reduce((sum, { weight, u }) => sum + (liked(u, a) > liked(u, b) ? weight : 0), 0)
}

/** Takes greedy's outcome where more ballots have more by it; the rounds stay told. */
function compare(w: Work, s: Setting, other: Work): void {
  greedy(other, s, 'skip')
  const [forGreedy, forShares] = [prefer(s, other, w), prefer(s, w, other)]
  const taken = forGreedy > forShares ? 'greedy' : 'shares'
  const trace = { ...(w.trace as Trace), comparison: { greedy: forGreedy, shares: forShares, taken } as const }
  Object.assign(w, taken === 'greedy' ? { ...other, drawn: w.drawn } : {}, { trace })
}

export function equalShares(w: Work, s: Setting, raise: Raise, complete: boolean): void {
  if (s.n === 0) return
  const other = copy(w)
  w.trace = rounds(w, s, raise === 'never' ? { raises: 0, end: null } : findRaises(s, candidates(w), raise))
  if (complete) greedy(w, s, 'skip')
  else giveVerdict(w, orderByVotes(w, s), 'too-poor')
  if (s.d.comparison) compare(w, s, other)
}
