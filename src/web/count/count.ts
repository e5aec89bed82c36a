// SPDX-License-Identifier: Apache-2.0
// The count (PROTOCOL §10): figures, what bars a project before any rule runs,
// and the rule.
import { equalShares } from './equal_shares.ts'
import { at, fundAll, greedy, ties, type Work } from './order.ts'
import { phragmen } from './phragmen.ts'
import { met, quorumOf } from './quorum.ts'
import { requireCountable } from './rule_keys.ts'
import { setting, type Setting } from './setting.ts'
import type { CountContext, DecodedBallot, Outcome, ProjectOutcome, Rule, StrictDefinition, Verdict } from './types.ts'

function support(s: Setting, k: number, context: CountContext): ProjectOutcome['support'] {
  const rule = s.d.support
  if (rule === null) return null
  const have = s.agree[k] as number
  const of = { cast: context.cast, entitled: context.entitled, decided: have + (s.against[k] as number) }[rule.base]
  return { have, of, met: met(rule, have, of) }
}

/** votes/n < cost/(3·budget) */
function notEligible({ d, n, votes, costs }: Setting, k: number): boolean {
  return (
    d.eligibility &&
    3n * BigInt(votes[k] as number) * BigInt(d.budget as number) < BigInt(costs[k] as number) * BigInt(n)
  )
}

/** What bars it, or `funded`: nothing yet. */
function bar(s: Setting, k: number, withdrawn: boolean, holds: boolean): Verdict {
  if (withdrawn) return 'withdrawn'
  const votes = s.votes[k] as number
  if (votes === 0) return 'no-support'
  if (s.d.rule === 'majority' && (s.agree[k] as number) <= (s.against[k] as number)) return 'not-more-for'
  if (s.d.threshold !== null && votes < s.d.threshold) return 'below-threshold'
  if (notEligible(s, k)) return 'not-eligible'
  return holds ? 'funded' : 'below-support'
}

const RUN: Record<Rule, (w: Work, s: Setting) => void> = {
  greedy: (w, s) => greedy(w, s, 'skip'),
  'greedy-no-skip': (w, s) => greedy(w, s, 'stop'),
  'greedy-threshold': (w, s) => greedy(w, s, 'skip'),
  'greedy-exclusive': (w, s) => greedy(w, s, 'skip'),
  majority: (w, s) => (s.d.budget === null && s.d.parts.exclusive.length === 0 ? fundAll(w, s) : greedy(w, s, 'skip')),
  equalshares: (w, s) => equalShares(w, s, 'never', false),
  'equalshares/add1': (w, s) => equalShares(w, s, 'while it fits', false),
  'equalshares/add1u': (w, s) => equalShares(w, s, 'while it fits', true),
  'equalshares/add1e': (w, s) => equalShares(w, s, 'until exhaustive', false),
  'equalshares/add1eu': (w, s) => equalShares(w, s, 'until exhaustive', true),
  phragmen,
}

function figures(s: Setting, k: number, quorumMet: boolean, context: CountContext): ProjectOutcome {
  const [agree, against] = [s.agree[k] as number, s.against[k] as number]
  const supported = support(s, k, context)
  return {
    votes: s.votes[k] as number,
    agree,
    against,
    abstain: s.n - agree - against,
    support: supported,
    verdict: quorumMet ? bar(s, k, context.withdrawn.has(k), supported?.met ?? true) : 'no-quorum',
    place: null,
    orderedBy: null,
    leftBefore: null,
  }
}

/** Without a lot (a file that no election stands behind) a tie that decides
 * something is a fault, `tie`. */
export function count(
  d: StrictDefinition,
  ballots: readonly DecodedBallot[],
  lot: Uint8Array | null,
  context: CountContext,
): Outcome {
  requireCountable(d)
  const s = setting(d, ballots, lot, context)
  const quorum = quorumOf(d, context)
  const quorumMet = quorum?.met ?? true
  const projects = d.projects.map((_, k) => figures(s, k, quorumMet, context))
  const w: Work = { projects, order: [], funded: [], spent: 0, trace: null, drawn: [] }
  if (quorumMet) RUN[d.rule](w, s)
  const last = w.order[w.order.length - 1]
  if (last !== undefined) at(w, last).orderedBy = null
  const { drawn: _, ...outcome } = w
  return { quorum, ties: ties(w, s), ...outcome }
}
