// SPDX-License-Identifier: Apache-2.0
// The result in words: before the clerk signs it, and once it is published.
import { h, replace } from '../ui/dom.ts'
import { act } from './act.ts'
import * as api from './api.ts'
import { carry, follow } from './carry.ts'
import { p } from './poll_words.ts'
import { buttons, labelled, routes, shell } from './window.ts'
import { c } from './words.ts'

const SIGN = { program: 'yihu-issue', verb: 'sign' }

const order = (b: api.Book): api.Order => ({
  program: 'yihu-tally',
  words: ['results', '{dir}'],
  options: {},
  passphrases: [],
  book: b.id,
})

/** Read first, then signed. */
export async function signView(b: api.Book): Promise<void> {
  const w = await carry(order(b), p('result-title'))
  shell.go(() => [
    h('h1', {}, p('result-title')),
    h('p', {}, p(w.status === 0 ? 'result-read' : 'result-not-yet')),
    h('pre', { class: 'read-back', tabindex: 0 }, w.said + w.told),
    buttons(
      ...(w.status === 0 ? [labelled(p('result-sign'), () => act(SIGN, b), true)] : []),
      labelled(c('back-steps'), () => routes.election(b)),
    ),
  ])
}

const STAGES = ['published', 'retired']

/** What was decided, to be read and to be put up. */
export function resultBox(b: api.Book, s: api.Status): Promise<HTMLElement | null> {
  if (!STAGES.includes(s.stage)) return Promise.resolve(null)
  const place = h('div', { role: 'status' })
  const read = async (): Promise<void> => {
    const w = await follow((await api.begin(order(b))).run, place)
    replace(place, h('pre', { class: 'read-back', tabindex: 0 }, w.said + w.told))
  }
  const box = h(
    'section',
    { class: 'notice good' },
    h('h2', {}, p('result-published')),
    buttons(labelled(p('result-show'), read)),
    place,
  )
  return Promise.resolve(box)
}
