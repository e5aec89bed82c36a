// SPDX-License-Identifier: Apache-2.0
// One part of the election that is being prepared, as a view: its fields, and below them what
// the program says of them, anew after every change.
import { h, replace } from '../ui/dom.ts'
import type { Desk } from './draft.ts'
import { d } from './draft_words.ts'
import { buttons, labelled, show, type Act } from './window.ts'

/** What is drawn anew; whoever types in it is left alone until the next time. */
export class Live {
  readonly element = h('div', { 'aria-live': 'polite' })
  private last = ''

  constructor(
    private readonly said: () => unknown,
    private readonly draw: () => (HTMLElement | null)[],
  ) {
    this.update()
  }

  private details = (): HTMLDetailsElement[] => [...this.element.querySelectorAll('details')]

  update(): void {
    const now = JSON.stringify(this.said())
    const active = document.activeElement
    const inside = active instanceof HTMLElement && this.element.contains(active)
    if (now === this.last || (inside && active instanceof HTMLInputElement && active.type === 'text')) return
    this.last = now
    const id = inside ? active.id : ''
    const open = this.details().map((x) => x.open)
    replace(this.element, ...this.draw())
    this.details().forEach((x, i) => (x.open ||= open[i] ?? false))
    if (id !== '') document.getElementById(id)?.focus()
  }
}

/** A field with its label, and a note below. */
export function field(id: string, label: string, input: HTMLElement, note = ''): HTMLElement {
  input.id = id
  return h('div', { class: 'field' }, h('label', { for: id }, label), input, note !== '' && h('small', {}, note))
}

/** A line of text that is an option of init. */
export function optionField(
  desk: Desk,
  name: string,
  label: string,
  { note = '', type = 'text', min = '' } = {},
): HTMLElement {
  const input = h('input', { type, autocomplete: 'off', value: desk.draft.options[name] ?? '', min: min || null })
  input.addEventListener('input', () => {
    desk.draft.options[name] = input.value
    desk.changed()
  })
  return field(`nv-${name}`, label, input, note)
}

export interface PartView {
  heading: string
  what: string
  content: HTMLElement[]
  live: Live[]
}

/** `before` and `after`: the parts beside it. */
export async function showPart(
  desk: Desk,
  again: Act,
  draw: () => PartView,
  to: { before: Act; after: Act | null; overview: Act },
): Promise<void> {
  const leave = (act: Act) => async (): Promise<void> => {
    await desk.flush()
    await act()
  }
  const problem = new Live(
    () => desk.problem,
    () => (desk.problem === '' ? [] : [h('p', { class: 'problem', role: 'alert' }, desk.problem)]),
  )
  const kept = new Live(
    () => desk.problem,
    () => (desk.problem === '' ? [h('p', { class: 'note' }, d('nv-kept'))] : []),
  )
  show(again, () => {
    const view = draw()
    desk.seen = () => [problem, kept, ...view.live].forEach((l) => l.update())
    return [
      h('h1', {}, view.heading),
      h('p', {}, view.what),
      ...view.content,
      problem.element,
      buttons(
        ...(to.after === null ? [] : [labelled(d('nv-next'), leave(to.after), true)]),
        labelled(d('nv-before'), leave(to.before)),
        labelled(d('nv-overview'), leave(to.overview)),
      ),
      kept.element,
    ]
  })
  await desk.flush()
}
