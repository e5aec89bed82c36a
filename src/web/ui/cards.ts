// SPDX-License-Identifier: Apache-2.0
// The projects to be chosen from, in file order.
import { controlOf, type Choice } from './controls.ts'
import { h } from './dom.ts'
import type { Election } from './election.ts'
import { finder } from './finder.ts'
import { card } from './project.ts'

export function cards(e: Election, choice: Choice, changed: () => void): HTMLElement[] {
  const control = controlOf(e, choice)
  const list = h('ol', { class: 'cards' })
  const update = (): void => {
    list.querySelectorAll('li').forEach((li) => li.dispatchEvent(new Event('redraw')))
    changed()
  }
  e.definition.projects.forEach((p, i) => {
    const item = card(e, p, i)
    if (!e.withdrawn.has(i)) control(item, i, update)
    item.addEventListener('redraw', () => item.classList.toggle('answered', isAnswered(e, choice, i)))
    item.classList.toggle('answered', isAnswered(e, choice, i))
    list.append(item)
  })
  return [...finder(e, choice, list), list]
}

export const isAnswered = (e: Election, choice: Choice, i: number): boolean =>
  e.definition.kind === 'consent' ? choice.answered[i] === true : choice.digits[i] !== 0
