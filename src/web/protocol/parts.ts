// SPDX-License-Identifier: Apache-2.0
// What holds for parts of the projects: limits of each category or neighborhood,
// and projects that exclude each other (PROTOCOL §2.2, §2.3).
import { fen } from './amount.ts'

/** Of a project what is looked at here. */
interface Project {
  id: string
  cost: number // fen
  fields: Map<string, string>
}

/** A way to part the projects, each into one part. */
export interface Division {
  names: string[]
  /** a project's part */
  of: number[]
  minLength: number
  maxLength: number
  /** fen, of each part; null: not limited */
  budget: number[] | null
  minCost: number[] | null
  maxCost: number[] | null
}
export interface Parts {
  divisions: Division[]
  /** pairs of which one can be funded, the smaller index first, in order */
  exclusive: [number, number][]
  /** and of which a ballot can be for one */
  exclusiveMarks: boolean
}

/** META's list of names, and the column that says whose a project is. */
export const DIVISIONS = [
  { list: 'categories', column: 'category' },
  { list: 'neighborhoods', column: 'neighborhood' },
] as const

/** In the order in which they are read. */
export const LIMITS = ['budget', 'min_length', 'max_length', 'min_sum_cost', 'max_sum_cost'] as const

function divisionOf(
  meta: Map<string, string>,
  projects: Project[],
  { list, column }: (typeof DIVISIONS)[number],
): Division[] {
  const limit = (key: (typeof LIMITS)[number]): string | undefined => meta.get(`${key}_per_${column}`)
  if (LIMITS.every((key) => limit(key) === undefined)) return []
  const names = (meta.get(list) ?? '').split(',')
  const amounts = (text: string | undefined): number[] | null => text?.split(',').map((one) => fen(one) ?? 0) ?? null
  return [
    {
      names,
      of: projects.map((p) => names.indexOf(p.fields.get(column) ?? '')),
      minLength: Number(limit('min_length') ?? 0),
      maxLength: Number(limit('max_length') ?? projects.length),
      budget: amounts(limit('budget')),
      minCost: amounts(limit('min_sum_cost')),
      maxCost: amounts(limit('max_sum_cost')),
    },
  ]
}

/** Of a definition whose parts are well formed. */
export function partsOf(meta: Map<string, string>, projects: Project[]): Parts {
  const at = new Map(projects.map((p, i) => [p.id, i]))
  const pairs = new Map<string, [number, number]>()
  projects.forEach((p, i) => {
    for (const id of (p.fields.get('excludes') ?? '').split(',')) {
      const other = at.get(id)
      if (other === undefined) continue
      const pair: [number, number] = i < other ? [i, other] : [other, i]
      pairs.set(pair.join(), pair)
    }
  })
  return {
    divisions: DIVISIONS.flatMap((by) => divisionOf(meta, projects, by)),
    exclusive: [...pairs.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]),
    exclusiveMarks: meta.get('rule') !== 'greedy-exclusive',
  }
}

export const isExclusive = ({ exclusive }: Parts, a: number, b: number): boolean =>
  exclusive.some(([low, high]) => low === Math.min(a, b) && high === Math.max(a, b))

/** What a ballot breaks, and where: of a part its name, of a pair its projects. */
export type PartBreach =
  | { why: 'part-few' | 'part-many'; name: string; n: number }
  | { why: 'part-cheap' | 'part-dear'; name: string; over: number }
  | { why: 'exclusive'; pair: [number, number] }

function breachOfPart(p: Division, part: number, costs: number[], digits: number[]): PartBreach | null {
  const name = p.names[part] as string
  const marked = digits.flatMap((digit, i) => (digit !== 0 && p.of[i] === part ? [i] : []))
  const cost = marked.reduce((sum, i) => sum + (costs[i] as number), 0)
  const least = p.minCost?.[part] ?? 0
  const most = p.maxCost?.[part] ?? Infinity
  if (marked.length < p.minLength) return { why: 'part-few', name, n: p.minLength }
  if (marked.length > p.maxLength) return { why: 'part-many', name, n: p.maxLength }
  if (cost < least) return { why: 'part-cheap', name, over: least - cost }
  return cost > most ? { why: 'part-dear', name, over: cost - most } : null
}

export function breachOfParts(parts: Parts, kind: string, projects: Project[], digits: number[]): PartBreach | null {
  const costs = projects.map((p) => p.cost)
  for (const p of parts.divisions)
    for (const part of p.names.keys()) {
      const found = breachOfPart(p, part, costs, digits)
      if (found !== null && kind !== 'consent') return found
    }
  const isFor = (i: number): boolean => (kind === 'consent' ? digits[i] === 1 : digits[i] !== 0)
  const pair = parts.exclusiveMarks ? parts.exclusive.find(([a, b]) => isFor(a) && isFor(b)) : undefined
  return pair === undefined ? null : { why: 'exclusive', pair }
}
