// SPDX-License-Identifier: Apache-2.0
// Closing the box: first the count desk's sheets against the log, then for good.
import { h, replace } from '../ui/dom.ts'
import { work } from './act.ts'
import * as api from './api.ts'
import { follow } from './carry.ts'
import { unnamed } from './plain.ts'
import { p } from './poll_words.ts'
import { Sheets } from './sheets.ts'
import { buttons, labelled, routes, shell } from './window.ts'
import { c } from './words.ts'

/** Compared by the program, which names what differs. */
function comparing(b: api.Book): HTMLElement {
  const sheets = new Sheets()
  const place = h('div', { role: 'status' })
  const compare = async (): Promise<void> => {
    const problem = sheets.problem()
    if (problem !== null) return replace(place, h('p', { class: 'problem' }, problem))
    const order = {
      program: 'yihu-tally',
      words: ['sheets', '{dir}'],
      options: { sheet: sheets.given() },
      passphrases: [],
    }
    const { run } = await api.begin({ ...order, book: b.id })
    const w = await follow(run, place)
    replace(
      place,
      h('p', { class: w.status === 0 ? 'figure' : 'problem' }, p(w.status === 0 ? 'sheets-agree' : 'sheets-differ')),
      h('pre', { class: 'read-back', tabindex: 0 }, unnamed(w.told + w.said)),
    )
  }
  return h(
    'section',
    {},
    h('h2', {}, p('sheets-title')),
    h('p', {}, p('sheets-what')),
    sheets.element,
    buttons(labelled(p('sheets-compare'), compare)),
    place,
  )
}

function closing(b: api.Book, s: api.Status, again: () => Promise<void>): HTMLElement {
  const ballots = h('input', { id: 'close-ballots', type: 'text', inputmode: 'numeric', autocomplete: 'off', size: 8 })
  const secret = h('input', { id: 'close-secret', type: 'password', autocomplete: 'off' })
  const said = h('p', { role: 'alert', class: 'problem' })
  const go = async (): Promise<void> => {
    if (ballots.value.trim() === '') {
      said.textContent = p('close-type')
      return
    }
    const order: api.Order = {
      program: 'yihu-tally',
      words: ['close', '{dir}'],
      options: { ballots: ballots.value.trim() },
      passphrases: secret.value === '' ? [] : [secret.value],
      book: b.id,
    }
    await work(order, { book: b, again, forget: () => (secret.value = '') })
  }
  const field = (input: HTMLInputElement, label: string): HTMLElement =>
    h('div', { class: 'field' }, h('label', { for: input.id }, label), input)
  return h(
    'section',
    {},
    h('h2', {}, p('close-title')),
    h('p', { class: 'figure' }, s.ballots === null ? p('close-unknown') : p('close-ballots', { n: s.ballots })),
    h('p', { class: 'warn' }, p('close-for-good')),
    field(ballots, p('close-type')),
    field(secret, p('close-secret')),
    h('p', { class: 'note' }, c('passphrase-never')),
    said,
    buttons(
      labelled(p('close-do'), go, true),
      labelled(c('back-steps'), () => routes.election(b)),
    ),
  )
}

export async function closeView(b: api.Book): Promise<void> {
  const s = await api.status(b.id)
  const sheets = comparing(b)
  const end = closing(b, s, async () => shell.go(view))
  const view = (): HTMLElement[] => [h('h1', {}, p('close-heading')), h('p', {}, p('close-what')), sheets, end]
  shell.go(view)
}
