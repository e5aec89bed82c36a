// SPDX-License-Identifier: Apache-2.0
// Which stick something goes onto: one of those that are plugged in now.
import { h, replace } from '../ui/dom.ts'
import type * as api from './api.ts'
import { k } from './key_words.ts'
import { called, watchSticks } from './sticks.ts'

export class StickChoice {
  readonly element: HTMLElement
  value: api.Stick | null = null
  private readonly place = h('div', { role: 'status' })
  private all: api.Stick[] = []

  /** unfit: why a stick cannot be taken, or null. */
  constructor(
    private readonly id: string,
    private readonly legend: string,
    book: string,
    private readonly unfit: (s: api.Stick) => string | null,
    private readonly changed: () => void = () => undefined,
  ) {
    this.element = h('fieldset', {}, h('legend', {}, legend), this.place)
    watchSticks(this.place, book, (all) => {
      this.all = all
      this.draw()
    })
  }

  /** Also when what is unfit has changed. The one that was taken stays so while it can. */
  draw(): void {
    const fit = this.all.filter((s) => this.unfit(s) === null)
    const before = this.value?.where
    this.value = fit.find((s) => s.where === before) ?? fit[0] ?? null
    replace(
      this.place,
      ...this.all.map((s, i) => this.row(s, i)),
      fit.length === 0 && h('p', { class: 'wanted' }, k('kh-stick-wanted')),
    )
    if (this.value?.where !== before) this.changed()
  }

  private row(s: api.Stick, i: number): HTMLElement {
    const id = `${this.id}-${i}`
    const why = this.unfit(s)
    const take = (): void => {
      this.value = s
      this.changed()
    }
    const attributes = { type: 'radio', id, name: this.id, disabled: why !== null }
    const input = h('input', { ...attributes, onchange: take, 'aria-describedby': why === null ? null : `${id}-why` })
    input.checked = s === this.value
    return h(
      'div',
      { class: 'field flag' },
      input,
      h('label', { for: id }, called(s)),
      why !== null && h('small', { id: `${id}-why` }, why),
    )
  }

  problem = (): string | null => (this.value === null ? `${this.legend}: ${k('kh-stick-wanted')}` : null)
}

/** Nothing can be written on it. */
export const unwritable = (s: api.Stick): string | null => (s.writable ? null : k('kh-stick-read-only'))
