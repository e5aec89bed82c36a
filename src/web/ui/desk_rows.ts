// SPDX-License-Identifier: Apache-2.0
// A slip is keyed: the projects in rows, the hand in one of them, by keys or by
// finger.
import type { Credential } from '../protocol/token.ts'
import { controlOf, digitText, summary, type Choice } from './controls.ts'
import { t } from './desk_words.ts'
import { h, scrollable } from './dom.ts'
import { projectName, sum, type Election } from './election.ts'
import { letterNumber } from './i18n.ts'
import { Hand } from './keying.ts'
import { nameOf } from './project.ts'
import { withdrawnMark } from './withdrawn.ts'

export interface Acts {
  read: () => void
  leave: () => void
  redraw: () => void
}
export interface Keying {
  /** Drawn anew after each key. */
  view: () => HTMLElement[]
  press: (key: string) => void
}

function valueOf({ definition: d }: Election, choice: Choice, i: number): string {
  return d.kind === 'consent' && choice.answered[i] !== true ? '—' : digitText(d, choice.digits[i] ?? 0)
}

function rowOf(e: Election, choice: Choice, i: number, here: boolean, onclick: () => void): HTMLElement {
  const p = e.definition.projects[i]!
  return h(
    'tr',
    { class: here ? 'here' : '', 'aria-selected': here, onclick },
    h('td', {}, h('span', { class: 'number' }, String(i + 1))),
    h('td', {}, nameOf(e, p, i)),
    h('td', {}, sum(e.definition, p.cost)),
    h('td', {}, h('strong', {}, valueOf(e, choice, i)), e.withdrawn.has(i) && withdrawnMark()),
  )
}

/** As long as the buttons rest when they have come to be another row's. */
const REST_MS = 600

/** The same by finger or mouse: always in one place, for the row where the hand
 * is. When an answer moved the hand on, a second tap of the same finger acts on nothing. */
function touchPanel(e: Election, choice: Choice, hand: Hand, redraw: (moved: boolean) => void): HTMLElement {
  const name = projectName(e.definition.projects[hand.row]!)
  const panel = h('div', { class: 'card touch' })
  panel.append(h('p', {}, h('span', { class: 'number' }, String(hand.row + 1)), ' ', name))
  if (e.withdrawn.has(hand.row)) panel.append(h('p', {}, withdrawnMark()))
  controlOf(e, choice)(panel, hand.row, () => {
    const moves = e.definition.kind === 'consent'
    if (moves) hand.press('ArrowDown')
    else hand.to(hand.row)
    redraw(moves)
  })
  return panel
}

function rest(): void {
  const panel = document.querySelector('.touch')
  panel?.classList.add('fresh')
  setTimeout(() => panel?.classList.remove('fresh'), REST_MS)
}

export function keying(e: Election, who: Credential, choice: Choice, acts: Acts): Keying {
  const d = e.definition
  const hand = new Hand(e, choice)
  let ignored = ''
  const redraw = (moved = false): void => {
    acts.redraw()
    if (moved) rest()
    document.querySelector('tr.here')?.scrollIntoView({ block: 'nearest' })
  }
  const row = (i: number): HTMLElement =>
    rowOf(e, choice, i, i === hand.row, () => {
      hand.to(i)
      redraw()
    })
  const said = (): string => (ignored !== '' ? t('desk-ignored', { key: ignored }) : hand.begun && `${hand.begun}…`)
  const view = (): HTMLElement[] => {
    const { line, problem } = summary(e, choice)
    return [
      h('h1', {}, t('letter', { n: letterNumber(who.serial) })),
      h('p', { class: 'hint' }, t(`desk-keys-${d.kind}`, { digits: hand.digits })),
      touchPanel(e, choice, hand, redraw),
      scrollable(t('voted-on'), h('table', { class: 'desk' }, h('tbody', {}, ...d.projects.map((_, i) => row(i))))),
      h('p', { class: 'line', 'aria-live': 'polite' }, line),
      h('p', { class: 'problem', role: 'alert' }, problem ?? said()),
      h(
        'div',
        { class: 'buttons' },
        h(
          'button',
          { type: 'button', class: 'main', disabled: problem !== null, onclick: () => press('Enter') },
          t('desk-read-back'),
        ),
        h('button', { type: 'button', onclick: acts.leave }, t('desk-cancel')),
      ),
    ]
  }
  const press = (key: string): void => {
    ignored = ''
    if (key === 'Escape') return acts.leave()
    if (key === 'Enter' && hand.begun === '' && summary(e, choice).problem === null) return acts.read()
    if (key !== 'Enter' && !hand.press(key)) ignored = key
    redraw()
  }
  return { view, press }
}
