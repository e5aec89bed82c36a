// SPDX-License-Identifier: Apache-2.0
// One key holder's key is made: on a stick, with a second file on another, under a
// passphrase that this holder alone types.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import { carryOut } from './key_acts.ts'
import { Secret } from './key_secret.ts'
import { k } from './key_words.ts'
import { StickChoice, unwritable } from './stick_choice.ts'
import { labelled, type Act } from './window.ts'

export interface NewKey {
  book: api.Book
  /** Whose turn it can be; more than one: it is asked. */
  numbers: number[]
  again: Act
  done: (w: api.Work, name: string) => Promise<void>
}

/** Of this election, as far as a folder can tell, so that what was cut off goes on with it. */
const fileOf = (s: api.Stick, b: api.Book, number: number, copy: boolean): string =>
  `${s.where}/yihu-key-${number}-${b.id.slice(0, 6)}${copy ? '-2' : ''}.key`

export class NewKeyForm {
  readonly element: HTMLElement
  private readonly name = h('input', { id: 'holder-name', type: 'text', autocomplete: 'off' })
  private readonly number: HTMLSelectElement | null
  private readonly secret = new Secret('new-key', k('kh-secret'), true)
  private readonly without = h('input', { type: 'checkbox', id: 'without-backup', onchange: () => this.copy.draw() })
  private readonly said = h('p', { role: 'alert', class: 'problem' })
  private readonly first: StickChoice
  private readonly copy: StickChoice

  constructor(private readonly w: NewKey) {
    this.number = w.numbers.length > 1 ? this.numbers() : null
    this.first = new StickChoice(
      'stick',
      k('kh-stick-for-key'),
      w.book.id,
      (s) => this.unfit(s),
      () => this.copy.draw(),
    )
    this.copy = new StickChoice(
      'copy',
      k('kh-stick-for-backup'),
      w.book.id,
      (s) => (s.where === this.first.value?.where ? k('kh-stick-same') : this.unfit(s)),
      () => (this.said.textContent = ''),
    )
    this.element = h('div', {}, ...this.fields())
  }

  private numbers(): HTMLSelectElement {
    const option = (n: number): HTMLElement => h('option', { value: n }, k('kh-number', { number: n }))
    return h('select', { id: 'holder-number' }, ...this.w.numbers.map(option))
  }

  private fields(): HTMLElement[] {
    const field = (id: string, label: string, input: HTMLElement): HTMLElement =>
      h('div', { class: 'field' }, h('label', { for: id }, label), input)
    return [
      ...(this.number === null ? [] : [field('holder-number', k('kh-number-which'), this.number)]),
      field('holder-name', k('kh-name'), this.name),
      this.first.element,
      this.copy.element,
      h('div', { class: 'field flag' }, this.without, h('label', { for: 'without-backup' }, k('kh-without-backup'))),
      this.secret.element,
      this.said,
      h(
        'div',
        { class: 'buttons' },
        labelled(k('kh-make-key'), () => this.make(), true),
      ),
    ]
  }

  /** A stick that has another holder's key, or that goes back to the clerk, is not this one's. */
  private unfit(s: api.Stick): string | null {
    const others = s.keys.filter((key) => key.number !== null)
    if (others.length > 0) return k('kh-stick-has-key', { holder: others[0]!.holder })
    return s.elections.length > 0 ? k('kh-stick-of-clerk') : unwritable(s)
  }

  private problem(): string | null {
    if (this.name.value.trim() === '') return k('kh-name-wanted')
    const copy = this.without.checked ? null : this.copy.problem()
    return this.first.problem() ?? copy ?? this.secret.problem()
  }

  private order(): api.Order {
    const number = this.number === null ? this.w.numbers[0]! : Number(this.number.value)
    const options: api.Order['options'] = {
      index: String(number),
      name: [this.name.value.trim()],
      key: [fileOf(this.first.value!, this.w.book, number, false)],
    }
    if (!this.without.checked) options.backup = [fileOf(this.copy.value!, this.w.book, number, true)]
    const words = ['announce', '{dir}']
    return { program: 'yihu-trustee', words, options, passphrases: [this.secret.value], book: this.w.book.id }
  }

  private async make(): Promise<void> {
    this.said.textContent = this.problem() ?? ''
    if (this.said.textContent !== '') return
    const name = this.name.value.trim()
    await carryOut({
      title: k('kh-making-key', { name }),
      order: () => this.order(),
      again: this.w.again,
      forget: () => this.secret.forget(),
      done: (w) => this.w.done(w, name),
    })
  }
}
