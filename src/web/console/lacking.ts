// SPDX-License-Identifier: Apache-2.0
// What is still missing before the folder can be made, and in which part: the program says it.
import type { Desk } from './draft.ts'
import type { Read } from './draft_look.ts'
import { d } from './draft_words.ts'

export interface Lack {
  part: number
  words: string
}
const PART: Record<string, number> = {
  title: 0,
  community: 0,
  projects: 1,
  marks: 1,
  budget: 1,
  winners: 1,
  households: 2,
  opens: 3,
  closes: 3,
}

function ofTable(part: number, read: Read | null | undefined): Lack[] {
  if (!read) return []
  if (read.error !== null) return [{ part, words: read.error }]
  return read.open > 0 ? [{ part, words: d('nv-lack-open', { n: read.open }) }] : []
}

export function lacking(desk: Desk): Lack[] {
  const look = desk.look
  if (look === null) return desk.problem === '' ? [] : [{ part: 0, words: desk.problem }]
  // Without projects, the program does not ask how they are chosen from.
  const asked = look.projects === null ? ['projects', 'title', 'community', 'marks', 'winners'] : []
  const given = desk.draft
  const has: Record<string, boolean> = {
    title: Boolean(given.options.title),
    community: Boolean(given.options.community),
    marks: given.marks.way !== '',
    winners: Boolean(given.options.winners),
  }
  const missing = [...new Set([...look.missing, ...asked])].filter((m) => has[m] !== true)
  const all: Lack[] = given.clock ? [] : [{ part: 0, words: d('nv-lack-clock') }]
  all.push(...missing.map((m) => ({ part: PART[m] ?? 4, words: d(`nv-lack-${m}` as 'nv-lack-clock') })))
  all.push(...ofTable(1, look.projects), ...ofTable(2, look.households))
  if (look.vote.rule?.error !== undefined && !missing.some((m) => PART[m] === 1))
    all.push({ part: 1, words: look.vote.rule.error })
  if (look.holders === null) all.push({ part: 3, words: d('nv-lack-holders') })
  else if (look.holders.missing === 0 && !given.all) all.push({ part: 3, words: d('nv-lack-all') })
  if (look.whole?.refused !== undefined && all.length === 0) all.push({ part: 4, words: look.whole.refused })
  return all.sort((a, b) => a.part - b.part)
}
