// SPDX-License-Identifier: Apache-2.0
// A table to type into, or to paste into from a spreadsheet program.
import { h, replace, scrollable } from '../ui/dom.ts'
import { headsOf, type Desk } from './draft.ts'
import type { Which } from './draft_look.ts'
import { d } from './draft_words.ts'

const FIRST_ROW = 2 // of the file: below the names

export class Grid {
  readonly element = h('div', {})
  private echoes = new Map<number, HTMLElement>()

  constructor(
    private readonly desk: Desk,
    private readonly which: Which,
  ) {
    this.draw()
  }

  private rows = (): string[][] => this.desk.draft[this.which].rows
  private heads = (): string[] => headsOf(this.which, this.desk.draft[this.which])

  /** A column's name in the reader's language; those of an earlier table as they are. */
  private head(i: number): string {
    const own = this.desk.draft[this.which].heads
    return own === undefined ? d(`nv-${this.which}-${i}` as 'nv-next') : own[i]!
  }

  private draw(): void {
    this.echoes.clear()
    const heads = this.heads().map((_, i) => h('th', { scope: 'col' }, this.head(i)))
    const echo = this.which === 'projects' ? [h('th', { scope: 'col' }, d('nv-read-as'))] : []
    const body = this.rows().map((row, i) => this.row(row, i))
    const table = h(
      'table',
      { class: 'grid' },
      h('thead', {}, h('tr', {}, h('td', {}), ...heads, ...echo)),
      h('tbody', {}, ...body),
    )
    const more = (): void => {
      this.rows().push(this.heads().map(() => ''))
      this.draw()
    }
    replace(
      this.element,
      h('p', { class: 'note' }, d('nv-paste')),
      scrollable(d('nv-typed-table'), table),
      h('button', { type: 'button', onclick: more }, d('nv-more-row')),
    )
    this.update()
  }

  private row(row: string[], i: number): HTMLElement {
    const cells = this.heads().map((_, c) => h('td', {}, this.cell(row, i, c)))
    const echo = h('td', { class: 'echo' })
    this.echoes.set(i + FIRST_ROW, echo)
    const number = h('th', { scope: 'row' }, String(i + 1))
    return h('tr', {}, number, ...cells, ...(this.which === 'projects' ? [echo] : []))
  }

  private cell(row: string[], i: number, c: number): HTMLElement {
    const column = this.head(c)
    const input = h('input', {
      type: 'text',
      autocomplete: 'off',
      value: row[c] ?? '',
      'aria-label': d('nv-cell', { n: i + 1, column }),
    })
    input.addEventListener('input', () => {
      row[c] = input.value
      this.desk.changed(this.which)
    })
    input.addEventListener('paste', (e) => this.pasted(e, i, c))
    return input
  }

  /** A block of cells goes where the paste began; one cell is pasted as ever. */
  private pasted(event: ClipboardEvent, i: number, c: number): void {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!/[\t\n]/.test(text.replace(/\r?\n$/, ''))) return
    event.preventDefault()
    const lines = text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n')
    const rows = this.rows()
    lines.forEach((line, k) => {
      while (rows.length <= i + k) rows.push(this.heads().map(() => ''))
      line.split('\t').forEach((cell, m) => {
        if (c + m < this.heads().length) rows[i + k]![c + m] = cell.trim()
      })
    })
    this.desk.changed(this.which)
    this.draw()
  }

  /** What each amount was read as, beside it. */
  update(): void {
    const amounts = this.desk.look?.projects?.amounts ?? []
    for (const [row, echo] of this.echoes) echo.textContent = amounts.find((a) => a.row === row)?.amount ?? ''
  }
}
