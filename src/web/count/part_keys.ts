// SPDX-License-Identifier: Apache-2.0
// What META and PROJECTS say about parts, checked (PROTOCOL §2.2): the names, one
// of them for each project, as many amounts as names, and whom a project excludes.
import type { Project } from '../protocol/definition.ts'
import { DIVISIONS, LIMITS, type Parts, partsOf } from '../protocol/parts.ts'
import { money, type Meta } from './meta.ts'
import { fail } from './rows.ts'
import { type Sections, SPACE_OUTSIDE } from './sections.ts'
import type { Rule } from './types.ts'

const PROJECTS_MAX = 4080
const EXCLUSIVE_MAX = 4096

const lineOf = (meta: Meta, key: string): number => meta.rows.get(key)?.line ?? 0

function checkNames(meta: Meta, list: string): string[] {
  const names = (meta.get(list) as string).split(',')
  if (names.some((name, i) => name === '' || SPACE_OUTSIDE.test(name) || names.indexOf(name) < i))
    meta.fail(list, 'names parted by commas, each once')
  return names
}

function checkAmounts(meta: Meta, key: string, names: string[], positive: boolean): void {
  const text = meta.get(key)
  if (text === null) return
  const items = text.split(',')
  if (items.length !== names.length) meta.fail(key, `${items.length} amounts for ${names.length} names`)
  for (const item of items)
    if (money(item, lineOf(meta, key), 2) === 0 && positive) meta.fail(key, `${key} must be more than 0`)
}

function checkLengths(meta: Meta, column: string, projects: number): void {
  const [least, most] = [`min_length_per_${column}`, `max_length_per_${column}`]
  const min = meta.number(least, PROJECTS_MAX)
  const max = meta.number(most, PROJECTS_MAX)
  if (max === 0 || (min ?? 0) > (max ?? projects)) meta.fail(max === null ? least : most, 'leaves no valid ballot')
}

function checkDivision(meta: Meta, s: Sections, { list, column }: (typeof DIVISIONS)[number]): void {
  const keys = LIMITS.map((limit) => `${limit}_per_${column}`)
  const first = keys.find((key) => meta.get(key) !== null)
  if (first === undefined) return
  const without = (key: string, what: string): never =>
    fail('meta', { line: lineOf(meta, key), column: 1 }, `${key} needs ${what}`)
  if (meta.get(list) === null) without(first, list)
  const at = s.columns.indexOf(column)
  if (at < 0) without(first, column)
  if (first === keys[0] && meta.get('budget') === null) without(first, 'budget')
  const names = checkNames(meta, list)
  for (const { cells, line } of s.projects)
    if (!names.includes(cells[at] as string)) fail('project', { line, column: at + 1 }, `none of the ${list}`)
  checkAmounts(meta, keys[0] as string, names, true)
  checkLengths(meta, column, s.projects.length)
  checkAmounts(meta, keys[3] as string, names, false)
  checkAmounts(meta, keys[4] as string, names, true)
}

function checkExclusive({ columns, projects }: Sections): void {
  const at = columns.indexOf('excludes')
  if (at < 0) return
  const ids = new Set(projects.map((p) => p.id))
  const pairs = new Set<string>()
  for (const { id, cells, line } of projects) {
    const cell = cells[at] as string
    for (const other of cell === '' ? [] : cell.split(',')) {
      const place = { line, column: at + 1 }
      if (!ids.has(other) || other === id) fail('project', place, `excludes names '${other}'`)
      if (pairs.size === EXCLUSIVE_MAX) fail('too-big', place, `more than ${EXCLUSIVE_MAX} pairs`)
      pairs.add([id, other].sort().join())
    }
  }
}

export function checkParts(meta: Meta, s: Sections, projects: Project[], rule: Rule): Parts {
  for (const by of DIVISIONS) checkDivision(meta, s, by)
  checkExclusive(s)
  const parts = partsOf(new Map(Array.from(meta.rows, ([key, { value }]) => [key, value])), projects)
  const wanted = parts.exclusive.length > 0 || parts.divisions.some((p) => p.budget !== null)
  if (wanted && !rule.startsWith('greedy') && rule !== 'majority') meta.fail('rule', 'shares have no word for parts')
  return parts
}
