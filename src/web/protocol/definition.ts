// SPDX-License-Identifier: Apache-2.0
// The election definition (PROTOCOL §2) as a page needs it: what is voted on,
// which ballots are valid, and how choices become words.
import { fen, FEN_MAX } from './amount.ts'
import { Fault } from './bytes.ts'
import { cleanText } from './note.ts'
import { breachOfParts, type Parts, partsOf } from './parts.ts'

export type Kind = 'approval' | 'consent' | 'scoring' | 'cumulative' | 'ordinal'

export interface Project {
  id: string
  cost: number // fen
  fields: Map<string, string>
}
export interface Definition {
  meta: Map<string, string>
  projects: Project[]
  kind: Kind
  budget: number | null // fen
  radix: number
  perWord: number
  width: number
  minLength: number
  maxLength: number
  maxSumCost: number | null // fen
  maxSumPoints: number | null
  maxPoints: number
  minSumCost: number // fen
  minSumPoints: number
  parts: Parts
}

/** One row: ';' between cells, '"' around and doubled inside. */
function cells(line: string): string[] {
  const out: string[] = []
  let at = 0
  for (;;) {
    const m = /^(?:"((?:[^"]|"")*)"|([^";]*))(;|$)/.exec(line.slice(at))
    if (m === null) throw new Fault('format', 'a cell that is not quoted well')
    out.push(m[1] !== undefined ? m[1].replace(/""/g, '"') : (m[2] ?? ''))
    at += m[0].length
    if (m[3] === '') return out
  }
}

function money(text: string): number {
  const amount = fen(text)
  if (amount === null || amount > FEN_MAX) throw new Fault('project', `'${text}' is no amount of money`)
  return amount
}

function number(meta: Map<string, string>, key: string, otherwise: number): number {
  const text = meta.get(key)
  if (text === undefined) return otherwise
  if (!/^\d{1,15}$/.test(text)) throw new Fault('meta', `${key}: '${text}' is no number`)
  return Number(text)
}

interface Sections {
  meta: Map<string, string>
  projects: Project[]
}
function sections(text: string): Sections {
  const lines = text.slice(0, -1).split('\n')
  const p = lines.indexOf('PROJECTS')
  const v = lines.indexOf('VOTES')
  if (lines[0] !== 'META' || p < 2 || v < p + 2) throw new Fault('format', 'not the sections META, PROJECTS, VOTES')
  const meta = new Map(lines.slice(2, p).map((line) => cells(line) as [string, string]))
  const columns = cells(lines[p + 1] as string)
  const projects = lines.slice(p + 2, v).map((line) => {
    const fields = new Map(cells(line).map((value, i) => [columns[i] ?? '', value]))
    return { id: fields.get('project_id') ?? '', cost: money(fields.get('cost') ?? ''), fields }
  })
  return { meta, projects }
}

export function radixOf(kind: Kind, d: Pick<Definition, 'maxPoints' | 'maxLength'>): number {
  if (kind === 'approval') return 2
  if (kind === 'consent') return 3
  return kind === 'ordinal' ? d.maxLength + 1 : d.maxPoints + 1
}

export function digitsPerWord(radix: number): number {
  let d = 1
  while (radix ** (d + 1) <= 65536) d++
  return d
}

export const KINDS: readonly Kind[] = ['approval', 'consent', 'scoring', 'cumulative', 'ordinal']

export function parseDefinition(bytes: Uint8Array): Definition {
  const { meta, projects } = sections(cleanText(bytes))
  const kind = meta.get('ballot') as Kind
  if (!KINDS.includes(kind) || projects.length === 0) throw new Fault('meta', 'no ballot kind of ours')
  const one = meta.get('vote_type') === 'choose-1'
  const minLength = one ? 1 : number(meta, 'min_length', 0)
  const maxLength = one ? 1 : number(meta, 'max_length', projects.length)
  const maxSumPoints = meta.has('max_sum_points') ? number(meta, 'max_sum_points', 0) : null
  const maxPoints = number(meta, 'max_points', maxSumPoints ?? 0)
  const radix = radixOf(kind, { maxPoints, maxLength })
  const perWord = digitsPerWord(radix)
  const cost = meta.get('max_sum_cost')
  const least = meta.get('min_sum_cost')
  const budget = meta.get('budget')
  return {
    meta,
    projects,
    kind,
    radix,
    perWord,
    minLength,
    maxLength,
    maxSumPoints,
    maxPoints,
    budget: budget === undefined ? null : money(budget),
    maxSumCost: cost === undefined ? null : money(cost),
    minSumCost: least === undefined ? 0 : money(least),
    minSumPoints: number(meta, 'min_sum_points', 0),
    parts: partsOf(meta, projects),
    width: Math.ceil(projects.length / perWord),
  }
}

/** Is it a rehearsal, by its title (§2.6)? */
export const rehearses = ({ meta }: { meta: Map<string, string> }): boolean =>
  meta.get('description')?.startsWith('【演练】') ?? false

/** The picture of a project (§2.5): SHA-256 in hex; null where it has none. */
export function pictureOf(p: Pick<Project, 'fields'>): string | null {
  const cell = p.fields.get('image') ?? ''
  return /^[0-9a-f]{64}$/.test(cell) ? cell : null
}
/** All of them, each once, in the order of their digits. */
export const picturesOf = (d: { projects: readonly Pick<Project, 'fields'>[] }): string[] =>
  [...new Set(d.projects.map(pictureOf).filter((hash) => hash !== null))].sort()

/** word j = Σ digit[j·d+k]·r^k */
export function wordsOf(d: Definition, digits: number[]): number[] {
  return Array.from({ length: d.width }, (_, j) =>
    digits.slice(j * d.perWord, (j + 1) * d.perWord).reduceRight((word, digit) => word * d.radix + digit, 0),
  )
}

/** Which rule of the ballot these digits break; null when none. */
export type Breach =
  | 'too-few'
  | 'too-many'
  | 'too-dear'
  | 'too-cheap'
  | 'too-many-points'
  | 'too-few-points'
  | 'ranks'
  | 'parts'

export function breach(d: Definition, digits: number[]): Breach | null {
  return breachOfAll(d, digits) ?? (breachOfParts(d.parts, d.kind, d.projects, digits) === null ? null : 'parts')
}

/** Of the rules that all projects have together. */
function breachOfAll(d: Definition, digits: number[]): Breach | null {
  if (d.kind === 'consent') return null
  const used = digits.filter((v) => v !== 0)
  if (used.length < d.minLength) return 'too-few'
  if (used.length > d.maxLength) return 'too-many'
  const cost = d.projects.reduce((sum, p, i) => sum + (digits[i] === 0 ? 0 : p.cost), 0)
  if (d.kind === 'approval' && d.maxSumCost !== null && cost > d.maxSumCost) return 'too-dear'
  if (d.kind === 'approval' && cost < d.minSumCost) return 'too-cheap'
  const points = used.reduce((a, b) => a + b, 0)
  if (d.kind === 'cumulative' && points < d.minSumPoints) return 'too-few-points'
  if (d.kind === 'cumulative' && points > (d.maxSumPoints ?? Infinity)) return 'too-many-points'
  const ranks = [...used].sort((a, b) => a - b)
  return d.kind === 'ordinal' && ranks.some((rank, i) => rank !== i + 1) ? 'ranks' : null
}
