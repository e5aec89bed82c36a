// SPDX-License-Identifier: Apache-2.0
// A rehearsal, from one press to the word that it was held: each press runs what a person
// would type.
import { h } from '../ui/dom.ts'
import { qrImage } from '../ui/qr.ts'
import { notice } from '../ui/shell.ts'
import * as api from './api.ts'
import { carry } from './carry.ts'
import { papers } from './papers.ts'
import { pollBox } from './poll.ts'
import { r } from './rehearse_words.ts'
import { button, buttons, labelled, routes, run, shell, show } from './window.ts'
import { c } from './words.ts'

/** Letters wait for it: said where they would be made. */
export function rehearseFirst(b: api.Book, s: api.Status): Promise<HTMLElement | null> {
  const due = s.stage === 'chartered' && s.steps.some((x) => x.id === 'rehearse' && x.state === 'due')
  const box = (): HTMLElement =>
    h(
      'section',
      { class: 'notice wait' },
      h('h2', {}, r('rehearse-first')),
      h('p', {}, r('rehearse-first-what')),
      buttons(labelled(r('rehearse-title'), () => rehearse(b))),
    )
  return Promise.resolve(due ? box() : null)
}

// ---- preparing

const MINUTES = ['10', '5', '20', '30']

/** A name that no election has yet. */
function freeName(b: api.Book, books: api.Book[]): string {
  const named = (n: number): string => r(n === 1 ? 'rehearse-name' : 'rehearse-name-again', { name: b.name, n })
  for (let n = 1; ; n++) if (!books.some((x) => x.name === named(n))) return named(n)
}

/** Begun before, and not recorded yet. */
async function underWay(b: api.Book, books: api.Book[]): Promise<api.Book | null> {
  for (const other of books.filter((x) => x.name.startsWith(b.name) && x.id !== b.id)) {
    const s = await api.status(other.id).catch(() => null)
    if (s !== null && s.rehearsal?.of === b.path && s.stage !== 'published') return other
  }
  return null
}

export async function rehearse(b: api.Book | null): Promise<void> {
  if (b === null) return routes.home()
  const { books } = await api.books()
  const before = await underWay(b, books)
  const minutes = h('select', { id: 'rehearse-minutes' }, ...MINUTES.map((n) => h('option', { value: n }, n)))
  const phones = h('input', { id: 'rehearse-url', type: 'text', autocomplete: 'off' })
  const prepare = async (): Promise<void> => {
    const name = freeName(b, books)
    const url = phones.value.trim() === '' ? {} : { url: phones.value.trim() }
    const w = await carry(
      {
        program: 'yihu-issue',
        words: ['rehearse', b.path],
        options: { to: '{dir}', minutes: minutes.value, ...url },
        passphrases: [],
        new: name,
      },
      r('rehearse-preparing'),
    )
    if (w.status !== 0) return failed(w, () => rehearse(b))
    const made = (await api.books()).books.find((x) => x.name === name)
    await (made === undefined ? routes.home() : routes.election(made))
  }
  show(
    () => rehearse(b),
    () => [
      h('h1', {}, r('rehearse-title')),
      h('p', {}, r('rehearse-what')),
      h('ol', {}, ...PARTS.map((part) => h('li', {}, r(part)))),
      ...(before === null ? [] : [buttons(labelled(r('rehearse-go-on'), () => routes.election(before), true))]),
      h('div', { class: 'field' }, h('label', { for: 'rehearse-minutes' }, r('rehearse-minutes')), minutes),
      h(
        'details',
        {},
        h('summary', {}, r('rehearse-phones')),
        h('div', { class: 'field' }, h('label', { for: 'rehearse-url' }, r('rehearse-url')), phones),
        h('p', { class: 'note' }, r('rehearse-url-what')),
      ),
      buttons(
        labelled(r('rehearse-prepare'), prepare, before === null),
        button('back-steps', () => routes.election(b)),
      ),
    ],
  )
}

async function failed(w: api.Work, again: () => Promise<void>): Promise<void> {
  shell.go(() => [
    notice('bad', c('step-failed'), c('failed-what')),
    h('pre', { class: 'read-back', tabindex: 0 }, w.said + w.told),
    buttons(labelled(r('rehearse-again'), again, true), button('to-books', routes.home)),
  ])
  return Promise.resolve()
}

// ---- a rehearsal's own page

const PARTS: Parameters<typeof r>[0][] = [
  'rehearse-part-prepare',
  'rehearse-part-serve',
  'rehearse-part-vote',
  'rehearse-part-count',
  'rehearse-part-record',
]

/** How far it is: the place in PARTS of what is to do. */
function partOf(s: api.Status, at: string | null): number {
  if (s.stage === 'published') return 4
  if (s.stage !== 'issued' && s.stage !== 'open') return 3
  return at === null ? 1 : 2
}

function specimen(l: api.Specimen): HTMLElement {
  return h(
    'li',
    { class: 'card' },
    h('h2', {}, r('rehearse-letter', { name: l.household, serial: l.serial })),
    qrImage(l.link, r('rehearse-code', { name: l.household })),
    buttons(
      h('a', { href: l.link, target: '_blank', rel: 'noopener noreferrer' }, r('rehearse-open', { name: l.household })),
    ),
    h('p', {}, r('rehearse-typed'), ' ', h('code', {}, l.typed)),
  )
}

async function voting(b: api.Book, s: api.Status): Promise<HTMLElement> {
  const { letters } = await api.specimens(b.id)
  const minutes = Math.max(0, Math.ceil(((s.rehearsal?.closes ?? 0) - (s.rehearsal?.now ?? 0)) / 60))
  return h(
    'section',
    {},
    h(
      'p',
      { role: 'status' },
      h('strong', {}, r('rehearse-cast', { n: s.ballots ?? 0 })),
      ' ',
      r('rehearse-left', { n: minutes }),
    ),
    h('p', {}, r('rehearse-three')),
    h('ul', { class: 'specimens' }, ...letters.map(specimen)),
  )
}

/** One press: whatever is due, until the result is published. */
async function count(b: api.Book): Promise<void> {
  const keys = (n: number): string[] => Array.from({ length: n }, (_, i) => `{dir}/secret/rehearsal-key-${i + 1}`)
  for (;;) {
    const s = await api.status(b.id)
    const due = s.steps.find((x) => x.kind === 'moves' && x.state === 'due' && COUNTING[x.id] !== undefined)
    if (due === undefined || s.stage === 'published') return routes.election(b)
    const { program, verb, options } = COUNTING[due.id]!(keys(s.rehearsal?.holders ?? 0))
    const order = { program, words: [verb, '{dir}'], options, passphrases: [], book: b.id }
    const w = await carry(order, r('rehearse-counting'))
    if (w.status !== 0) return failed(w, () => count(b))
  }
}

interface Act {
  program: string
  verb: string
  options: api.Order['options']
}
/** Nobody looks at what is signed: in a rehearsal it binds nobody. */
const seen = true
const together = (key: string[]): Act => ({ program: 'yihu-trustee', verb: 'count', options: { key, seen } })
const COUNTING: Record<string, ((keys: string[]) => Act) | undefined> = {
  close: () => ({ program: 'yihu-tally', verb: 'close', options: {} }),
  box: together,
  shuffle: together,
  open: together,
  sign: together,
  'sign-clerk': () => ({ program: 'yihu-issue', verb: 'sign', options: { 'no-objections': true, seen } }),
  publish: () => ({ program: 'yihu-tally', verb: 'publish', options: {} }),
}

async function record(b: api.Book, real: api.Book): Promise<void> {
  const order = {
    program: 'yihu-issue',
    words: ['rehearsed', real.path, '{dir}'],
    options: {},
    passphrases: [],
    book: b.id,
  }
  const w = await carry(order, r('rehearse-recording'))
  if (w.status !== 0) return failed(w, () => record(b, real))
  if ((await api.served(b.id)).url !== null) await api.stop(b.id)
  shell.go(() => [
    notice('good', r('rehearse-done'), r('rehearse-done-what')),
    h('pre', { class: 'read-back', tabindex: 0 }, w.said),
    buttons(labelled(r('rehearse-to-real'), () => routes.election(real), true)),
  ])
}

/** What is to do in this part. */
async function toDo(b: api.Book, s: api.Status, at: string | null): Promise<HTMLElement[]> {
  const part = partOf(s, at)
  const daemon = await pollBox(b, s)
  const real = (await api.books()).books.find((x) => x.path === s.rehearsal?.of)
  if (part === 1) return daemon === null ? [h('p', {}, s.next)] : [daemon]
  if (part === 2) return [await voting(b, s), ...(daemon === null ? [] : [daemon])]
  if (part === 3)
    return [h('p', {}, r('rehearse-count-what')), buttons(labelled(r('rehearse-count'), () => count(b), true))]
  const look =
    at === null
      ? []
      : [h('a', { href: `${at}/results`, target: '_blank', rel: 'noopener noreferrer' }, r('rehearse-results'))]
  if (real === undefined) return [h('p', {}, r('rehearse-orphan')), buttons(...look)]
  return [
    h('p', {}, r('rehearse-record-what')),
    buttons(
      ...look,
      labelled(r('rehearse-record'), () => record(b, real), true),
    ),
  ]
}

/** The page of an election that is a rehearsal. */
export async function rehearsalPage(b: api.Book, s: api.Status): Promise<void> {
  const at = (await api.served(b.id)).url
  const here = partOf(s, at)
  const body = await toDo(b, s, at)
  const sheets = await papers(b)
  const part = (key: Parameters<typeof r>[0], i: number): HTMLElement =>
    h('li', { 'aria-current': i === here ? 'step' : null, class: i < here ? 'done' : '' }, `${i + 1} ${r(key)}`)
  show(
    () => routes.election(b),
    () => [
      h('p', { class: 'rehearsal', role: 'note' }, h('strong', {}, r('rehearse-sign')), ` ${r('rehearse-sign-what')}`),
      h('h1', {}, b.name),
      h('ol', { class: 'way', 'aria-label': r('rehearse-title') }, ...PARTS.map(part)),
      ...body,
      ...(sheets === null ? [] : [sheets]),
      buttons(
        button('reload', () => routes.election(b)),
        button('to-books', routes.home),
      ),
    ],
  )
  if (here === 2) watch(b, s)
}

/** The poll's end comes by itself. */
function watch(b: api.Book, s: api.Status): void {
  const heading = document.querySelector('main h1')
  const left = ((s.rehearsal?.closes ?? 0) - (s.rehearsal?.now ?? 0)) * 1000
  setTimeout(
    () => {
      if (heading?.isConnected === true) run(() => routes.election(b))
    },
    Math.max(1000, left),
  )
}
