// SPDX-License-Identifier: Apache-2.0
// What people have to know of a step before they take it. The words are the table's of
// steps (`yihu-issue status --json`).
import { h } from '../ui/dom.ts'
import type { Step } from './api.ts'
import { r } from './rehearse_words.ts'

/** The steps of the election that is looked at. */
let known: Step[] = []
export const rememberSteps = (steps: Step[]): void => void (known = steps)

const rowOf = (key: Parameters<typeof r>[0], text: string): HTMLElement[] => [h('dt', {}, r(key)), h('dd', {}, text)]

/** What the election goes on with after this step. */
function nextOf(s: Step): string | null {
  const later = known.slice(known.findIndex((x) => x.id === s.id) + 1)
  const next = later.find((x) => x.kind === 'moves' && (x.state === 'waiting' || x.state === 'due'))
  return next?.words ?? null
}

/** Its words are put there once it is opened: a page has forty of them. */
export function cardOf(s: Step, open: boolean): HTMLElement {
  const card = h('details', { class: 'step-card', open }, h('summary', {}, r('card-title')))
  const fill = (): void => {
    if (card.open && card.childElementCount === 1) card.append(...insideOf(s))
  }
  card.addEventListener('toggle', fill)
  fill()
  return card
}

function insideOf(s: Step): HTMLElement[] {
  const next = nextOf(s)
  return [
    h('p', { class: 'by-hand' }, s.card.act),
    h(
      'dl',
      {},
      ...rowOf('card-who', s.card.who),
      ...rowOf('card-hand', s.card.hand),
      ...rowOf('card-time', s.card.time),
      ...rowOf('card-final', s.card.final),
      ...(next === null ? [] : rowOf('card-next', next)),
    ),
  ]
}

/** The card of the step that a verb takes; nothing where it is none of this election's. */
export function cardFor(program: string, verb: string | null): HTMLElement[] {
  const command = verb === null ? program : `${program} ${verb}`
  const step = known.find((x) => [x.command, x.together].some((line) => line?.startsWith(`${command} `)))
  return step === undefined ? [] : [cardOf(step, false)]
}
