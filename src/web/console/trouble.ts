// SPDX-License-Identifier: Apache-2.0
// What goes wrong, what is still possible at this stage of this election, and the way to it.
import { h } from '../ui/dom.ts'
import type { What } from './act.ts'
import * as api from './api.ts'
import { clock } from './clock.ts'
import { verbOf } from './commands.ts'
import { p } from './poll_words.ts'
import { r } from './rehearse_words.ts'
import { openAct } from './screens.ts'
import { button, buttons, labelled, place, routes, shell, show } from './window.ts'

type Key = Parameters<typeof r>[0]

/** A way out: the step that it is, and when it helps. */
interface Way {
  step: string
  words: Key
}
/** A verb that is no step of every election, and helps at every stage. */
interface Also {
  words: Key
  name: Key
  what: What
  /** of this election; else of one that it makes */
  here: boolean
}
interface Trouble {
  words: Key
  first: Key
  ways: Way[]
  also?: Also
}
const COPY: Also = {
  words: 'trouble-stick-copy',
  name: 'trouble-copy',
  what: { program: 'yihu-trustee', verb: 'copy' },
  here: true,
}
const ANEW: Also = {
  words: 'trouble-anew-what',
  name: 'trouble-anew',
  what: { program: 'yihu-issue', verb: 'init' },
  here: false,
}
const RESTORE: Also = {
  words: 'trouble-restore-what',
  name: 'trouble-restore',
  what: { program: 'yihu-issue', verb: 'restore' },
  here: false,
}
const TROUBLES: Trouble[] = [
  {
    words: 'trouble-power',
    first: 'trouble-power-first',
    ways: [
      { step: 'daemon', words: 'trouble-power-daemon' },
      { step: 'complete-box', words: 'trouble-box-lacks' },
      { step: 'rebuild', words: 'trouble-box-gone' },
    ],
  },
  {
    words: 'trouble-stick',
    first: 'trouble-stick-first',
    also: COPY,
    ways: [
      { step: 'announce', words: 'trouble-stick-announce' },
      { step: 'box', words: 'trouble-stick-count' },
      { step: 'cancel', words: 'trouble-stick-cancel' },
    ],
  },
  {
    words: 'trouble-passphrase',
    first: 'trouble-passphrase-first',
    also: ANEW,
    ways: [{ step: 'box', words: 'trouble-passphrase-holder' }],
  },
  {
    words: 'trouble-spoiled',
    first: 'trouble-spoiled-first',
    ways: [
      { step: 'replace', words: 'trouble-spoiled-replace' },
      { step: 'cancel', words: 'trouble-spoiled-cancel' },
    ],
  },
  {
    words: 'trouble-printer',
    first: 'trouble-printer-first',
    ways: [
      { step: 'shred-letters', words: 'trouble-printer-shred' },
      { step: 'replace', words: 'trouble-spoiled-replace' },
    ],
  },
  {
    words: 'trouble-amount',
    first: 'trouble-amount-first',
    also: ANEW,
    ways: [
      { step: 'proof', words: 'trouble-amount-proof' },
      { step: 'withdraw', words: 'trouble-amount-withdraw' },
      { step: 'cancel', words: 'trouble-amount-cancel' },
      { step: 'complaints', words: 'trouble-amount-complaints' },
    ],
  },
  {
    words: 'trouble-laptop',
    first: 'trouble-laptop-first',
    also: RESTORE,
    ways: [
      { step: 'backup', words: 'trouble-laptop-backup' },
      { step: 'handover', words: 'trouble-laptop-handover' },
      { step: 'rebuild', words: 'trouble-box-gone' },
    ],
  },
  {
    words: 'trouble-used',
    first: 'trouble-used-first',
    ways: [
      { step: 'replace', words: 'trouble-used-replace' },
      { step: 'complaints', words: 'trouble-used-complaints' },
    ],
  },
  {
    words: 'trouble-complaint',
    first: 'trouble-complaint-first',
    ways: [
      { step: 'complaints', words: 'trouble-complaint-answer' },
      { step: 'audit', words: 'trouble-complaint-audit' },
      { step: 'final', words: 'trouble-complaint-final' },
    ],
  },
  {
    words: 'trouble-daemon',
    first: 'trouble-daemon-first',
    ways: [
      { step: 'daemon', words: 'trouble-power-daemon' },
      { step: 'complete-box', words: 'trouble-box-lacks' },
      { step: 'rebuild', words: 'trouble-box-gone' },
    ],
  },
  {
    words: 'trouble-clock',
    first: 'trouble-clock-first',
    ways: [{ step: 'daemon', words: 'trouble-clock-daemon' }],
  },
]

/** One way out of it, with the button that leads there, or why there is none now. */
function way(b: api.Book, s: api.Status, w: Way): HTMLElement | null {
  const step = s.steps.find((x) => x.id === w.step)
  if (step === undefined) return null
  const leads = verbOf(step.together ?? step.command)
  const go =
    leads === null
      ? labelled(r('trouble-to-steps'), () => routes.election(b))
      : labelled(r('trouble-go', { step: step.words }), () => openAct(leads, b))
  return step.possible
    ? h('li', {}, h('div', {}, h('p', {}, r(w.words))), go)
    : h('li', { class: 'not-now' }, h('div', {}, h('p', {}, r('trouble-not-now', { step: step.words }))))
}

const alsoOf = (a: Also, b: api.Book | null): HTMLElement[] => [
  h('p', {}, r(a.words)),
  buttons(labelled(r(a.name), () => openAct(a.what, a.here ? b : null))),
]

async function one(b: api.Book, t: Trouble): Promise<void> {
  const s = await api.status(b.id)
  const ways = [...t.ways]
    .sort((x, y) => Number(possible(s, y)) - Number(possible(s, x)))
    .map((w) => way(b, s, w))
    .filter((x): x is HTMLElement => x !== null)
  const view = (): HTMLElement[] => [
    h('h1', {}, r(t.words)),
    h('p', { class: 'by-hand' }, r(t.first)),
    ...(t.words === 'trouble-stick' || t.words === 'trouble-passphrase' ? [h('p', {}, s.who_comes)] : []),
    ...(t.words === 'trouble-clock' ? [buttons(labelled(p('clock-check'), () => clock(b), true))] : []),
    h('h2', {}, r('trouble-now', { name: b.name })),
    h('ul', { class: 'rows' }, ...ways),
    ...(t.also === undefined ? [] : alsoOf(t.also, b)),
    buttons(
      labelled(r('trouble-others'), () => trouble()),
      button('back-steps', () => routes.election(b)),
    ),
  ]
  show(() => one(b, t), view)
}
const possible = (s: api.Status, w: Way): boolean => s.steps.find((x) => x.id === w.step)?.possible ?? false

function list(b: api.Book): void {
  shell.go(() => [
    h('h1', {}, r('trouble-title')),
    h('p', {}, r('trouble-what', { name: b.name })),
    h(
      'ul',
      { class: 'troubles' },
      ...TROUBLES.map((t) =>
        h(
          'li',
          {},
          labelled(r(t.words), () => one(b, t)),
        ),
      ),
    ),
    buttons(button('back-steps', () => routes.election(b))),
  ])
}

/** Of the election that is looked at; else of one that is chosen. */
export async function trouble(): Promise<void> {
  const { books } = await api.books()
  const here = books.find((b) => b.id === place.book?.id) ?? (books.length === 1 ? books[0] : undefined)
  if (here !== undefined) return list(here)
  shell.go(() => [
    h('h1', {}, r('trouble-title')),
    h('p', {}, r(books.length === 0 ? 'trouble-none' : 'trouble-which')),
    buttons(...books.map((b) => labelled(b.name, () => Promise.resolve(list(b))))),
    ...alsoOf(RESTORE, null),
    buttons(button('to-books', routes.home)),
  ])
}
