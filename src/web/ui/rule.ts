// SPDX-License-Identifier: Apache-2.0
// How a project passes, in a few plain sentences before anyone chooses: from
// the definition's own keys (PROTOCOL §2.2). The result tells the same rule.
import type { Definition } from '../protocol/definition.ts'
import type { Division } from '../protocol/parts.ts'
import { h } from './dom.ts'
import type { Election } from './election.ts'
import { openedFrom, sum } from './election.ts'
import { joined, list, t, type Key } from './i18n.ts'
import { plainCards } from './project.ts'

const SHARE = /^>(=?)(\d+)\/(\d+)$/

/** ">1/2" as words: over half, at least two thirds. */
function share(text: string): string {
  const [, least, over, of] = SHARE.exec(text) ?? []
  const half = over === '1' && of === '2'
  const what = half ? t('rule-half') : t('rule-share', { over: Number(over), of: Number(of) })
  return t(least === '=' ? 'rule-at-least' : 'rule-more-than', { share: what })
}

/** The fewest households of so many that make the vote valid; null where no quorum is asked. */
export function quorumLeast({ definition: { meta } }: Election, entitled: number): number | null {
  const found = SHARE.exec(meta.get('quorum') ?? '')
  if (found === null) return null
  const [all, of] = [entitled * Number(found[2]), Number(found[3])]
  return found[1] === '=' ? Math.ceil(all / of) : Math.floor(all / of) + 1
}

const RULES: Record<string, Key> = {
  greedy: 'rule-greedy',
  'greedy-no-skip': 'rule-no-skip',
  'greedy-threshold': 'rule-threshold',
  'greedy-exclusive': 'rule-greedy',
  majority: 'rule-majority',
  equalshares: 'rule-shares',
  'equalshares/add1': 'rule-shares',
  'equalshares/add1u': 'rule-shares-then-votes',
  'equalshares/add1e': 'rule-shares',
  'equalshares/add1eu': 'rule-shares-then-votes',
  phragmen: 'rule-phragmen',
}

/** The sentence of the rule, with its threshold where it has one. */
function ruleKey(meta: Map<string, string>): Key | undefined {
  const rule = meta.get('rule') ?? ''
  if (!meta.has('threshold') || RULES[rule] === undefined) return RULES[rule]
  return rule === 'greedy-no-skip' ? 'rule-no-skip-threshold' : 'rule-threshold'
}

/** What makes a project pass. */
function passing(meta: Map<string, string>): string[] {
  const rule = ruleKey(meta)
  const support = /^(\S+) (cast|decided|entitled)$/.exec(meta.get('support') ?? '')
  return [
    rule === undefined ? '' : t(rule, { n: Number(meta.get('threshold')) }),
    support === null ? '' : t(`rule-support-${support[2] as 'cast'}`, { share: share(support[1]!) }),
  ].filter((line) => line !== '')
}

/** What an unanswered or abstaining row does: where support is of those who cast, it counts against. */
function abstaining(meta: Map<string, string>): string {
  const base = (meta.get('support') ?? '').split(' ')[1]
  return t(base === undefined || base === 'decided' ? 'rule-abstain-neutral' : 'rule-abstain-against')
}

/** Who comes first of equals; where each project is decided by itself, none does. */
function ties(meta: Map<string, string>): string[] {
  const rule = meta.get('rule') ?? ''
  if (RULES[rule] === undefined || (rule === 'majority' && !meta.has('budget'))) return []
  return [t(/^(equalshares|phragmen)/.test(rule) ? 'rule-ties-shares' : 'rule-ties-votes')]
}

/** "Roads 100 yuan, Green 50 yuan" */
const partSums = (d: Definition, names: string[], sums: number[]): string =>
  list(names.map((name, i) => t('rule-part', { name, sum: sum(d, sums[i] as number) })))

function partLengths(d: Definition, p: Division): string[] {
  const [least, most] = [p.minLength, p.maxLength]
  const names = list(p.names)
  if (most >= d.projects.length) return least === 0 ? [] : [t('rule-part-least', { list: names, least })]
  return [
    least === 0 ? t('rule-part-most', { list: names, most }) : t('rule-part-between', { list: names, least, most }),
  ]
}

function parts(d: Definition): string[] {
  return d.parts.divisions.flatMap((p) => [
    ...(p.budget === null ? [] : [t('rule-part-budget', { list: partSums(d, p.names, p.budget) })]),
    ...partLengths(d, p),
    ...(p.maxCost === null ? [] : [t('rule-part-cost-most', { list: partSums(d, p.names, p.maxCost) })]),
    ...(p.minCost === null ? [] : [t('rule-part-cost-least', { list: partSums(d, p.names, p.minCost) })]),
  ])
}

/** By the numbers that the projects have on paper. */
function exclusions({ parts: { exclusive, exclusiveMarks } }: Definition): string[] {
  if (exclusive.length === 0) return []
  const pairs = list(exclusive.map(([a, b]) => t('rule-pair', { a: a + 1, b: b + 1 })))
  const text = t('rule-exclude', { pairs })
  return [exclusiveMarks ? joined([text, t('rule-exclude-mark')]) : text]
}

/** What a ballot must use at least. */
function least(d: Definition): string[] {
  if (d.minSumPoints > 0) return [t('rule-points-least', { n: d.minSumPoints })]
  return d.minSumCost > 0 ? [t('rule-cost-least', { sum: sum(d, d.minSumCost) })] : []
}

/** What src/publish/rule.c says on paper: tests/words/rules.txt holds both to one table. */
export function ruleLines(e: Election): string[] {
  const { meta, kind, budget } = e.definition
  const quorum = meta.get('quorum')
  return [
    ...passing(meta),
    ...(kind === 'consent' ? [abstaining(meta)] : []),
    ...(budget === null ? [] : [t('rule-budget', { sum: sum(e.definition, budget) })]),
    ...least(e.definition),
    ...parts(e.definition),
    ...exclusions(e.definition),
    ...ties(meta),
    ...(quorum === undefined ? [] : [t('rule-quorum', { share: share(quorum) })]),
  ]
}

/** The one line above the projects. */
const ruleLine = (e: Election): string => joined(ruleLines(e).slice(0, e.definition.kind === 'consent' ? 3 : 1))

/** How a project passes: the first sentences in sight, all of them on demand. */
export const ruleFold = (e: Election): HTMLElement =>
  h(
    'details',
    { class: 'about rule' },
    h('summary', {}, h('span', { class: 'lead' }, ruleLine(e)), h('span', { class: 'more' }, t('rule'))),
    ...[...ruleLines(e), openedFrom(e)].map((line) => h('p', {}, line)),
  )

/** What is voted on, to be read only: the rule, then the projects. */
export const votedOn = (e: Election): HTMLElement =>
  h('section', {}, h('h2', {}, t('voted-on')), ruleFold(e), plainCards(e))
