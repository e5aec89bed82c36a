// SPDX-License-Identifier: Apache-2.0
// The count, from the closed box to the signed result: who is needed, and who has come.
import { h } from '../ui/dom.ts'
import type * as api from './api.ts'
import { namesOf } from './key_rows.ts'
import { p, type PollKey } from './poll_words.ts'

const STAGES = ['closed', 'boxed', 'mixed', 'opened']
const ROUNDS: [string, PollKey][] = [
  ['box', 'count-box'],
  ['shuffle', 'count-shuffle'],
  ['open', 'count-open'],
  ['sign', 'count-sign'],
]

function round(s: api.Status, id: string, words: PollKey): HTMLElement | null {
  const step = s.steps.find((x) => x.id === id)
  if (step === undefined || step.holders === null || step.state === 'not needed') return null
  const { more, left } = step.holders
  const names = namesOf(left)
  const who =
    step.state === 'done' ? p('count-done') : more === 0 ? p('count-enough') : p('count-more', { n: more, names })
  return h('li', { 'aria-current': step.state === 'due' ? 'step' : null }, h('strong', {}, p(words)), ' ', who)
}

export function countBox(_: api.Book, s: api.Status): Promise<HTMLElement | null> {
  if (!STAGES.includes(s.stage)) return Promise.resolve(null)
  const rounds = ROUNDS.map(([id, words]) => round(s, id, words)).filter((x): x is HTMLElement => x !== null)
  if (rounds.length === 0) return Promise.resolve(null)
  return Promise.resolve(
    h(
      'section',
      { class: 'notice now' },
      h('h2', {}, p('count-title')),
      h('p', {}, p('count-what')),
      h('ol', {}, ...rounds),
    ),
  )
}
