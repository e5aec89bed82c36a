// SPDX-License-Identifier: Apache-2.0
// One verb of a program as a view: its form, what it shows before it acts, and its outcome.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import { cardFor } from './cards.ts'
import { carry } from './carry.ts'
import { Form } from './form.ts'
import { stateApart, unnamed } from './plain.ts'
import { shownIn, withSeen, type Seen } from './shown.ts'
import { button, buttons, routes, shell, type Act } from './window.ts'
import { c } from './words.ts'

/** What a button or a step leads to. */
export interface What {
  program: string
  verb: string | null
}

export async function act(what: What, b: api.Book | null): Promise<void> {
  const verb = (await api.verbs(what.program)).verbs.find((v) => v.verb === what.verb)
  if (verb === undefined) throw new api.Refused(`${what.program} ${what.verb ?? ''}`)
  const form = new Form(verb)
  const name = h('input', { id: 'new-name', type: 'text', autocomplete: 'off' })
  const said = h('p', { role: 'alert', class: 'problem' })
  const shows = verb.options.some((o) => o.name === 'seen')
  const order = (seen: Seen): api.Order => {
    const given = form.given()
    const typed = [...given.words]
    const rest = verb.words.map((word) => (word === 'DIR' ? '{dir}' : typed.shift()!))
    const words = what.verb === null ? rest : [what.verb, ...rest, ...typed]
    const options = withSeen(given.options, seen)
    const book = b === null ? { new: name.value.trim() } : { book: b.id }
    return { program: what.program, words, options, passphrases: given.passphrases, ...book }
  }
  const check = (): boolean => {
    said.textContent = b === null && name.value.trim() === '' ? c('new-name') : (form.problem() ?? '')
    return said.textContent === ''
  }
  const again = async (): Promise<void> => shell.go(view)
  const go = async (): Promise<void> => {
    if (!check()) return
    const done = { book: b, again, forget: () => form.forget() }
    await (shows ? lookFirst(order, done) : work(order(null), done))
  }
  const view = (): HTMLElement[] => [
    h('h1', {}, verb.label),
    h('p', {}, verb.summary),
    ...(b === null ? [] : cardFor(what.program, what.verb)),
    ...(b === null ? [h('div', { class: 'field' }, h('label', { for: 'new-name' }, c('new-name')), name)] : []),
    form.element,
    ...(verb.for_good ? [h('p', { class: 'warn' }, c('for-good'))] : []),
    said,
    buttons(
      button(shows ? 'look-first' : 'step-start', go, true),
      button('back-steps', () => (b === null ? routes.home() : routes.election(b))),
    ),
    ...(shows ? [h('p', { class: 'note' }, c('look-what'))] : []),
  ]
  await again()
}

/** Where one goes when it ended: the election (null: one that this made), or once more to the form. */
interface After {
  book: api.Book | null
  again: Act
  /** Called when it is done: what was typed as a passphrase goes. */
  forget: () => unknown
  /** Where it leads on, when it is done. */
  on?: () => HTMLElement
}

/** Shown by the program itself, which does nothing before somebody says that it was seen; where
 * more comes to be seen on the way, it is shown in its turn. */
export async function lookFirst(order: (seen: Seen) => api.Order, after: After, seen: Seen = null): Promise<void> {
  const w = await carry(order(seen), c(seen === null ? 'seen-title' : 'at-work'))
  const shown = shownIn(w)
  if (shown === null) return outcome(w, order(seen), after)
  const word = h('input', { id: 'word', type: 'text', autocomplete: 'off' })
  const said = h('p', { role: 'alert', class: 'problem' })
  const go = async (): Promise<void> => {
    if (word.value.trim() !== c('for-good-word')) said.textContent = c('for-good-type', { word: c('for-good-word') })
    else await lookFirst(order, after, shown.number)
  }
  shell.go(() => [
    h('h1', {}, c('seen-title')),
    h('pre', { class: 'read-back', tabindex: 0 }, shown.text),
    h('div', { class: 'field' }, h('label', { for: 'word' }, c('for-good-type', { word: c('for-good-word') })), word),
    said,
    buttons(button('seen-ask', go, true), button('change-again', after.again)),
  ])
}

export async function work(order: api.Order, after: After): Promise<void> {
  await outcome(await carry(order, c('at-work')), order, after)
}

async function outcome(w: api.Work, order: api.Order, after: After): Promise<void> {
  const good = w.status === 0
  if (good) await after.forget()
  const { text, state } = stateApart(unnamed(w.said + w.told), after.book?.name ?? order.new)
  shell.go(() => [
    h('h1', {}, good ? c('step-done') : c('step-failed')),
    ...(good ? [] : [h('p', {}, c('failed-what'))]),
    ...(state === null ? [] : [h('p', { class: 'next-act' }, state)]),
    h('pre', { class: 'read-back', tabindex: 0 }, text),
    buttons(
      ...(good && after.on !== undefined ? [after.on()] : []),
      button('back-steps', () => back(after.book, order.new), good && after.on === undefined),
      ...(good ? [] : [button('change-again', after.again, true)]),
    ),
  ])
}

/** To the election's steps; of one that was begun just now, too. */
async function back(b: api.Book | null, name: string | undefined): Promise<void> {
  const found = b ?? (await api.books()).books.find((x) => x.name === name)
  await (found === undefined ? routes.home() : routes.election(found))
}
