// SPDX-License-Identifier: Apache-2.0
// Labelled fields of a view, each with an id of its own.
import { h } from '../ui/dom.ts'

export interface LabelledField {
  element: HTMLElement
  value: () => string
}

let fields = 0

function field(label: string, attributes: Record<string, string>, value: string): LabelledField {
  const id = `paper-${++fields}`
  const input = h('input', { id, autocomplete: 'off', ...attributes })
  input.value = value
  return {
    element: h('div', { class: 'field' }, h('label', { for: id }, label), input),
    value: () => input.value.trim(),
  }
}

export const textField = (label: string, value = ''): LabelledField => field(label, { type: 'text' }, value)
export const numberField = (label: string, value: number | null): LabelledField =>
  field(label, { type: 'number', min: '0', inputmode: 'numeric' }, value === null ? '' : String(value))
export const secretField = (label: string): LabelledField & { forget: () => void } => {
  const f = field(label, { type: 'password' }, '')
  const input = f.element.querySelector('input')!
  return { ...f, forget: () => (input.value = '') }
}
