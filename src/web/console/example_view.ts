// SPDX-License-Identifier: Apache-2.0
// The rule in words, and by a small vote that the program made up and counted.
import { h, scrollable } from '../ui/dom.ts'
import type { Example, Look } from './draft_look.ts'
import { d } from './draft_words.ts'

function exampleTable(e: Example): HTMLElement {
  const homes = Array.from({ length: e.households }, (_, i) => h('th', { scope: 'col' }, d('nv-home-n', { n: i + 1 })))
  const row = (p: Example['projects'][number]): HTMLElement =>
    h(
      'tr',
      { class: p.wins ? 'wins' : null },
      h('th', { scope: 'row' }, p.name, ' ', h('small', {}, p.amount)),
      ...p.marks.map((m) => h('td', {}, m)),
      h('td', {}, p.votes),
      h('td', {}, h('strong', {}, p.wins ? d('nv-wins') : d('nv-loses')), ' ', p.why),
    )
  const heads = [h('th', { scope: 'col' }, d('nv-projects-0')), ...homes]
  const ends = [h('th', { scope: 'col' }, d('nv-votes')), h('th', { scope: 'col' }, d('nv-outcome'))]
  return scrollable(
    d('nv-example'),
    h('table', {}, h('thead', {}, h('tr', {}, ...heads, ...ends)), h('tbody', {}, ...e.projects.map(row))),
  )
}

export function exampleView(rule: Look['vote']['rule']): (HTMLElement | null)[] {
  if (rule === null) return []
  if (rule.error !== undefined) return [h('p', { class: 'problem' }, rule.error)]
  return [
    h('h2', {}, d('nv-rule')),
    h('ul', {}, ...(rule.lines ?? []).map((l) => h('li', {}, l))),
    ...(rule.example ? [h('p', {}, d('nv-example-what')), exampleTable(rule.example)] : []),
  ]
}
