// SPDX-License-Identifier: Apache-2.0
// One election: what is done, what comes next and by whom.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import { cardOf, rememberSteps } from './cards.ts'
import { verbOf } from './commands.ts'
import { namesOf } from './key_rows.ts'
import { p } from './poll_words.ts'
import { rehearsalPage } from './rehearse.ts'
import { openAct, panels } from './screens.ts'
import { way } from './stages.ts'
import { statusOf } from './status.ts'
import { button, buttons, place, routes, show } from './window.ts'
import { c } from './words.ts'

function wayTo(b: api.Book, s: api.Step, main: boolean): HTMLElement | null {
  if (s.state === 'done' || s.state === 'waiting') return null
  const command = s.together ?? s.command
  const verb = verbOf(command)
  if (verb !== null) {
    const go = button('do', () => openAct(verb, b), main)
    go.setAttribute('aria-label', `${c('do')}: ${s.words}`)
    return go
  }
  if (command === null) return h('small', {}, c('by-hand'))
  return h('p', {}, c('by-command'), ' ', h('code', {}, command))
}

function stepRow(b: api.Book, s: api.Step, main: boolean): HTMLElement {
  const left = s.holders?.left ?? []
  const who = c(`who-${s.actor.replace(' ', '-')}` as 'who-clerk')
  const words = h('p', {}, h('strong', {}, s.words), ' ', h('small', {}, who))
  const more = s.holders?.more ?? 0
  const names = namesOf(left)
  const still =
    left.length > 0 &&
    s.state === 'due' &&
    h('p', {}, more < left.length ? p('count-more', { n: more, names }) : c('still', { names }))
  const card = s.state === 'done' ? null : cardOf(s, main)
  const go = wayTo(b, s, main)
  // The one that is next has its button where it is seen without scrolling, before what there is to know.
  return main ? h('li', {}, h('div', {}, words, still, go, card)) : h('li', {}, h('div', {}, words, still, card), go)
}

export async function open(b: api.Book): Promise<void> {
  const s = await statusOf(b)
  place.book = b
  rememberSteps(s.steps)
  if (s.rehearsal !== null) return rehearsalPage(b, s)
  const drawn = await Promise.all(panels.map(async (panel) => ({ place: panel.place, box: await panel.draw(b, s) })))
  const at = (place: string): (HTMLElement | null)[] => drawn.filter((d) => d.place === place).map((d) => d.box)
  const of = (state: api.Step['state'], kind?: api.Step['kind']): api.Step[] =>
    s.steps.filter((x) => x.state === state && (kind === undefined || x.kind === kind))
  const rows = (steps: api.Step[], main: boolean): HTMLElement =>
    h('ul', { class: 'rows' }, ...steps.map((x, i) => stepRow(b, x, main && i === 0)))
  const group = (key: Parameters<typeof c>[0], steps: api.Step[], main = false): HTMLElement | null =>
    steps.length === 0 ? null : h('section', {}, h('h2', {}, c(key)), rows(steps, main))
  const folded = (key: Parameters<typeof c>[0], steps: api.Step[]): HTMLElement | null =>
    steps.length === 0 ? null : h('details', {}, h('summary', {}, c(key)), rows(steps, false))
  // The daemon has a place of its own, and what households do is not done here.
  const now = of('due', 'moves').filter((x) => x.id !== 'daemon' && x.actor !== 'household')
  const serves = of('due').some((x) => x.id === 'daemon')
  const will = s.steps.filter((x) => x.kind === 'at will' && x.state !== 'done')
  const view = (): (HTMLElement | null)[] => [
    h('h1', {}, b.name),
    way(s),
    now.length > 0
      ? group('now-title', now, true)
      : serves
        ? null
        : h('div', { class: 'sentences' }, h('p', {}, c('now-none')), h('p', {}, s.next)),
    ...at('top'),
    group('beside-title', of('due', 'beside')),
    ...at('below'),
    folded('will-title', will),
    folded('later-title', of('waiting')),
    folded('done-title', of('done')),
    buttons(
      button('reload', () => open(b)),
      button('to-books', routes.home),
    ),
  ]
  show(
    () => open(b),
    () => view().filter((x): x is HTMLElement => x !== null),
  )
}
