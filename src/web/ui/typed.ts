// SPDX-License-Identifier: Apache-2.0
// The letter's code as fingers have it: grouped by four while it is typed, told
// what is missing, and never taken away when it was wrong.
import { h } from './dom.ts'
import { t } from './vote_words.ts'

const SYMBOLS = 36
/** The letters and digits of a code, and those that people read for them (PROTOCOL §5). */
const SYMBOL = /[0-9A-TV-Z]/

const plain = (text: string): string => text.toUpperCase().replace(/[-\s]/g, '')

export const grouped = (text: string): string => plain(text).replace(/(.{4})(?=.)/g, '$1-')

/** What is not right yet, in a word; empty when it may be sent. */
function wanting(text: string): string {
  const signs = plain(text)
  const stray = [...signs].find((c) => !SYMBOL.test(c))
  if (stray !== undefined) return t('typed-sign', { sign: stray })
  if (signs.length === 0 || signs.length === SYMBOLS) return ''
  return signs.length < SYMBOLS
    ? t('typed-short', { n: SYMBOLS - signs.length })
    : t('typed-long', { n: signs.length - SYMBOLS })
}

/** Groups again without moving the hand: as many symbols stand before it as did. */
function regroup(input: HTMLInputElement): void {
  const before = plain(input.value.slice(0, input.selectionStart ?? input.value.length)).length
  input.value = grouped(input.value)
  const at = before + Math.floor(Math.max(0, before - 1) / 4)
  input.setSelectionRange(at, at)
}

export function typedForm(text: string, open: (text: string) => void): HTMLElement {
  const said = h('p', { class: 'small', id: 'typed-said', 'aria-live': 'polite' })
  const input = h('input', {
    id: 'typed',
    class: 'code',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    'aria-describedby': 'typed-said',
    oninput: () => {
      regroup(input)
      said.textContent = wanting(input.value)
    },
  })
  input.value = grouped(text)
  said.textContent = wanting(text)
  const form = h(
    'form',
    {},
    h('label', { for: 'typed' }, t('typed-label')),
    input,
    said,
    h('button', { type: 'submit', class: 'main' }, t('open-letter')),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (wanting(input.value) !== '') return input.focus()
    if (input.value !== '') open(input.value)
  })
  return form
}
