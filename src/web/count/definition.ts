// SPDX-License-Identifier: Apache-2.0
// The strict reader of election.pb: every check of PROTOCOL §2, in the order
// in which a reader from top to bottom meets them. The voting page believes the
// charter and reads the same file with protocol/definition.ts, which is small.
import { FEN_MAX } from '../protocol/amount.ts'
import { utf8 } from '../protocol/bytes.ts'
import { digitsPerWord, type Kind, type Project, radixOf } from '../protocol/definition.ts'
import { checkBallot, type BallotLimits } from './ballot_keys.ts'
import { money } from './meta.ts'
import { checkParts } from './part_keys.ts'
import { fail, Rows } from './rows.ts'
import { checkRule } from './rule_keys.ts'
import { readSections, type Sections } from './sections.ts'
import type { StrictDefinition } from './types.ts'

const BYTES_MAX = 64 << 20
const WORDS_MAX = 255
const OUTCOMES = ['votes', 'score', 'selected']

/** As bytes, which is how the C orders them. */
function byBytes(a: string, b: string): number {
  const [x, y] = [utf8(a), utf8(b)]
  const i = x.findIndex((v, at) => v !== y[at])
  return i < 0 ? x.length - y.length : (x[i] as number) - (y[i] ?? -1)
}

function checkIds({ projects }: Sections): void {
  for (const p of projects)
    if (/[,;"]/.test(p.id)) fail('project', { line: p.line, column: 1 }, 'an id cannot hold , ; "')
  const seen = new Set<string>()
  const twice = projects.filter((p) => seen.size === seen.add(p.id).size)
  const first = twice.sort((a, b) => byBytes(a.id, b.id) || a.line - b.line)[0]
  if (first !== undefined) fail('project', { line: first.line, column: 1 }, `the id '${first.id}' is there twice`)
}

function readProjects(s: Sections): Project[] {
  const cost = s.columns.indexOf('cost')
  if (cost < 0) fail('project', { line: s.columnsLine }, "no column 'cost'")
  for (const outcome of OUTCOMES)
    if (s.columns.includes(outcome))
      fail('project', { line: s.columnsLine }, `the column '${outcome}' tells an outcome`)
  if (s.projects.length === 0) fail('project', null, 'no project')
  checkIds(s)
  let sum = 0
  return s.projects.map(({ id, cells, line }) => {
    const fen = money(cells[cost] as string, line, cost + 1)
    if (fen === 0) fail('project', { line, column: cost + 1 }, 'a project must cost at least 0.01')
    if (fen > FEN_MAX - sum) fail('too-big', { line, column: cost + 1 }, 'the costs add up to too large a sum')
    sum += fen
    return { id, cost: fen, fields: new Map(s.columns.map((column, i) => [column, cells[i] as string])) }
  })
}

function widthOf(projects: number, perWord: number): number {
  const width = Math.ceil(projects / perWord)
  return width <= WORDS_MAX ? width : fail('definition', null, `${width} words, and ${WORDS_MAX} are the most`)
}

/** What stands behind the line VOTES: its header, and nothing. */
function checkEnd(rows: Rows, s: Sections, kind: Kind): void {
  const header = kind === 'approval' || kind === 'ordinal' ? 'voter_id;vote' : 'voter_id;vote;points'
  if (!s.votes) fail('format', { line: rows.line + 1 }, "the line 'VOTES' is missing")
  const more = rows.next()
  if (!rows.is(header)) fail('format', { line: rows.line + (more ? 0 : 1) }, `the line '${header}' is missing`)
  if (rows.next()) fail('trailing', { line: rows.line }, 'more behind the header of VOTES')
}

function arithmetic(limits: BallotLimits, projects: number): { radix: number; perWord: number; width: number } {
  const radix = radixOf(limits.kind, limits)
  const perWord = digitsPerWord(radix)
  return { radix, perWord, width: widthOf(projects, perWord) }
}

export function readDefinition(bytes: Uint8Array): StrictDefinition {
  if (bytes.length > BYTES_MAX) fail('too-big', null, 'more than 64 MiB')
  const rows = new Rows(bytes)
  const read = readSections(rows)
  const projects = readProjects(read)
  const limits = checkBallot(read.meta, projects.length, rows.zeroVotes)
  const words = arithmetic(limits, projects.length)
  const rule = checkRule(read.meta, limits)
  const parts = checkParts(read.meta, read, projects, rule.rule)
  checkEnd(rows, read, limits.kind)
  const meta = new Map(Array.from(read.meta.rows, ([key, row]) => [key, row.value]))
  return { bytes, meta, projects, ...limits, ...words, ...rule, parts }
}
