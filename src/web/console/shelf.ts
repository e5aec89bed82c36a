// SPDX-License-Identifier: Apache-2.0
// The elections of this computer.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import { holderHome } from './holder.ts'
import { plain } from './plain.ts'
import { homeLinks, openAct } from './screens.ts'
import { button, buttons, labelled, routes, show } from './window.ts'
import { c } from './words.ts'

export async function home(): Promise<void> {
  const shelf = await api.books()
  if (shelf.holder) return holderHome()
  // Each answer takes a program's start: the view does not wait for all of them.
  const nexts = shelf.books.map(() => h('p', {}, '…'))
  const card = (b: api.Book, i: number): HTMLElement =>
    h(
      'section',
      { class: 'card' },
      h('h2', {}, b.name),
      nexts[i],
      button('open-book', () => routes.election(b), i === 0),
    )
  const begin = (): Promise<void> => openAct({ program: 'yihu-issue', verb: 'init' }, null)
  show(home, () => [
    h('h1', {}, c('books-title')),
    ...(shelf.books.length === 0 ? [h('p', {}, c('books-none'), ' ', c('books-none-what'))] : shelf.books.map(card)),
    buttons(button('new', begin, shelf.books.length === 0), ...homeLinks.map((l) => labelled(l.words(), l.go))),
    h('p', { class: 'note' }, c('books-links')),
    h('p', { class: 'note' }, c('books-where', { path: plain(shelf.new_in) })),
  ])
  shelf.books.forEach((b, i) => {
    const say = (text: string): void => void (nexts[i]!.textContent = text)
    api.status(b.id).then(
      (s) => say(s.next),
      () => say(''),
    )
  })
}
