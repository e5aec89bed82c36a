// SPDX-License-Identifier: Apache-2.0
// What is published (PROTOCOL §10): results.pb, results.json as src/count/RESULTS.md
// fixes it, and the text of the note `results`.
import { sha256 } from '@noble/hashes/sha2'
import { concat, equal, Fault, hex, utf8 } from '../protocol/bytes.ts'
import { quorumOf } from './quorum.ts'
import type { DecodedBallot, Outcome, Share, StrictDefinition, Tally, Trace, Withdrawn } from './types.ts'

// ---- results.pb

const VOTES_LINE = utf8('\nnum_votes;0\n')

/** Where the strict form's one such line is. */
function votesLine(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1))
    if (equal(bytes.subarray(at, at + VOTES_LINE.length), VOTES_LINE)) return at
  throw new Fault('meta', 'no line num_votes;0')
}

/** "id,id", and ";points" with the kinds that have them. */
function vote(d: StrictDefinition, ballot: DecodedBallot): string {
  const marked = ballot.map((digit, k) => ({ digit, id: d.projects[k]?.id })).filter(({ digit }) => digit !== 0)
  if (d.kind === 'ordinal') marked.sort((a, b) => a.digit - b.digit)
  const ids = marked.map(({ id }) => id).join()
  if (d.kind === 'approval' || d.kind === 'ordinal') return ids
  const points = marked.map(({ digit }) => (d.kind === 'consent' && digit === 2 ? -1 : digit))
  return `${ids};${points.join()}`
}

export function resultsPb({ definition: d, opening }: Tally): Uint8Array {
  if (opening === null) return d.bytes
  const line = votesLine(d.bytes)
  const rows = opening.ballots.map((ballot, i) => `${i + 1};${vote(d, ballot)}\n`)
  const votes = utf8(`\nnum_votes;${opening.ballots.length}\n`)
  return concat(d.bytes.subarray(0, line), votes, d.bytes.subarray(line + VOTES_LINE.length), utf8(rows.join('')))
}

// ---- results.json

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** One way to write it: no white space, control characters as \u00xx. */
function write(v: Json): string {
  if (typeof v === 'string') return `"${v.replace(/["\\]/g, '\\$&').replace(/[\x00-\x1f]/g, control)}"`
  if (Array.isArray(v)) return `[${v.map(write).join()}]`
  if (typeof v !== 'object' || v === null) return String(v)
  return `{${Object.entries(v)
    .map(([key, value]) => `${write(key)}:${write(value)}`)
    .join()}}`
}
const control = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`

const time = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '')
const shareText = (s: Share): string => `${s.strict ? '>' : '>='}${s.over}/${s.of}`

function titles({ meta }: StrictDefinition): { [key: string]: Json } {
  const value = (key: string): string | null => meta.get(key) ?? null
  return {
    title: value('description'),
    community: value('unit'),
    instance: value('instance'),
    currency: value('currency'),
  }
}

function turnout({ charter, opening, ...t }: Tally): { [key: string]: Json } {
  return {
    opens: time(charter.opens),
    closes: time(charter.closes),
    households: charter.households,
    additions: t.additions,
    replacements: t.replacements,
    voids: t.voids,
    entitled: t.entitled,
    log_size: t.logSize,
    cast: t.cast,
    min_box: charter.minBox,
    opened: opening !== null,
    valid: opening?.ballots.length ?? null,
    void: opening?.voidAt.length ?? null,
    void_at: opening?.voidAt ?? [],
    holders: charter.n,
    needed: charter.t,
    mixes: opening?.mixes ?? 0,
    openers: opening?.openers ?? [],
    lot: opening === null ? null : hex(opening.lot),
  }
}

/** What was declared, and what became of the quorum. */
function declared(d: StrictDefinition, o: Outcome | null, quorum: Outcome['quorum']): { [key: string]: Json } {
  return {
    ballot: d.kind,
    rule: d.rule,
    budget: d.budget,
    spent: o?.spent ?? 0,
    quorum: d.quorum === null || quorum === null ? null : { rule: shareText(d.quorum), ...quorum },
    support: d.support === null ? null : { rule: shareText(d.support), of: d.support.base },
    threshold: d.threshold,
  }
}

/** Version 1 has no such key: nothing was withdrawn then. */
function withdrawn(t: Tally): { [key: string]: Json } {
  const id = (k: number): string => (t.definition.projects[k] as StrictDefinition['projects'][number]).id
  const one = (w: Withdrawn): Json => ({
    project: id(w.project),
    reason: w.reason,
    time: time(w.time),
    entry: w.entry,
  })
  return t.withdrawn.length > 0 ? { withdrawn: t.withdrawn.map(one) } : {}
}

function project(d: StrictDefinition, o: Outcome | null, k: number): Json {
  const { id, cost, fields } = d.projects[k] as StrictDefinition['projects'][number]
  const r = o?.projects[k]
  return {
    id,
    name: fields.get('name') ?? '',
    name_en: fields.get('name_en') ?? null,
    cost,
    votes: r?.votes ?? null,
    agree: r?.agree ?? null,
    against: r?.against ?? null,
    abstain: r?.abstain ?? null,
    support: r?.support ?? null,
    verdict: r?.verdict ?? null,
    place: r?.place ?? null,
    ordered_by: r?.orderedBy ?? null,
    left_before: r?.leftBefore ?? null,
  }
}

function trace(ids: string[], t: Trace | null): Json {
  if (t === null) return null
  const id = (k: number): string => ids[k] as string
  return {
    share: t.share,
    raises: t.raises,
    raise_end: t.raiseEnd,
    rounds: t.rounds.map((r) => ({
      project: id(r.project),
      cap: r.cap,
      effective: r.effective,
      payers: r.payers,
      emptied: r.emptied,
      by: r.by,
    })),
    left: t.left.map(({ project: k, have }) => ({ project: id(k), have })),
    comparison: t.comparison,
  }
}

const hasRounds = (d: StrictDefinition): boolean => d.rule.startsWith('equalshares') || d.rule === 'phragmen'

function decided(d: StrictDefinition, o: Outcome | null): { [key: string]: Json } {
  const all = d.projects.map((p) => p.id)
  const ids = (list: number[]): string[] => list.map((k) => all[k] as string)
  return {
    projects: d.projects.map((_, k) => project(d, o, k)),
    order: ids(o?.order ?? []),
    ties: (o?.ties ?? []).map(({ projects, lots }) => ({ projects: ids(projects), lots: lots.map(hex) })),
    funded: ids(o?.funded ?? []),
    ...(hasRounds(d) ? { trace: trace(all, o?.trace ?? null) } : {}),
  }
}

/** outcome: null when not opened, and only then. */
export function resultsJson(t: Tally, outcome: Outcome | null): Uint8Array {
  const d = t.definition
  const quorum = quorumOf(d, t)
  const head = {
    version: t.withdrawn.length > 0 ? 'yihu-results-v2' : 'yihu-results-v1',
    eid: hex(t.charter.eid),
    ...titles(d),
  }
  const counted = { ...declared(d, outcome, quorum), ...withdrawn(t), ...decided(d, outcome) }
  return utf8(`${write({ ...head, ...turnout(t), ...counted })}\n`)
}

/** A file counted without an election. */
export function countJson(d: StrictDefinition, valid: number, lot: Uint8Array | null, o: Outcome): Uint8Array {
  const head = { version: 'yihu-count-v1', ...titles(d), valid, lot: lot === null ? null : hex(lot) }
  return utf8(`${write({ ...head, ...declared(d, o, o.quorum), ...decided(d, o) })}\n`)
}

// ---- the note

/** box: null when not opened. */
export function resultsNote(eid: Uint8Array, box: Uint8Array | null, pb: Uint8Array, json: Uint8Array): string {
  const hash = (file: Uint8Array): string => hex(sha256(file))
  const lines = ['yihu-results-v1', `eid ${hex(eid)}`, `box ${box === null ? 'none' : hash(box)}`]
  return [...lines, `results.pb ${hash(pb)}`, `results.json ${hash(json)}`, ''].join('\n')
}
