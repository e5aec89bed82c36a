// SPDX-License-Identifier: Apache-2.0
// What goes onto a stick when all is over, and what is kept of the rest.
import { h } from '../ui/dom.ts'
import { lookFirst, work } from './act.ts'
import { a } from './after_words.ts'
import type * as api from './api.ts'
import { PathField } from './files.ts'
import { withSeen, type Seen } from './shown.ts'
import { button, buttons, labelled, routes, shell } from './window.ts'

type Key = Parameters<typeof a>[0]

/** A verb that wants a stick and nothing else. */
function ontoStick(
  b: api.Book,
  verb: string,
  says: { title: Key; what: Key[]; go: Key; shows: boolean },
): Promise<void> {
  const field = new PathField('stick', 'folder')
  const said = h('p', { role: 'alert', class: 'problem' })
  const order = (seen: Seen): api.Order => ({
    program: 'yihu-issue',
    words: [verb, '{dir}', field.value],
    options: withSeen({}, seen),
    passphrases: [],
    book: b.id,
  })
  const again = (): Promise<void> => {
    shell.go(view)
    return Promise.resolve()
  }
  const go = async (): Promise<void> => {
    said.textContent = field.value === '' ? a('stick-needed') : ''
    const done = { book: b, again, forget: () => undefined }
    if (field.value !== '') await (says.shows ? lookFirst(order, done) : work(order(null), done))
  }
  const view = (): HTMLElement[] => [
    h('h1', {}, a(says.title)),
    ...says.what.map((key) => h('p', {}, a(key))),
    h('div', { class: 'field' }, h('label', { for: 'stick' }, a('stick-label')), field.element),
    said,
    buttons(
      labelled(a(says.go), go, true),
      button('back-steps', () => routes.election(b)),
    ),
  ]
  return again()
}

export const copyPublic = (b: api.Book): Promise<void> =>
  ontoStick(b, 'copy-public', { title: 'copy-title', what: ['copy-what'], go: 'copy-go', shows: false })

export const makeArchive = (b: api.Book): Promise<void> =>
  ontoStick(b, 'archive', {
    title: 'archive-title',
    what: ['archive-what', 'archive-two'],
    go: 'archive-look',
    shows: true,
  })

/** Nothing is done here: it is for people to read, and to do. */
export function keptView(b: api.Book): Promise<void> {
  const lines = (...keys: Key[]): HTMLElement => h('ul', {}, ...keys.map((key) => h('li', {}, a(key))))
  shell.go(() => [
    h('h1', {}, a('kept-title')),
    h('h2', {}, a('kept-keep')),
    lines('kept-public', 'kept-personal', 'kept-paper', 'kept-long'),
    h('h2', {}, a('kept-destroy')),
    lines('kept-keys', 'kept-backup', 'kept-secret', 'kept-folder'),
    buttons(button('back-steps', () => routes.election(b))),
  ])
  return Promise.resolve()
}
