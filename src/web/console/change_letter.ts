// SPDX-License-Identifier: Apache-2.0
// A letter replaced or made void, or one for a household that was not listed: with a
// reason, and the names of two people who say yes.
import { h } from '../ui/dom.ts'
import { lookFirst } from './act.ts'
import type { Book, Order } from './api.ts'
import type { Letter, Reason } from './paper_api.ts'
import { secretField, textField } from './paper_fields.ts'
import { p } from './paper_words.ts'
import { withSeen, type Seen } from './shown.ts'
import { button, buttons, labelled, shell, type Act } from './window.ts'
import { c } from './words.ts'

/** The program's reasons, and one in own words. */
class Why {
  readonly element = h('fieldset', {})
  private readonly own = textField(p('why-own'))
  private chosen = ''

  constructor(reasons: Reason[]) {
    const row = (name: string, words: string): HTMLElement => {
      const id = `why-${name}`
      const choose = (): void => {
        this.chosen = name
      }
      const radio = h('input', { type: 'radio', name: 'why', id, onchange: choose })
      return h('div', { class: 'flag' }, radio, h('label', { for: id }, words))
    }
    this.element.append(
      h('legend', {}, p('why-title')),
      ...reasons.map((r) => row(r.name, r.words)),
      row('own', p('why-other')),
      this.own.element,
    )
  }

  /** ""; none. */
  value = (): string => (this.chosen === 'own' ? this.own.value() : this.chosen)
}

/** What all three ask for. */
class Asked {
  readonly why: Why
  readonly names = [textField(p('first-name')), textField(p('second-name'))]
  readonly secret = secretField(p('issuer-passphrase'))
  readonly said = h('p', { role: 'alert', class: 'problem' })

  constructor(reasons: Reason[]) {
    this.why = new Why(reasons)
  }

  elements = (): HTMLElement[] => [
    this.why.element,
    h(
      'fieldset',
      {},
      h('legend', {}, p('names-title')),
      h('p', {}, p('names-what')),
      ...this.names.map((n) => n.element),
    ),
    this.secret.element,
    h('p', { class: 'note' }, c('passphrase-never')),
    h('p', { class: 'warn' }, c('for-good')),
    this.said,
  ]

  /** Why it cannot be sent as it is; "": it can. */
  problem(): string {
    const [first, second] = this.names.map((n) => n.value())
    if (this.why.value() === '') return p('why-need')
    if (first === '' || second === '') return p('names-need')
    return first === second ? p('names-same') : ''
  }

  options = (): Order['options'] => ({ reason: this.why.value(), by: this.names.map((n) => n.value()) })
}

interface Change {
  book: Book
  title: string
  what: string[]
  asked: Asked
  words: () => string[]
  more: () => Order['options']
  first: HTMLElement[]
  problem: () => string
  back: Act
}

async function changeForm(x: Change): Promise<void> {
  const order = (seen: Seen): Order => ({
    program: 'yihu-issue',
    words: x.words(),
    options: withSeen({ ...x.asked.options(), ...x.more() }, seen),
    passphrases: seen !== null && x.asked.secret.value() !== '' ? [x.asked.secret.value()] : [],
    book: x.book.id,
  })
  const again = async (): Promise<void> => shell.go(view)
  const go = async (): Promise<void> => {
    x.asked.said.textContent = x.problem() || x.asked.problem()
    if (x.asked.said.textContent === '')
      await lookFirst(order, { book: x.book, again, forget: () => x.asked.secret.forget() })
  }
  const view = (): HTMLElement[] => [
    h('h1', {}, x.title),
    ...x.what.map((line) => h('p', {}, line)),
    ...x.first,
    ...x.asked.elements(),
    buttons(button('look-first', go, true), labelled(p('find-back'), x.back)),
    h('p', { class: 'note' }, c('look-what')),
  ]
  await again()
}

export async function endLetter(
  b: Book,
  l: Letter,
  kind: 'replace' | 'void',
  reasons: Reason[],
  back: Act,
): Promise<void> {
  const who = l.name === '' ? l.household : `${l.household} ${l.name}`
  await changeForm({
    book: b,
    title: p(kind === 'replace' ? 'replace-title' : 'void-title', { who }),
    what: [p(kind === 'replace' ? 'replace-what' : 'void-what')],
    asked: new Asked(reasons),
    words: () => [kind, '{dir}', String(l.letter)],
    more: () => ({}),
    first: [],
    problem: () => '',
    back,
  })
}

export async function addHousehold(b: Book, words: string, reasons: Reason[], back: Act): Promise<void> {
  const who = textField(p('add-who'), words)
  const other = h('input', { type: 'checkbox', id: 'add-another' })
  await changeForm({
    book: b,
    title: p('add-title'),
    what: [p('add-what')],
    asked: new Asked(reasons),
    words: () => ['add', '{dir}', who.value()],
    more: () => (other.checked ? { another: true as const } : {}),
    first: [
      who.element,
      h('div', { class: 'field flag' }, other, h('label', { for: 'add-another' }, p('add-another'))),
    ],
    problem: () => (who.value() === '' || who.value().startsWith('-') ? p('add-need') : ''),
    back,
  })
}
