// SPDX-License-Identifier: Apache-2.0
// Coming in by the code that stands in the terminal.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import { c } from './words.ts'

type Act = () => Promise<void>

export function enterForm(run: (act: Act) => void, then: Act): HTMLElement[] {
  const input = h('input', { id: 'code', inputmode: 'numeric', autocomplete: 'off', class: 'large' })
  const said = h('p', { role: 'alert' })
  const come = async (): Promise<void> => {
    try {
      await api.enter(input.value)
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error
      said.textContent = c('enter-wrong')
      return
    }
    await then()
  }
  const form = h(
    'form',
    {
      onsubmit: (e) => {
        e.preventDefault()
        run(come)
      },
    },
    h('label', { for: 'code' }, c('enter-label')),
    input,
    said,
    h('button', { class: 'main' }, c('enter')),
  )
  return [h('h1', {}, c('enter-title')), h('p', {}, c('enter-what')), form]
}
