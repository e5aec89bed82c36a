// SPDX-License-Identifier: Apache-2.0
// Which earlier election a new one begins from, and what was taken of it.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import type { Desk } from './draft.ts'
import { d } from './draft_words.ts'
import { fillLike } from './like_fill.ts'
import { buttons, labelled, routes, show, type Act } from './window.ts'

async function taken(desk: Desk, b: api.Book, then: Act): Promise<void> {
  const like = await api.draftLike(b.id)
  fillLike(desk, like)
  await desk.flush()
  show(
    () => taken(desk, b, then),
    () => [
      h('h1', {}, d('nv-like-taken', { name: b.name })),
      h('p', {}, d('nv-like-taken-what')),
      ...(like.added > 0 ? [h('p', { class: 'warn' }, d('nv-like-added', { n: like.added }))] : []),
      ...like.unsaid.map((what) => h('p', { class: 'warn' }, d('nv-like-unsaid', { what }))),
      buttons(labelled(d('nv-next'), then, true)),
    ],
  )
}

/** Which one; what was typed so far is replaced by what it says. */
export async function likeOld(desk: Desk, then: Act): Promise<void> {
  const { books } = await api.books()
  const row = (b: api.Book): HTMLElement =>
    h(
      'li',
      {},
      labelled(d('nv-like-this', { name: b.name }), () => taken(desk, b, then)),
    )
  show(
    () => likeOld(desk, then),
    () => [
      h('h1', {}, d('nv-like')),
      h('p', {}, books.length === 0 ? d('nv-like-none') : d('nv-like-what')),
      h('ul', {}, ...books.map(row)),
      buttons(labelled(d('nv-overview'), then), labelled(d('nv-home'), routes.home)),
    ],
  )
}
