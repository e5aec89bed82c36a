// SPDX-License-Identifier: Apache-2.0
// Finding a project among many: by the paper's number, by a word, by its
// category, or those marked so far. Cards that do not fit are hidden.
import type { Choice } from './controls.ts'
import { h } from './dom.ts'
import { projectField, projectName, projectText, type Election } from './election.ts'
import { t } from './vote_words.ts'

/** As many are in sight without any help. */
const FEW = 12

export function finder(e: Election, choice: Choice, list: HTMLElement): HTMLElement[] {
  const { projects } = e.definition
  if (projects.length <= FEW) return []
  const words = h('input', { id: 'find', type: 'search', autocomplete: 'off', oninput: () => filter() })
  const kinds = [...new Set(projects.map((p) => projectField(p, 'category')))].filter((k) => k !== '')
  const category = h(
    'select',
    { id: 'category', onchange: () => filter() },
    h('option', { value: '' }, t('find-all')),
    ...kinds.map((kind) => h('option', { value: kind }, kind)),
  )
  const marked = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => toggle() }, t('find-marked'))
  const found = h('p', { 'aria-live': 'polite', class: 'small' })
  const toggle = (): void => {
    marked.setAttribute('aria-pressed', String(marked.getAttribute('aria-pressed') !== 'true'))
    filter()
  }
  const texts = projects.map((p) => `${projectName(p)} ${projectText(p)} ${projectField(p, 'place')}`.toLowerCase())
  const fits = (i: number): boolean => {
    const text = words.value.trim().toLowerCase()
    if (category.value !== '' && projectField(projects[i]!, 'category') !== category.value) return false
    if (marked.getAttribute('aria-pressed') === 'true' && choice.digits[i] === 0) return false
    return /^\d+$/.test(text) ? Number(text) === i + 1 : texts[i]!.includes(text)
  }
  const filter = (): void => {
    let n = 0
    ;[...list.children].forEach((card, i) => {
      const shown = fits(i)
      card.toggleAttribute('hidden', !shown)
      if (shown) n++
    })
    found.textContent = t('find-found', { n, all: projects.length })
  }
  filter()
  return [
    h(
      'div',
      { class: 'finder', role: 'search' },
      h('label', { for: 'find' }, t('find')),
      words,
      kinds.length > 1 && h('label', { for: 'category' }, t('find-category')),
      kinds.length > 1 && category,
      marked,
      found,
    ),
  ]
}
