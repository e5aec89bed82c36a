// SPDX-License-Identifier: Apache-2.0
// A passphrase as it is typed: kept by the page until a program has it, and no longer.
import { h } from '../ui/dom.ts'
import { k } from './key_words.ts'

export class Secret {
  readonly element = h('div', {})
  private readonly inputs: HTMLInputElement[]

  /** Twice, with what it has to be, where it is a new one. */
  constructor(id: string, label: string, fresh: boolean) {
    const labels = fresh ? [label, k('kh-secret-again', { label })] : [label]
    this.inputs = labels.map((_, i) => h('input', { type: 'password', id: `${id}-${i}`, autocomplete: 'off' }))
    this.element.append(
      ...(fresh ? [h('p', { class: 'note' }, k('kh-secret-rules'))] : []),
      ...labels.map((text, i) => h('div', { class: 'field' }, h('label', { for: `${id}-${i}` }, text), this.inputs[i])),
    )
  }

  get value(): string {
    return this.inputs[0]!.value
  }
  problem(): string | null {
    if (this.value === '') return k('kh-secret-wanted')
    return this.inputs.some((i) => i.value !== this.value) ? k('kh-secret-differs') : null
  }
  forget(): void {
    for (const input of this.inputs) input.value = ''
  }
}
