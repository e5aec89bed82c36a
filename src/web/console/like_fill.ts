// SPDX-License-Identifier: Apache-2.0
// A new election from an earlier one: its texts and lists to change, none of its keys or times.
import type { Like } from './api.ts'
import { fresh, WAYS, type Desk, type Table } from './draft.ts'

function tableOf(rows: string[][]): Table {
  const [heads = [], ...rest] = rows
  return { source: 'typed', path: '', called: '', rows: rest, heads, columns: {}, from: '' }
}

/** A sum that bounds a ballot stands beside each way to choose. */
const isText = (name: string): boolean => name === 'choose-within' || !WAYS.includes(name)

/** All that was typed so far is replaced. */
export function fillLike(desk: Desk, like: Like): void {
  const way = WAYS.find((w) => w in like.options) ?? ''
  const n = like.options[way]
  desk.draft.marks = { way, n: typeof n === 'string' && way !== 'choose-within' ? n : '' }
  const texts = Object.entries(like.options).filter(([name, v]) => typeof v === 'string' && isText(name))
  desk.draft.options = { ...fresh().options, ...(Object.fromEntries(texts) as Record<string, string>) }
  desk.draft.projects = tableOf(like.projects)
  desk.draft.households = tableOf(like.households)
  desk.draft.answers = []
  desk.changed('projects')
  desk.changed('households')
  desk.changed('answers')
}
