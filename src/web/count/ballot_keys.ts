// SPDX-License-Identifier: Apache-2.0
// What META says about ballots: the kind, its limits, and the keys that would
// restrict a ballot in a way that nobody enforces (PROTOCOL §2.2, §2.3).
import { KINDS, type Definition, type Kind } from '../protocol/definition.ts'
import type { Meta } from './meta.ts'
import { fail } from './rows.ts'
import { lower } from './sections.ts'

export type BallotLimits = Pick<
  Definition,
  | 'kind'
  | 'budget'
  | 'minLength'
  | 'maxLength'
  | 'maxSumCost'
  | 'minSumCost'
  | 'maxSumPoints'
  | 'minSumPoints'
  | 'maxPoints'
>

const PROJECTS_MAX = 4080
const POINTS_MAX = 65535
const SUM_MAX = 0xffffffff

const REQUIRED = [
  'description',
  'country',
  'unit',
  'instance',
  'num_projects',
  'num_votes',
  'vote_type',
  'rule',
  'date_begin',
  'date_end',
  'ballot',
]
const OURS = ['ballot', 'quorum', 'support', 'threshold', 'comparison', 'eligibility', 'rule', 'budget']
const RESTRICTS = /^(min_|max_|budget_|leftover_budget|default_score|scoring_fn)|_per_|threshold/

/** Restricting keys that are enforced, with the only value where there is one. */
const LENGTHS = Object.fromEntries(
  [
    'min_length_per_category',
    'max_length_per_category',
    'min_length_per_neighborhood',
    'max_length_per_neighborhood',
  ].map((key) => [key, null]),
)
const COSTS = Object.fromEntries(
  ['', '_per_category', '_per_neighborhood'].flatMap((per) => [
    [`min_sum_cost${per}`, null],
    [`max_sum_cost${per}`, null],
  ]),
)
const ENFORCED: Record<Kind, Record<string, string | null>> = {
  approval: { ...LENGTHS, ...COSTS },
  consent: { max_points: '1', min_points: '-1' },
  scoring: { ...LENGTHS, max_points: null, min_points: '0', default_score: '0' },
  cumulative: { ...LENGTHS, max_points: null, min_points: '0', max_sum_points: null, min_sum_points: null },
  ordinal: { ...LENGTHS, scoring_fn: 'Borda' },
}
const ENFORCED_ALWAYS = [
  'min_length',
  'max_length',
  'threshold',
  'min_project_score_threshold',
  'budget_per_category',
  'budget_per_neighborhood',
]

function checkRequired(meta: Meta): void {
  for (const key of REQUIRED) {
    if (meta.get(key) === null) fail('meta', null, `META has no key '${key}'`)
    if (meta.get(key) === '') meta.fail(key, `${key} has no value`)
  }
}

function readKind(meta: Meta): Kind {
  const kind = KINDS.find((k) => k === meta.get('ballot')) ?? meta.fail('ballot', 'no such kind of ballot')
  const type = meta.get('vote_type')
  const one = kind === 'approval' && type === 'choose-1'
  if (!one && type !== (kind === 'consent' ? 'scoring' : kind))
    meta.fail('vote_type', `not the vote_type of ${kind} ballots`)
  return kind
}

function checkKeys(meta: Meta, kind: Kind): void {
  for (const [key, { value, line }] of meta.rows) {
    const small = lower(key)
    if (small !== key && OURS.includes(small)) fail('meta', { line, column: 1 }, `write this key as '${small}'`)
    if (!RESTRICTS.test(small) || ENFORCED_ALWAYS.includes(key)) continue
    const only = Object.entries(ENFORCED[kind]).find(([known]) => known === key)?.[1]
    if (only !== null && only !== value)
      fail('meta', { line, column: 1 }, `'${key};${value}' is not enforced for ${kind} ballots`)
  }
}

function readLengths(meta: Meta, kind: Kind, projects: number): { minLength: number; maxLength: number } {
  const one = meta.get('vote_type') === 'choose-1'
  const least = meta.number('min_length', PROJECTS_MAX)
  const most = meta.number('max_length', PROJECTS_MAX)
  const minLength = least ?? (one ? 1 : 0)
  const maxLength = most ?? (one ? 1 : projects)
  if (maxLength === 0 || maxLength > projects) meta.fail('max_length', `max_length must be from 1 to ${projects}`)
  if (minLength > maxLength) meta.fail('min_length', 'min_length is more than max_length')
  if (one && (minLength !== 1 || maxLength !== 1)) fail('meta', null, 'with choose-1 both lengths are 1')
  if (kind === 'consent' && (minLength !== 0 || maxLength !== projects))
    fail('meta', null, 'a consent ballot has no lengths')
  return { minLength, maxLength }
}

type Points = Pick<Definition, 'maxPoints' | 'maxSumPoints' | 'minSumPoints'>

function readPoints(meta: Meta, kind: Kind): Points {
  if (kind !== 'scoring' && kind !== 'cumulative') return { maxPoints: 0, maxSumPoints: null, minSumPoints: 0 }
  const points = meta.number('max_points', POINTS_MAX)
  const sum = meta.number('max_sum_points', SUM_MAX)
  const least = meta.number('min_sum_points', SUM_MAX) ?? 0
  const wanted = kind === 'cumulative' ? sum : points
  if (wanted === null)
    fail('meta', null, `${kind} ballots need ${kind === 'cumulative' ? 'max_sum_points' : 'max_points'}`)
  const maxPoints = points ?? wanted
  if (maxPoints < 1 || maxPoints > POINTS_MAX || wanted < 1)
    fail('meta', null, `points must be from 1 to ${POINTS_MAX}`)
  if (kind === 'cumulative' && least > wanted) meta.fail('min_sum_points', 'more than max_sum_points')
  return { maxPoints, maxSumPoints: sum, minSumPoints: least }
}

export function checkBallot(meta: Meta, projects: number, zeroVotes: number): BallotLimits {
  checkRequired(meta)
  if (meta.number('num_projects', PROJECTS_MAX) !== projects)
    meta.fail('num_projects', `the file has ${projects} projects`)
  const kind = readKind(meta)
  checkKeys(meta, kind)
  const lengths = readLengths(meta, kind, projects)
  const budget = meta.money('budget')
  const maxSumCost = meta.money('max_sum_cost')
  const minSumCost = meta.money('min_sum_cost') ?? 0
  if (maxSumCost !== null && minSumCost > maxSumCost) meta.fail('min_sum_cost', 'more than max_sum_cost')
  if (zeroVotes !== 1 || meta.get('num_votes') !== '0') fail('meta', null, "exactly one line must be 'num_votes;0'")
  return { kind, budget, maxSumCost, minSumCost, ...lengths, ...readPoints(meta, kind) }
}
