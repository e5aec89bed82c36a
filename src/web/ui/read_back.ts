// SPDX-License-Identifier: Apache-2.0
// The count desk reads a slip back to the household, and two people confirm it.
import type { Credential } from '../protocol/token.ts'
import { digitText, type Choice } from './controls.ts'
import { t } from './desk_words.ts'
import { h } from './dom.ts'
import { projectName, type Election } from './election.ts'
import { letterNumber } from './i18n.ts'
import { withdrawnMark } from './withdrawn.ts'

export interface Acts {
  change: () => void
  cast: () => void
  redraw: () => void
}

/** Which rows are read: all of a consent ballot, else those marked; ranks in their order.
 * What was withdrawn is read where the slip has it. */
function rowsRead({ definition: d, withdrawn }: Election, choice: Choice): number[] {
  const all = d.projects.map((_, i) => i).filter((i) => !withdrawn.has(i) || choice.digits[i] !== 0)
  const shown = d.kind === 'consent' ? all : all.filter((i) => choice.digits[i] !== 0)
  if (d.kind === 'ordinal') shown.sort((a, b) => (choice.digits[a] ?? 0) - (choice.digits[b] ?? 0))
  return shown
}

/** What was left out, in a sentence; null when nothing was. */
function leftOut({ definition: d, withdrawn }: Election, choice: Choice): string | null {
  if (d.kind !== 'consent') return choice.digits.some((digit) => digit !== 0) ? null : t('desk-blank')
  const isOpen = (i: number): boolean => choice.answered[i] !== true && !withdrawn.has(i)
  const rows = d.projects.flatMap((_, i) => (isOpen(i) ? [i + 1] : []))
  return rows.length === 0 ? null : t('desk-not-keyed', { n: rows.length, rows: rows.join(t('list')) })
}

function readList(e: Election, choice: Choice): HTMLElement {
  const d = e.definition
  const isKeyed = (i: number): boolean => d.kind !== 'consent' || choice.answered[i] === true
  return h(
    'ul',
    { class: 'review large' },
    ...rowsRead(e, choice).map((i) =>
      h(
        'li',
        { class: isKeyed(i) ? '' : 'warn' },
        h('span', { class: 'number' }, String(i + 1)),
        h('span', { class: 'name' }, projectName(d.projects[i]!)),
        h('strong', {}, isKeyed(i) ? digitText(d, choice.digits[i] ?? 0) : t('desk-row-empty')),
        e.withdrawn.has(i) && withdrawnMark(),
      ),
    ),
  )
}

/** One confirms by a key; the other reads the letter's number off the slip. So
 * that one hand cannot do both in passing, and neither what is left out. */
export class ReadBack {
  /** What is left out was seen to be empty on the slip. */
  private seen: boolean
  private first = false
  private said = ''

  constructor(
    private readonly e: Election,
    private readonly who: Credential,
    private readonly choice: Choice,
    private readonly acts: Acts,
  ) {
    this.seen = leftOut(e, choice) === null
  }

  press(key: string): void {
    this.said = ''
    if (key === 'Escape') return this.acts.change()
    if (key === '0' && !this.seen) this.seen = true
    else if (key === '1' && this.seen && !this.first) this.first = true
    else this.said = t(this.seen ? 'desk-ignored' : 'desk-empty-first', { key })
    this.acts.redraw()
  }

  view(): HTMLElement[] {
    const empty = leftOut(this.e, this.choice)
    const emptySeen = this.button('0', t('desk-confirm-empty'), this.seen)
    return [
      h('h1', {}, `${t('desk-read-back')} · ${t('letter', { n: letterNumber(this.who.serial) })}`),
      ...(empty === null ? [] : [h('div', { class: 'warn' }, h('p', {}, empty), emptySeen)]),
      readList(this.e, this.choice),
      this.button('1', t('desk-confirm-1'), !this.seen || this.first),
      ...(this.first ? [this.second()] : []),
      h('p', { class: 'problem', role: 'alert' }, this.said),
      h('p', { class: 'hint' }, t('desk-escape')),
    ]
  }

  private button(key: string, text: string, disabled: boolean): HTMLElement {
    return h('button', { type: 'button', class: 'main', disabled, onclick: () => this.press(key) }, text)
  }

  private second(): HTMLElement {
    const input = h('input', { id: 'second', inputmode: 'numeric', autocomplete: 'off', maxlength: 8 })
    const cast = h('button', { type: 'submit', class: 'main' }, t('desk-confirm-2'))
    const form = h('form', {}, h('label', { for: 'second' }, t('desk-second')), input, cast)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      if (input.value.trim() === letterNumber(this.who.serial).slice(-2)) return this.acts.cast()
      this.said = t('desk-second-wrong')
      this.acts.redraw()
    })
    input.addEventListener('keydown', (event) => event.key === 'Escape' && this.acts.change())
    requestAnimationFrame(() => input.focus())
    return form
  }
}
