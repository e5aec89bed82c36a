// SPDX-License-Identifier: Apache-2.0
// How a household chooses: one control a ballot kind, over an array of digits
// (PROTOCOL §2). Buttons and boxes alone: no gesture, no colour-only cue.
import type { Definition } from '../protocol/definition.ts'
import { breach } from '../protocol/definition.ts'
import { breachOfParts } from '../protocol/parts.ts'
import type { Election } from './election.ts'
import { projectName, sum } from './election.ts'
import { h, replace } from './dom.ts'
import { t, type Key } from './vote_words.ts'

export interface Choice {
  digits: number[]
  /** Consent: which projects were answered at all (an answer may be "abstain"). */
  answered: boolean[]
}
export function emptyChoice(d: Definition): Choice {
  return { digits: d.projects.map(() => 0), answered: d.projects.map(() => false) }
}

/** Draws the control of project i into its card; `changed` after each change.
 * The card hears “redraw” whenever any card changed. */
export type Control = (card: HTMLElement, i: number, changed: () => void) => void

/** One of the answers of a card: a large label, filled when chosen; not by `:has`, which older engines lack. */
function answer(card: HTMLElement, input: HTMLInputElement, ...text: (Node | string)[]): HTMLElement {
  const label = h('label', { class: 'choose', for: input.id }, input, h('span', {}, ...text))
  const draw = (): void => {
    label.classList.toggle('on', input.checked)
  }
  card.addEventListener('redraw', draw)
  draw()
  return label
}

const hiddenName = (name: string): HTMLElement => h('span', { class: 'hidden' }, ` ${name}`)

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
    card.append(answer(card, box, t('choose-this'), hiddenName(projectName(e.definition.projects[i]!))))
  }
}

/** One of several answers, side by side: [digit, what it is called]. */
function oneOf(
  e: Election,
  choice: Choice,
  answers: [number, string][],
  isOn: (i: number, digit: number) => boolean,
): Control {
  return (card, i, changed) => {
    const set = h(
      'fieldset',
      { class: answers.length > 3 ? 'many' : '' },
      h('legend', { class: 'hidden' }, projectName(e.definition.projects[i]!)),
    )
    for (const [digit, text] of answers) {
      const input = h('input', {
        type: 'radio',
        name: `p${i}`,
        id: `p${i}-${digit}`,
        checked: isOn(i, digit),
        onchange: () => {
          choice.digits[i] = digit
          choice.answered[i] = true
          changed()
        },
      })
      const affordable = (): void => {
        input.disabled = !input.checked && tooMany(e.definition, choice, i, digit)
      }
      card.addEventListener('redraw', affordable)
      affordable()
      set.append(answer(card, input, text))
    }
    card.append(set)
  }
}

/** Would the ballot hold too many points, or too many projects, with that digit there? */
function tooMany(d: Definition, choice: Choice, i: number, digit: number): boolean {
  if (d.kind === 'consent' || digit <= (choice.digits[i] ?? 0)) return false
  const why = breach(d, replaced(choice.digits, i, digit))
  if (why === 'parts') {
    const part = breachOfParts(d.parts, d.kind, d.projects, replaced(choice.digits, i, digit))?.why
    return part === 'part-many' || part === 'exclusive'
  }
  return why === 'too-many-points' || why === 'too-many'
}
const replaced = (digits: number[], at: number, digit: number): number[] => digits.map((v, i) => (i === at ? digit : v))

const consent = (e: Election, choice: Choice): Control =>
  oneOf(
    e,
    choice,
    [
      [1, t('agree')],
      [2, t('against')],
      [0, t('abstain')],
    ],
    (i, digit) => choice.answered[i] === true && choice.digits[i] === digit,
  )

/** From so many points on a button for each would be too small. */
const POINTS_AS_BUTTONS = 5

function points(e: Election, choice: Choice): Control {
  const { maxPoints } = e.definition
  if (maxPoints > POINTS_AS_BUTTONS) return stepper(e, choice)
  const answers = Array.from({ length: maxPoints + 1 }, (_, digit): [number, string] => [digit, String(digit)])
  return oneOf(e, choice, answers, (i, digit) => choice.digits[i] === digit)
}

function stepper(e: Election, choice: Choice): Control {
  const d = e.definition
  return (card, i, changed) => {
    const name = projectName(d.projects[i]!)
    const value = h('output', { 'aria-live': 'polite' })
    const step = (by: number, button: HTMLElement): void => {
      if (button.getAttribute('aria-disabled') === 'true') return
      choice.digits[i] = (choice.digits[i] ?? 0) + by
      changed()
    }
    const less = h(
      'button',
      { type: 'button', 'aria-label': `${t('less')} ${name}`, onclick: () => step(-1, less) },
      '−',
    )
    const more = h(
      'button',
      { type: 'button', 'aria-label': `${t('more')} ${name}`, onclick: () => step(1, more) },
      '+',
    )
    const draw = (): void => {
      const digit = choice.digits[i] ?? 0
      value.textContent = t('points', { n: digit })
      // Not `disabled`: the hand on the keyboard would lose its place.
      less.setAttribute('aria-disabled', String(digit === 0))
      more.setAttribute('aria-disabled', String(digit >= d.maxPoints || tooMany(d, choice, i, digit + 1)))
    }
    draw()
    card.append(h('div', { class: 'stepper' }, less, value, more))
    card.addEventListener('redraw', draw)
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

export function controlOf(e: Election, choice: Choice): Control {
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

export interface Summary {
  /** what has been chosen so far, in a sentence, and in as few signs as a narrow screen has room for */
  line: string
  brief: string
  /** why it cannot go on yet */
  problem: string | null
  /** how much of what may be used is used; null where nothing is measured */
  used: number | null
}

function problemOf(d: Definition, digits: number[], spent: number): string | null {
  switch (breach(d, digits)) {
    case 'too-few':
      return t('too-few', { n: d.minLength })
    case 'too-many':
      return t('too-many', { n: d.maxLength })
    case 'too-dear':
      return t('too-dear', { over: sum(d, spent - (d.maxSumCost ?? 0)) })
    case 'too-many-points':
      return t('too-many-points', { n: d.maxSumPoints ?? 0 })
    case 'too-cheap':
      return t('too-cheap', { over: sum(d, d.minSumCost - spent) })
    case 'too-few-points':
      return t('too-few-points', { n: d.minSumPoints })
    case 'ranks':
      return t('ranks-wrong')
    case 'parts':
      return problemOfParts(d, digits)
    case null:
      return null
  }
}

function problemOfParts(d: Definition, digits: number[]): string | null {
  const found = breachOfParts(d.parts, d.kind, d.projects, digits)
  if (found === null) return null
  if (found.why === 'exclusive') {
    const [a, b] = found.pair.map((i) => projectName(d.projects[i]!)) as [string, string]
    return t('exclusive', { a, b })
  }
  const { name } = found
  if ('n' in found) return t(found.why, { name, n: found.n })
  return t(found.why, { name, over: sum(d, found.over) })
}

function moneySummary(d: Definition, spent: number, all: number, problem: string | null): Summary {
  const left = sum(d, Math.max(0, all - spent))
  return {
    line: t('money-used', { used: sum(d, spent), left }),
    brief: t('money-left', { left }),
    problem,
    used: spent / all,
  }
}

export function summary(e: Election, choice: Choice): Summary {
  const d = e.definition
  const n = choice.digits.filter((v) => v !== 0).length
  const spent = d.projects.reduce((sum, p, i) => sum + (choice.digits[i] === 0 ? 0 : p.cost), 0)
  const problem = problemOf(d, choice.digits, spent)
  const all = d.projects.length
  if (d.kind === 'consent') {
    const answered = choice.answered.filter((v, i) => v && !e.withdrawn.has(i)).length
    const open = Math.max(1, all - e.withdrawn.size)
    return {
      line: t('answered', { n: answered, all: open }),
      brief: `${answered}/${open}`,
      problem,
      used: answered / open,
    }
  }
  if (d.kind === 'cumulative') {
    const given = choice.digits.reduce((a, b) => a + b, 0)
    const most = d.maxSumPoints ?? 0
    const line = t(given === most ? 'points-spent' : 'points-left', { n: most - given })
    return { line, brief: `${given}/${most}`, problem, used: given / (most || 1) }
  }
  if (d.maxSumCost !== null) return moneySummary(d, spent, d.maxSumCost, problem)
  const limited = d.maxLength < all
  const key = d.kind === 'ordinal' ? 'ranked' : d.kind === 'scoring' ? 'scored' : 'chosen'
  return {
    line: t(limited ? `${key}-of` : key, { n, all: d.maxLength }),
    brief: limited ? `${n}/${d.maxLength}` : String(n),
    problem,
    used: null,
  }
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
