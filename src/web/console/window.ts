// SPDX-License-Identifier: Apache-2.0
// What every view of the committee's window stands on: one view after the other, what
// goes wrong said, and the ways to the places that views lead to.
import { h } from '../ui/dom.ts'
import { handbookLink } from '../ui/handbook.ts'
import { currentLanguage } from '../ui/i18n.ts'
import { notice, Shell, type View } from '../ui/shell.ts'
import * as api from './api.ts'
import { enterForm } from './enter.ts'
import { inWords } from './in_words.ts'
import { c } from './words.ts'

export type Act = () => Promise<void>

/** The election that is looked at; null: none, as in the first view. */
export const place: { book: api.Book | null } = { book: null }

/** What stands in the head of every view, once somebody is in. */
export const headTools: { words: () => string; go: Act }[] = []
const inHead = (): HTMLElement[] => [
  ...(api.isIn()
    ? headTools.map((tool) => h('button', { type: 'button', onclick: () => run(tool.go) }, tool.words()))
    : []),
  // Beside the window, not in its place.
  handbookLink({ target: '_blank', rel: 'noopener' }),
]

/** What was pressed and is being acted upon. */
const underWay = new Set<Act>()

/** What ends when another view comes: a camera, say. */
let ending = (): void => undefined
export function atLeaving(act: () => void): void {
  ending = act
}

class Views extends Shell {
  override go(view: View): void {
    ending()
    ending = () => undefined
    super.go(view)
  }
}
export const shell = new Views(() => c('title'), { tools: inHead, guarded: true })

/** Set once, at the beginning: a view imports none that leads back to it. */
export const routes = {
  home: (): Promise<void> => Promise.resolve(),
  election: (_: api.Book): Promise<void> => Promise.resolve(),
  act: (_: { program: string; verb: string | null }, __: api.Book | null): Promise<void> => Promise.resolve(),
}

/** One after the other: an answer that comes late never takes the place of a later view. */
let turn: Promise<void> = Promise.resolve()

/** In which language what is shown next was asked for: another may have been chosen since. */
let askedIn = currentLanguage()

/** What goes wrong on the way is said, whatever it was. */
export function run(act: Act): void {
  const begin: Act = () => {
    askedIn = currentLanguage()
    return act()
  }
  turn = turn.then(begin).catch(async (error: unknown) => {
    if (!(error instanceof api.Refused)) return gone()
    const why = await inWords(error.message)
    shell.go(() => [notice('bad', c('step-failed'), why), button('to-books', routes.home, true)])
  })
}

/** A hand that presses twice means it once: what is under way is not begun again. */
function press(act: Act): void {
  if (underWay.has(act)) return
  underWay.add(act)
  run(() => act().finally(() => underWay.delete(act)))
}

export const labelled = (words: string, act: Act, main = false): HTMLElement =>
  h('button', { type: 'button', class: main ? 'main' : null, onclick: () => press(act) }, words)
export const button = (key: Parameters<typeof c>[0], act: Act, main = false): HTMLElement => labelled(c(key), act, main)

export const buttons = (...all: HTMLElement[]): HTMLElement => h('div', { class: 'buttons' }, ...all)

/** A view of what programs say; in another language they are asked again. */
export function show(again: Act, view: () => HTMLElement[]): void {
  const asked = askedIn
  shell.go(() => {
    if (currentLanguage() !== asked) run(again)
    return view()
  })
}

const POLL_MS = 500
export const pause = (): Promise<void> => new Promise((done) => setTimeout(done, POLL_MS))

/** With the code of the terminal, where no key came in the address. */
export const askCode = (): void => shell.go(() => enterForm(run, () => routes.home()))

function gone(): void {
  api.leave()
  const code = h('details', {}, h('summary', {}, c('gone-code')), ...enterForm(run, () => routes.home()))
  shell.go(() => [notice('bad', c('gone'), c('gone-what')), code])
}
