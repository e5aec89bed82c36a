// SPDX-License-Identifier: Apache-2.0
// The sections of election.pb, as text (PROTOCOL §2.1).
import { Meta } from './meta.ts'
import { type Rows } from './rows.ts'

const KEYS_MAX = 1000
const PROJECTS_MAX = 4080

export interface ProjectRow {
  id: string
  cells: string[]
  line: number
}
export interface Sections {
  meta: Meta
  columns: string[]
  columnsLine: number
  projects: ProjectRow[]
  /** false: the file ends before the line VOTES */
  votes: boolean
}

/** Without case, of ASCII letters only. */
export const lower = (s: string): string => s.replace(/[A-Z]/g, (c) => c.toLowerCase())

export const SPACE_OUTSIDE = /^[ \t\u00a0\u3000]|[ \t\u00a0\u3000]$/

function requireTrimmed(rows: Rows, column: number): string {
  const text = rows.cells[column - 1] as string
  if (SPACE_OUTSIDE.test(text)) rows.fail('format', column, 'a space before or behind the text')
  return text
}

/** Of a key, a column, a project: not empty, and no word that a reader could
 * take for the start of a section. */
function name(rows: Rows, column: number, code: string): string {
  const text = requireTrimmed(rows, column)
  if (text === '') rows.fail(code, column, 'the cell is empty')
  if (column === 1 && ['meta', 'projects', 'votes'].includes(lower(text)))
    rows.fail(code, column, `'${text}' names a section`)
  return text
}

function requireLine(rows: Rows, text: string): void {
  if (!rows.next() || !rows.is(text)) rows.fail('format', 1, `the line '${text}' is missing`)
}

function addKey(rows: Rows, meta: Meta): void {
  rows.expect(2)
  const key = name(rows, 1, 'meta')
  const value = requireTrimmed(rows, 2)
  if (meta.rows.has(key)) rows.fail('meta', 1, 'the key is there twice')
  if (meta.rows.size === KEYS_MAX) rows.fail('too-big', 1, `more than ${KEYS_MAX} keys`)
  meta.rows.set(key, { value, line: rows.line })
}

function readMeta(rows: Rows): Meta {
  const meta = new Meta()
  requireLine(rows, 'META')
  if (rows.next()) rows.expect(2)
  if (rows.cells[0] !== 'key' || rows.cells[1] !== 'value') rows.fail('format', 1, "the line 'key;value' is missing")
  for (;;) {
    if (!rows.next()) rows.fail('format', 1, "the line 'PROJECTS' is missing")
    if (rows.is('PROJECTS')) return meta
    addKey(rows, meta)
  }
}

function readColumns(rows: Rows): string[] {
  const columns: string[] = []
  if (!rows.next() || rows.cells[0] !== 'project_id') rows.fail('format', 1, 'the first column must be project_id')
  for (let column = 1; column <= rows.cells.length; column++) {
    const text = name(rows, column, 'project')
    if (columns.includes(text)) rows.fail('project', column, 'the column is there twice')
    columns.push(text)
  }
  return columns
}

function addProject(rows: Rows, columns: string[], projects: ProjectRow[]): void {
  rows.expect(columns.length)
  const id = name(rows, 1, 'project')
  if (projects.length === PROJECTS_MAX) rows.fail('too-big', 1, `more than ${PROJECTS_MAX} projects`)
  projects.push({ id, cells: rows.cells, line: rows.line })
}

/** Up to the line VOTES; the rows stand behind it then. */
export function readSections(rows: Rows): Sections {
  const meta = readMeta(rows)
  const columns = readColumns(rows)
  const read: Sections = { meta, columns, columnsLine: rows.line, projects: [], votes: false }
  while (rows.next()) {
    read.votes = rows.is('VOTES')
    if (read.votes) break
    addProject(rows, columns, read.projects)
  }
  return read
}
