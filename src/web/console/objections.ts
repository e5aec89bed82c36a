// SPDX-License-Identifier: Apache-2.0
// The committee's book of objections: each as it came in, and what is answered in public.
import { h } from '../ui/dom.ts'
import { work } from './act.ts'
import { a } from './after_words.ts'
import * as api from './api.ts'
import { carry } from './carry.ts'
import { unnamed } from './plain.ts'
import { button, buttons, labelled, routes, shell, show } from './window.ts'

/** The text as a file: what people say stands on no command line. */
const asFile = (text: string): Promise<string> => api.drop(new File([text], 'objection.txt', { type: 'text/plain' }))

async function write(
  b: api.Book,
  text: string,
  more: Record<string, string>,
  again: () => Promise<void>,
): Promise<void> {
  const options = { text: await asFile(text), ...more }
  const w = await carry(
    { program: 'yihu-tally', words: ['objection', '{dir}'], options, passphrases: [], book: b.id },
    a('objections-title'),
  )
  if (w.status === 0) return objectionsView(b)
  shell.go(() => [
    h('h1', {}, a('objection-failed')),
    h('pre', { class: 'read-back', tabindex: 0 }, unnamed(w.told + w.said)),
    buttons(labelled(a('objection-again'), again, true)),
  ])
}

/** A text, and for a new one its day. */
function form(b: api.Book, of: api.Objection | null): Promise<void> {
  const text = h('textarea', { id: 'text', rows: 6 })
  const day = h('input', { id: 'day', type: 'date' })
  if (of !== null) text.value = of.answer ?? ''
  const said = h('p', { role: 'alert', class: 'problem' })
  const again = (): Promise<void> => {
    shell.go(view)
    return Promise.resolve()
  }
  const more = (): Record<string, string> =>
    of !== null ? { answer: String(of.number) } : day.value === '' ? {} : { day: day.value }
  const go = async (): Promise<void> => {
    said.textContent = text.value.trim() === '' ? a('text-needed') : ''
    if (text.value.trim() !== '') await write(b, text.value, more(), again)
  }
  const view = (): HTMLElement[] => [
    h('h1', {}, of === null ? a('objection-new') : a('answer-of', { n: of.number })),
    ...(of === null ? [] : [h('blockquote', {}, of.text)]),
    h('p', {}, of === null ? a('objection-what') : a('answer-what')),
    ...(of === null ? [h('div', { class: 'field' }, h('label', { for: 'day' }, a('day-label')), day)] : []),
    h('div', { class: 'field' }, h('label', { for: 'text' }, of === null ? a('text-label') : a('answer-label')), text),
    said,
    buttons(
      labelled(a('write-down'), go, true),
      labelled(a('objections-back'), () => objectionsView(b)),
    ),
  ]
  return again()
}

function row(b: api.Book, o: api.Objection): HTMLElement {
  return h(
    'li',
    {},
    h(
      'div',
      {},
      h('p', {}, h('strong', {}, a('objection-head', { n: o.number, day: o.day }))),
      h('p', { class: 'lines' }, o.text),
      h('p', { class: 'lines' }, o.answer === null ? a('answer-none') : a('answer-is', { answer: o.answer })),
    ),
    labelled(a(o.answer === null ? 'answer-go' : 'answer-change', { n: o.number }), () => form(b, o)),
  )
}

/** How many there are, and the answers, signed and shown beside the results. */
function publish(b: api.Book): HTMLElement {
  const passphrase = h('input', { id: 'clerk', type: 'password', autocomplete: 'off' })
  const go = async (): Promise<void> => {
    const passphrases = passphrase.value === '' ? [] : [passphrase.value]
    const order = {
      program: 'yihu-tally',
      words: ['complaints', '{dir}'],
      options: { recorded: true as const },
      passphrases,
      book: b.id,
    }
    await work(order, { book: b, again: () => objectionsView(b), forget: () => (passphrase.value = '') })
  }
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, a('answers-publish')),
    h('p', {}, a('answers-publish-what')),
    h('div', { class: 'field' }, h('label', { for: 'clerk' }, a('clerk-passphrase')), passphrase),
    buttons(labelled(a('answers-go'), go)),
  )
}

export async function objectionsView(b: api.Book): Promise<void> {
  const all = (await api.objections(b.id)).objections
  show(
    () => objectionsView(b),
    () => [
      h('h1', {}, a('objections-title')),
      h('p', {}, a('objections-what')),
      all.length === 0 ? h('p', {}, a('objections-none')) : h('ul', { class: 'rows' }, ...all.map((o) => row(b, o))),
      buttons(labelled(a('objection-new'), () => form(b, null), all.length === 0)),
      ...(all.length === 0 ? [] : [publish(b)]),
      buttons(button('back-steps', () => routes.election(b))),
    ],
  )
}
