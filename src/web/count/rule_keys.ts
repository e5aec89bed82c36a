// SPDX-License-Identifier: Apache-2.0
// What META says about the count: rule, quorum, support, options (PROTOCOL
// §2.2), and whether the rule counts such ballots (§10).
import type { BallotLimits } from './ballot_keys.ts'
import { FEN_MAX } from '../protocol/amount.ts'
import { type Meta, whole } from './meta.ts'
import { fail } from './rows.ts'
import { RULES, type Rule, type Share, type StrictDefinition, SUPPORT_BASES } from './types.ts'

type RuleKeys = Pick<StrictDefinition, 'rule' | 'quorum' | 'support' | 'threshold' | 'comparison' | 'eligibility'>

const SHARE_MAX = 1000000

function readRule(meta: Meta, { kind, budget }: BallotLimits): Rule {
  const rule = RULES.find((r) => r === meta.get('rule')) ?? meta.fail('rule', 'the rule is not known', 'rule')
  if (rule !== 'majority' && budget === null) meta.fail('rule', `the rule ${rule} needs a budget`)
  if (rule === 'majority' && kind !== 'consent') meta.fail('rule', 'the rule majority needs consent ballots')
  return rule
}

/** ">1/2", ">=2/3": within reach, or null. */
function share(text: string): Share | null {
  const m = /^>(=?)([0-9]+)\/([0-9]+)$/.exec(text)
  const over = whole(m?.[2] ?? '', SHARE_MAX)
  const of = whole(m?.[3] ?? '', SHARE_MAX)
  if (m === null || over === null || of === null || of === 0 || over > of) return null
  const strict = m[1] === ''
  return strict && over === of ? null : { over, of, strict }
}

function readQuorum(meta: Meta): Share | null {
  const text = meta.get('quorum')
  return text === null ? null : (share(text) ?? meta.fail('quorum', "not understood; write it like '>1/2'"))
}

function readSupport(meta: Meta, { kind }: BallotLimits): StrictDefinition['support'] {
  const text = meta.get('support')
  if (text === null) return null
  const cut = text.indexOf(' ')
  const part = share(text.slice(0, Math.max(cut, 0)))
  const base = SUPPORT_BASES.find((b) => b === text.slice(cut + 1))
  if (part === null || base === undefined) return meta.fail('support', "not understood; write it like '>1/2 cast'")
  if (base === 'decided' && kind !== 'consent')
    meta.fail('support', 'support of those who decided needs consent ballots')
  return { ...part, base }
}

const isShares = (rule: Rule): boolean => rule.startsWith('equalshares')

function readOption(meta: Meta, key: string, rule: Rule): boolean {
  const text = meta.get(key)
  if (text === null) return false
  if (text !== '1') meta.fail(key, `${key} can only be 1`)
  return isShares(rule) || meta.fail(key, `${key} goes only with the equalshares rules`)
}

const TWIN = 'min_project_score_threshold' // Pabulib's own

function readThreshold(meta: Meta, rule: Rule): number | null {
  const threshold = meta.number('threshold', FEN_MAX)
  if (rule === 'greedy-threshold' && threshold === null)
    fail('meta', null, "greedy-threshold needs the key 'threshold'")
  const stray = ['threshold', TWIN].find((key) => meta.get(key) !== null)
  if (!rule.startsWith('greedy') && stray !== undefined) meta.fail(stray, `${stray} goes only with the greedy rules`)
  const twin = meta.get(TWIN)
  if (twin !== null && twin !== meta.get('threshold')) meta.fail(TWIN, `${TWIN} and threshold differ`)
  return threshold
}

export function checkRule(meta: Meta, limits: BallotLimits): RuleKeys {
  const rule = readRule(meta, limits)
  const quorum = readQuorum(meta)
  const support = readSupport(meta, limits)
  const comparison = readOption(meta, 'comparison', rule)
  const eligibility = readOption(meta, 'eligibility', rule)
  return { rule, quorum, support, comparison, eligibility, threshold: readThreshold(meta, rule) }
}

/** Of a definition that is read: does its rule count its ballots? */
export function requireCountable(d: StrictDefinition): void {
  if (d.rule === 'phragmen' && d.kind !== 'approval' && d.kind !== 'consent')
    fail('rule', null, `the rule phragmen does not count ${d.kind} ballots`)
}
