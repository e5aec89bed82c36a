// SPDX-License-Identifier: Apache-2.0
// A project as its card: number of the paper ballot, name, cost, what the list
// says of it.
import { pictureOf, type Project } from '../protocol/definition.ts'
import project from '../words/project.json' with { type: 'json' }
import { h } from './dom.ts'
import type { Election } from './election.ts'
import { projectField, projectName, projectText, sum } from './election.ts'
import { translator } from './i18n.ts'
import { picture } from './picture.ts'
import { withdrawnMark } from './withdrawn.ts'

export const t = translator(project)
export type Key = Parameters<typeof t>[0]

/** A text that two lines of a narrow screen hold is shown as it is. */
const SHORT = 36

const FACTS: [string, Key][] = [
  ['place', 'project-place'],
  ['proposer', 'project-proposer'],
  ['category', 'project-category'],
  ['target', 'project-target'],
  ['contact', 'project-contact'],
]

/** Place, proposer and whatever else the list has of a project, in one small line. */
function factsOf(p: Project): HTMLElement | null {
  const facts = FACTS.map(([field, key]) => [t(key), projectField(p, field)]).filter(([, text]) => text !== '')
  if (facts.length === 0) return null
  return h('p', { class: 'small' }, facts.map(([key, text]) => t('fact', { key: key!, text: text! })).join(' · '))
}

/** A link is shown as text: the page leads nowhere that the committee does not answer for. */
function linkOf(p: Project): HTMLElement | null {
  const link = projectField(p, 'link')
  return link === '' ? null : h('p', { class: 'small' }, t('fact', { key: t('project-link'), text: link }))
}

/** Written \n in the list: a new paragraph. */
const paragraphs = (text: string): string[] => text.split(/\\n|\n/).filter((line) => line !== '')

/** The beginning is always in sight; a long text opens in its place, and a picture comes with it. */
function about(e: Election, p: Project): HTMLElement | null {
  const lines = paragraphs(projectText(p))
  const link = linkOf(p)
  const text = lines.join(' ')
  const hash = pictureOf(p)
  if (text === '' && link === null && hash === null) return null
  if (lines.length <= 1 && text.length <= SHORT && link === null && hash === null)
    return h('p', { class: 'about' }, text)
  const more = t(hash === null ? 'read-all' : text === '' && link === null ? 'see-picture' : 'read-all-picture')
  const fold = h(
    'details',
    { class: 'about' },
    h(
      'summary',
      {},
      h('span', { class: 'lead' }, text),
      h('span', { class: 'more' }, more, h('span', { class: 'hidden' }, ` ${projectName(p)}`)),
    ),
  )
  fold.append(
    ...(hash === null ? [] : [picture(e, hash, projectName(p), fold)]),
    ...lines.map((line) => h('p', {}, line)),
    ...(link === null ? [] : [link]),
  )
  return fold
}

/** Struck out when it was withdrawn. */
export const nameOf = (e: Election, p: Project, i: number): Node | string =>
  e.withdrawn.has(i) ? h('s', {}, projectName(p)) : projectName(p)

/** A card without a control. */
export function card(e: Election, p: Project, i: number): HTMLLIElement {
  return h(
    'li',
    { class: e.withdrawn.has(i) ? 'card withdrawn' : 'card' },
    h(
      'div',
      { class: 'what' },
      h('h2', {}, h('span', { class: 'number' }, `${i + 1}`), ' ', nameOf(e, p, i)),
      h('p', { class: 'cost' }, sum(e.definition, p.cost)),
    ),
    e.withdrawn.has(i) ? h('p', {}, withdrawnMark()) : null,
    factsOf(p),
    about(e, p),
  )
}

/** To be read only: before the poll, on the front page. */
export const plainCards = (e: Election): HTMLElement =>
  h('ol', { class: 'cards' }, ...e.definition.projects.map((p, i) => card(e, p, i)))
