// SPDX-License-Identifier: Apache-2.0
// The election checked here, under the id that somebody reads off a letter.
import { h } from '../ui/dom.ts'
import { notice } from '../ui/shell.ts'
import { a } from './after_words.ts'
import type * as api from './api.ts'
import { carry } from './carry.ts'
import { PathField } from './files.ts'
import { button, buttons, labelled, routes, shell } from './window.ts'

export function auditView(b: api.Book): Promise<void> {
  const id = h('input', { id: 'eid', type: 'text', autocomplete: 'off', spellcheck: 'false' })
  const archive = new PathField('archive', 'file')
  const said = h('p', { role: 'alert', class: 'problem' })
  const again = (): Promise<void> => {
    shell.go(view)
    return Promise.resolve()
  }
  const go = async (): Promise<void> => {
    said.textContent = id.value.trim() === '' ? a('eid-needed') : ''
    if (id.value.trim() === '') return
    const place = archive.value === '' ? '{public}' : archive.value
    const order = {
      program: 'yihu-audit',
      words: [place],
      options: { eid: id.value.trim() },
      passphrases: [],
      book: b.id,
    }
    outcome(await carry(order, a('audit-title')))
  }
  const outcome = (w: api.Work): void =>
    shell.go(() => [
      h('h1', {}, a('audit-title')),
      w.status === 0
        ? notice('good', a('audit-good'), a('audit-good-what'))
        : notice('bad', a(w.status === 1 ? 'audit-bad' : 'audit-unread'), w.told),
      h('details', {}, h('summary', {}, a('audit-list')), h('pre', { class: 'read-back', tabindex: 0 }, w.said)),
      buttons(
        labelled(a('audit-again'), again),
        button('back-steps', () => routes.election(b), true),
      ),
    ])
  const view = (): HTMLElement[] => [
    h('h1', {}, a('audit-title')),
    h('p', {}, a('audit-what')),
    h('div', { class: 'field' }, h('label', { for: 'eid' }, a('id-on-letter')), id, h('small', {}, a('eid-what'))),
    h(
      'details',
      {},
      h('summary', {}, a('audit-other')),
      h('div', { class: 'field' }, h('label', { for: 'archive' }, a('audit-archive')), archive.element),
    ),
    said,
    buttons(
      labelled(a('audit-go'), go, true),
      button('back-steps', () => routes.election(b)),
    ),
  ]
  return again()
}
