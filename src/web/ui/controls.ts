// SPDX-License-Identifier: Apache-2.0
// How a household chooses: one control a ballot kind, over an array of digits
// (PROTOCOL §2). Buttons and boxes alone: no gesture, no colour-only cue.
import type { Definition } from '../protocol/definition.ts'
import { breach } from '../protocol/definition.ts'
import type { Election } from './election.ts'
import { projectName, projectText } from './election.ts'
import { h, replace } from './dom.ts'
import { money, t, type Key } from './i18n.ts'

export interface Choice {
  digits: number[]
  /** Consent: which projects were answered at all (an answer may be "abstain"). */
  answered: boolean[]
}
export function emptyChoice(d: Definition): Choice {
  return { digits: d.projects.map(() => 0), answered: d.projects.map(() => false) }
}

/** Draws the control of project i into its card; `changed` after each change. */
type Control = (card: HTMLElement, i: number, changed: () => void) => void

function approval(e: Election, choice: Choice): Control {
  return (card, i, changed) => {
    const box = h('input', {
      type: 'checkbox',
      id: `p${i}`,
      checked: choice.digits[i] === 1,
      onchange: () => {
        choice.digits[i] = box.checked ? 1 : 0
        changed()
      },
    })
    const name = projectName(e.definition.projects[i]!)
    card.append(
      h(
        'label',
        { class: 'choose', for: `p${i}` },
        box,
        h('span', {}, t('choose-this'), h('span', { class: 'hidden' }, ` ${name}`)),
      ),
    )
  }
}

const ANSWERS: [number, Key][] = [
  [1, 'agree'],
  [2, 'against'],
  [0, 'abstain'],
]

function consent(e: Election, choice: Choice): Control {
  return (card, i, changed) => {
    const set = h('fieldset', {}, h('legend', { class: 'hidden' }, projectName(e.definition.projects[i]!)))
    for (const [digit, key] of ANSWERS) {
      const input = h('input', {
        type: 'radio',
        name: `p${i}`,
        id: `p${i}-${digit}`,
        checked: choice.answered[i] === true && choice.digits[i] === digit,
        onchange: () => {
          choice.digits[i] = digit
          choice.answered[i] = true
          changed()
        },
      })
      set.append(h('label', { class: 'choose', for: `p${i}-${digit}` }, input, h('span', {}, t(key))))
    }
    card.append(set)
  }
}

function points(e: Election, choice: Choice): Control {
  const d = e.definition
  return (card, i, changed) => {
    const name = projectName(d.projects[i]!)
    const value = h('output', { 'aria-live': 'polite' })
    const step = (by: number): void => {
      const next = Math.min(d.maxPoints, Math.max(0, (choice.digits[i] ?? 0) + by))
      const before = choice.digits[i] ?? 0
      choice.digits[i] = next
      if (by > 0 && (breach(d, choice.digits) === 'too-many-points' || breach(d, choice.digits) === 'too-many'))
        choice.digits[i] = before
      draw()
      changed()
    }
    const less = h('button', { type: 'button', 'aria-label': `${t('less')} ${name}`, onclick: () => step(-1) }, '−')
    const more = h('button', { type: 'button', 'aria-label': `${t('more')} ${name}`, onclick: () => step(1) }, '+')
    const draw = (): void => {
      value.textContent = t('points', { n: choice.digits[i] ?? 0 })
    }
    draw()
    card.append(h('div', { class: 'stepper' }, less, value, more))
  }
}

/** Ranks are 1..k without gap: leaving one closes it. */
export function setRank(digits: number[], i: number, to: number): void {
  const from = digits[i] ?? 0
  const used = digits.filter((v) => v > 0).length
  if (from === 0) {
    digits[i] = used + 1
    if (to > 0) setRank(digits, i, to)
    return
  }
  const end = to === 0 ? used : to
  digits.forEach((rank, j) => {
    if (j === i || rank === 0) return
    if (from < end && rank > from && rank <= end) digits[j] = rank - 1
    else if (end < from && rank >= end && rank < from) digits[j] = rank + 1
  })
  digits[i] = to
}

function ordinal(e: Election, choice: Choice): Control {
  const d = e.definition
  return (card, i, changed) => {
    const name = projectName(d.projects[i]!)
    const place = h('div', { class: 'stepper' })
    const act = (to: number): void => {
      setRank(choice.digits, i, to)
      changed()
    }
    const button = (off: boolean, to: number, ...text: (Node | string)[]): HTMLElement =>
      h(
        'button',
        { type: 'button', disabled: off, onclick: () => act(to) },
        ...text,
        h('span', { class: 'hidden' }, ` ${name}`),
      )
    const signed = (sign: string, key: Key): (Node | string)[] => [
      h('span', { 'aria-hidden': 'true' }, `${sign} `),
      t(key),
    ]
    const parts = (): HTMLElement[] => {
      const rank = choice.digits[i] ?? 0
      const used = choice.digits.filter((v) => v > 0).length
      if (rank === 0) return [button(used >= d.maxLength, used + 1, t('rank-next', { n: used + 1 }))]
      return [
        h('output', {}, t('rank', { n: rank })),
        button(rank === 1, rank - 1, ...signed('▲', 'up')),
        button(rank === used, rank + 1, ...signed('▼', 'down')),
        button(false, 0, ...signed('✕', 'unrank')),
      ]
    }
    /** The hand stays where it was, as far as there is a button. */
    const draw = (): void => {
      const before = [...place.querySelectorAll('button')].findIndex((b) => b === document.activeElement)
      replace(place, ...parts())
      if (before < 0) return
      const enabled = [...place.querySelectorAll('button')].map((b) => (b.disabled ? null : b))
      ;(enabled[before] ?? enabled.find((b) => b !== null))?.focus()
    }
    draw()
    card.append(place)
    card.addEventListener('redraw', draw)
  }
}

function controlOf(e: Election, choice: Choice): Control {
  switch (e.definition.kind) {
    case 'approval':
      return approval(e, choice)
    case 'consent':
      return consent(e, choice)
    case 'ordinal':
      return ordinal(e, choice)
    default:
      return points(e, choice)
  }
}

/** What has been chosen so far, and why it cannot go on yet, in a line each. */
export function summary(e: Election, choice: Choice): { line: string; problem: string | null; used: number | null } {
  const d = e.definition
  const n = choice.digits.filter((v) => v !== 0).length
  const spent = d.projects.reduce((sum, p, i) => sum + (choice.digits[i] === 0 ? 0 : p.cost), 0)
  const why = breach(d, choice.digits)
  const problems: Record<NonNullable<typeof why>, () => string> = {
    'too-few': () => t('too-few', { n: d.minLength }),
    'too-many': () => t('too-many', { n: d.maxLength }),
    'too-dear': () => t('too-dear', { sum: money(d.maxSumCost ?? 0) }),
    'too-many-points': () => t('too-many-points', { n: d.maxSumPoints ?? 0 }),
    ranks: () => t('ranks-wrong'),
  }
  const problem = why === null ? null : problems[why]()
  if (d.kind === 'consent') {
    const answered = choice.answered.filter(Boolean).length
    return { line: t('answered', { n: answered, all: d.projects.length }), problem, used: answered / d.projects.length }
  }
  if (d.kind === 'cumulative') {
    const given = choice.digits.reduce((a, b) => a + b, 0)
    return {
      line: t('points-left', { n: (d.maxSumPoints ?? 0) - given }),
      problem,
      used: given / (d.maxSumPoints || 1),
    }
  }
  if (d.maxSumCost !== null)
    return {
      line: t('money-used', { used: money(spent), all: money(d.maxSumCost) }),
      problem,
      used: spent / d.maxSumCost,
    }
  return { line: t('chosen', { n, all: d.maxLength }), problem, used: null }
}

/** The cards, in file order, with the numbers of the paper ballot. */
export function cards(e: Election, choice: Choice, changed: () => void): HTMLElement {
  const control = controlOf(e, choice)
  const list = h('ol', { class: 'cards' })
  const update = (): void => {
    list.querySelectorAll('li').forEach((li) => li.dispatchEvent(new Event('redraw')))
    changed()
  }
  e.definition.projects.forEach((p, i) => {
    const text = projectText(p)
    const card = h(
      'li',
      { class: 'card' },
      h('h2', {}, h('span', { class: 'number' }, `${i + 1}`), ' ', projectName(p)),
      h('p', { class: 'cost' }, money(p.cost)),
      text !== '' && h('details', {}, h('summary', {}, t('about')), h('p', {}, text)),
    )
    control(card, i, update)
    list.append(card)
  })
  return list
}

/** What a digit means, for review and read-back. */
export function digitText(d: Definition, digit: number): string {
  switch (d.kind) {
    case 'approval':
      return digit === 1 ? t('chosen-word') : t('not-chosen-word')
    case 'consent':
      return t(digit === 1 ? 'agree' : digit === 2 ? 'against' : 'abstain')
    case 'ordinal':
      return digit === 0 ? t('not-ranked') : t('rank', { n: digit })
    default:
      return t('points', { n: digit })
  }
}
