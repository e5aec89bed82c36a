// SPDX-License-Identifier: Apache-2.0
// Whose letter is meant: by flat, in any spelling, by a surname, or by its number; and
// what can be done with it.
import { h } from '../ui/dom.ts'
import { list } from '../ui/i18n.ts'
import type { Book } from './api.ts'
import { addHousehold, endLetter } from './change_letter.ts'
import { find, type Found, type Letter, type Said } from './paper_api.ts'
import { textField } from './paper_fields.ts'
import { p } from './paper_words.ts'
import { button, buttons, labelled, routes, run, show, type Act } from './window.ts'

export async function findLetter(b: Book | null, words = ''): Promise<void> {
  if (b === null) return routes.home()
  const found = await find(b.id, words)
  show(
    () => findLetter(b, words),
    () => view(b, words, found),
  )
}

function searchForm(b: Book, words: string): HTMLElement {
  const who = textField(p('find-who'), words)
  const go = (e: Event): void => {
    e.preventDefault()
    run(() => findLetter(b, who.value()))
  }
  return h('form', { onsubmit: go }, who.element, h('button', { class: 'main' }, p('find-do')))
}

function view(b: Book, words: string, found: Found): HTMLElement[] {
  const back = (): Promise<void> => findLetter(b, words)
  const none = p(words === '' ? 'changed-none' : 'find-none')
  return [
    h('h1', {}, p('find-title')),
    h('p', {}, p('find-what')),
    searchForm(b, words),
    h(
      'section',
      {},
      h('h2', {}, words === '' ? p('changed-title') : p('find-n', { n: found.letters.length })),
      ...(found.letters.length === 0 ? [h('p', {}, none)] : found.letters.map((l) => card(b, l, found, back))),
      found.left_off > 0 && h('p', {}, p('find-more', { n: found.left_off })),
    ),
    ...(words === ''
      ? []
      : [
          h(
            'section',
            {},
            h('h2', {}, p('not-listed')),
            h('p', {}, p('not-listed-what')),
            buttons(labelled(p('add-do'), () => addHousehold(b, words, found.reasons.add, back))),
          ),
        ]),
    buttons(button('back-steps', () => routes.election(b))),
  ]
}

export const number = (n: number): string => String(n).padStart(4, '0')
export const whose = (l: Letter): string => (l.name === '' ? l.household : `${l.household} ${l.name}`)

function state(l: Letter): string {
  if (l.replaced_by !== null) return p('is-replaced', { letter: number(l.replaced_by) })
  if (l.void) return p('is-void')
  return p(l.voted ? 'has-voted' : 'has-not-voted')
}

function said(x: Said | null): HTMLElement[] {
  if (x === null) return []
  return [
    ...(x.words === null ? [] : [h('p', {}, p('why-said', { words: x.words }))]),
    ...(x.by.length === 0 ? [] : [h('p', {}, p('by', { names: list(x.by) }))]),
  ]
}

function card(b: Book, l: Letter, found: Found, back: Act): HTMLElement {
  const may = !l.voted && !l.void
  const act = (kind: 'replace' | 'void'): Promise<void> => endLetter(b, l, kind, found.reasons.change, back)
  return h(
    'div',
    { class: 'card' },
    h('h3', {}, whose(l)),
    h('p', {}, p('letter-number', { letter: number(l.letter) }), ' ', h('strong', {}, state(l))),
    l.replaces !== null && h('p', {}, p('replaces-letter', { letter: number(l.replaces) })),
    l.added && h('p', {}, p('was-added')),
    ...said(l.ended),
    ...said(l.made),
    may &&
      buttons(
        labelled(p('replace-do', { letter: number(l.letter) }), () => act('replace')),
        labelled(p('void-do', { letter: number(l.letter) }), () => act('void')),
      ),
  )
}
