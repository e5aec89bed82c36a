// SPDX-License-Identifier: Apache-2.0
// What was chosen, read back before it is cast: first what is missing, then
// every choice; of a long list what was marked, and the rest as one line.
import { isAnswered } from './cards.ts'
import { digitText, type Choice } from './controls.ts'
import { h } from './dom.ts'
import type { Election } from './election.ts'
import { nameOf } from './project.ts'
import { t, type Key } from './vote_words.ts'
import { withdrawnMark } from './withdrawn.ts'

/** A longer list shows what was marked, and the rest on demand. */
const LONG = 12

/** Is nothing chosen at all? A blank ballot is a ballot, and must be meant. */
export const isBlank = (choice: Choice): boolean =>
  choice.digits.every((v) => v === 0) && !choice.answered.some(Boolean)

const unanswered = ({ definition: d, withdrawn }: Election, choice: Choice): number =>
  d.kind === 'consent' ? choice.answered.filter((v, i) => !v && !withdrawn.has(i)).length : 0

/** What is missing, in a sentence; null when nothing is. */
export function missing(e: Election, choice: Choice): string | null {
  const d = e.definition
  if (isBlank(choice)) return t(d.kind === 'consent' ? 'blank-consent' : 'blank')
  const n = unanswered(e, choice)
  return n === 0 ? null : t('unanswered', { n })
}

/** The button that casts says what it casts. */
export function confirmText(e: Election, choice: Choice): string {
  if (isBlank(choice)) return t('confirm-blank')
  const n = unanswered(e, choice)
  return n === 0 ? t('confirm') : t('confirm-unanswered', { n })
}

function row(e: Election, choice: Choice, i: number): HTMLElement {
  const d = e.definition
  const answered = isAnswered(e, choice, i)
  const digit = choice.digits[i] ?? 0
  return h(
    'li',
    { class: answered ? 'on' : 'off' },
    h('span', { class: 'number' }, `${i + 1}`),
    h('span', { class: 'name' }, nameOf(e, d.projects[i]!, i)),
    e.withdrawn.has(i)
      ? withdrawnMark()
      : h('strong', {}, d.kind === 'consent' && !answered ? t('not-answered') : digitText(d, digit)),
  )
}

const REST: Record<string, Key> = {
  approval: 'rest-approval',
  scoring: 'rest-points',
  cumulative: 'rest-points',
  ordinal: 'rest-ordinal',
}

export function choicesList(e: Election, choice: Choice): HTMLElement[] {
  const d = e.definition
  const order = d.projects.map((_, i) => i)
  if (d.kind === 'ordinal') order.sort((a, b) => (choice.digits[a] || Infinity) - (choice.digits[b] || Infinity))
  const list = (which: number[]): HTMLElement => h('ul', { class: 'review' }, ...which.map((i) => row(e, choice, i)))
  const rest = REST[d.kind]
  if (d.projects.length <= LONG || rest === undefined) return [list(order)]
  const [marked, others] = [order.filter((i) => choice.digits[i] !== 0), order.filter((i) => choice.digits[i] === 0)]
  return [
    ...(marked.length > 0 ? [list(marked)] : []),
    ...(others.length > 0 ? [h('details', {}, h('summary', {}, t(rest, { n: others.length })), list(others))] : []),
  ]
}
