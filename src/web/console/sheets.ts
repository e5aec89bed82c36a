// SPDX-License-Identifier: Apache-2.0
// The count desk's batch sheets, as somebody types them from the paper.
import { h } from '../ui/dom.ts'
import { p, type PollKey } from './poll_words.ts'
import { c } from './words.ts'

interface Line {
  recorded: HTMLInputElement
  first: HTMLInputElement
  last: HTMLInputElement
}

export class Sheets {
  readonly element = h('div', {})
  private readonly lines: Line[] = []
  private readonly body = h('div', {})

  constructor() {
    this.add()
    this.element.append(
      this.body,
      h('button', { type: 'button', onclick: () => this.add().recorded.focus() }, p('sheet-more')),
    )
  }

  private add(): Line {
    const n = this.lines.length + 1
    const field = (name: string, key: PollKey): [HTMLInputElement, HTMLElement] => {
      const id = `sheet-${n}-${name}`
      const input = h('input', { id, type: 'text', inputmode: 'numeric', autocomplete: 'off', size: 6 })
      return [input, h('div', { class: 'field' }, h('label', { for: id }, p(key)), input)]
    }
    const [recorded, a] = field('recorded', 'sheet-recorded')
    const [first, b] = field('first', 'sheet-first')
    const [last, d] = field('last', 'sheet-last')
    this.body.append(h('fieldset', { class: 'sheet' }, h('legend', {}, p('sheet-n', { n })), a, b, d))
    const line = { recorded, first, last }
    this.lines.push(line)
    return line
  }

  /** As `yihu-tally sheets` takes them; what is not filled in at all is none. */
  given(): string[] {
    return this.lines
      .map((l) => [l.recorded, l.first, l.last].map((input) => input.value.trim()))
      .filter((values) => values.some((v) => v !== ''))
      .map((values) => values.join(':'))
  }

  /** Why they cannot be compared; null: they can. */
  problem(): string | null {
    const half = this.lines.findIndex((l) => {
      const empty = [l.recorded, l.first, l.last].filter((input) => input.value.trim() === '').length
      return empty === 1 || empty === 2
    })
    return half < 0 ? null : `${p('sheet-n', { n: half + 1 })}: ${c('needed')}`
  }
}
