// SPDX-License-Identifier: Apache-2.0
// The printer's room: a test page, the letters a building at a time, one of them again,
// what came out of the printer, and the end of the files.
import { h } from '../ui/dom.ts'
import { notice } from '../ui/shell.ts'
import { carry } from './carry.ts'
import * as api from './api.ts'
import { printing, tell, type PrintFile, type Printing } from './paper_api.ts'
import { paperName } from './paper_names.ts'
import { p } from './paper_words.ts'
import { numberField, textField } from './paper_fields.ts'
import { readTestPage } from './test_camera.ts'
import { button, buttons, labelled, routes, shell, show } from './window.ts'
import { c } from './words.ts'

const TEST = 'paper/test-page.pdf'
const LETTERS = 'letters/'

/** What is drawn stays on the page until the next act: a printer is chosen once. */
interface Room {
  book: api.Book
  seen: Printing
  printer: string
  /** What the last act said; "" nothing. */
  said: { good: boolean; words: string }
}

export async function printRoom(b: api.Book | null, said = { good: true, words: '' }, printer = ''): Promise<void> {
  if (b === null) return routes.home()
  const seen = await printing(b.id)
  const chosen = seen.printers.includes(printer) ? printer : (seen.usual ?? seen.printers[0] ?? '')
  const room: Room = { book: b, seen, printer: chosen, said }
  show(
    () => printRoom(b, undefined, room.printer),
    () => view(room),
  )
}

const again = (r: Room, said?: { good: boolean; words: string }): Promise<void> => printRoom(r.book, said, r.printer)

/** One act of yihu-issue; what it says stands on top of the room afterwards. */
async function act(r: Room, words: string[], options: api.Order['options'] = {}): Promise<void> {
  const { good, said } = await tell(r.book.id, words, options)
  await again(r, { good, words: said })
}

function view(r: Room): HTMLElement[] {
  const files = (letters: boolean): PrintFile[] =>
    r.seen.files.filter((f) => f.name !== TEST && f.name.startsWith(LETTERS) === letters)
  const made = files(true).length > 0
  return [
    h('h1', {}, p('room-title')),
    ...(r.said.words === '' ? [] : [said(r)]),
    printers(r),
    testPage(r),
    ...(made
      ? [
          h(
            'section',
            {},
            h('h2', {}, p('room-letters')),
            ...passing(r),
            sides(r),
            ...files(true).map((f) => card(r, f)),
          ),
          oneAgain(r),
        ]
      : []),
    h('section', {}, h('h2', {}, p('room-others')), ...files(false).map((f) => card(r, f)), others(r)),
    ...(made ? [theEnd(r)] : []),
    buttons(
      button('reload', () => again(r)),
      button('back-steps', () => routes.election(r.book)),
    ),
  ]
}

const said = (r: Room): HTMLElement =>
  h('div', { class: r.said.good ? 'notice good' : 'notice bad', role: r.said.good ? 'status' : 'alert' }, ...lines(r))
const lines = (r: Room): HTMLElement[] => r.said.words.split('\n').map((line) => h('p', {}, line))

function printers(r: Room): HTMLElement {
  const names = r.seen.printers
  if (names.length === 0)
    return h('section', {}, h('h2', {}, p('printer')), h('p', {}, p(r.seen.cups ? 'printer-none' : 'printer-no-cups')))
  const choose = h('select', { id: 'printer', onchange: () => (r.printer = choose.value) }) as HTMLSelectElement
  choose.append(...names.map((n) => h('option', { value: n, selected: n === r.printer }, n)))
  return h('section', {}, h('h2', {}, h('label', { for: 'printer' }, p('printer'))), choose)
}

const passing = (r: Room): HTMLElement[] => (r.seen.passes ? [h('p', { class: 'warn' }, p('room-passes'))] : [])
const sides = (r: Room): HTMLElement => h('p', { class: 'warn' }, p(r.seen.two_sided ? 'sides-both' : 'sides-one'))

// ---- the test page

function testPage(r: Room): HTMLElement {
  const file = r.seen.files.find((f) => f.name === TEST)
  const state = r.seen.test_page
  const make = labelled(p('test-make'), () => act(r, ['test-page', '{dir}']), state === null && file === undefined)
  const check = [
    labelled(p('room-camera'), () => readTestPage(r.book, () => again(r)), state === null),
    labelled(p('room-eye'), () => act(r, ['test-page', '{dir}'], { 'by-eye': true })),
  ]
  return h(
    'section',
    {},
    h('h2', {}, p('test-title')),
    h('p', {}, p(state === null ? 'test-what' : state === 'read' ? 'test-was-read' : 'test-was-seen')),
    buttons(make),
    ...(file === undefined ? [] : [card(r, file), buttons(...check)]),
  )
}

// ---- a file

function card(r: Room, f: PrintFile): HTMLElement {
  const counted = f.name.startsWith(LETTERS)
  const print = labelled(p('print', { what: paperName(f.name) }), () =>
    counted && f.jobs.length > 0 ? askAgain(r, f) : act(r, ['print', '{dir}', f.name], { printer: r.printer }),
  )
  const open = labelled(p('open', { what: paperName(f.name) }), async () => {
    await api.openPaper(r.book.id, f.name)
    await again(r)
  })
  return h(
    'div',
    { class: 'card' },
    h('h3', {}, paperName(f.name)),
    h('p', {}, p('sheets', { n: f.sheets })),
    ...f.jobs.map((j) => h('p', {}, job(j))),
    ...(counted ? [difference(f)] : []),
    buttons(...(r.seen.printers.length > 0 ? [print] : []), open),
    ...(counted ? [byHand(r, f)] : []),
  )
}

/** Either copy of a letter votes. */
function askAgain(r: Room, f: PrintFile): Promise<void> {
  const send = (): Promise<void> => act(r, ['print', '{dir}', f.name], { printer: r.printer, again: true })
  shell.go(() => [
    h('h1', {}, p('print-twice-title', { what: paperName(f.name) })),
    ...f.jobs.map((j) => h('p', {}, job(j))),
    h('p', { class: 'warn' }, p('print-twice-what')),
    buttons(
      labelled(p('room-back'), () => again(r), true),
      labelled(p('print-twice-do'), send),
    ),
  ])
  return Promise.resolve()
}

function job(j: PrintFile['jobs'][number]): string {
  const state = p(`job-${j.state}`)
  return j.sheets === null
    ? p('job-line', { job: j.job, state })
    : p('job-line-sheets', { job: j.job, state, n: j.sheets })
}

function difference(f: PrintFile): HTMLElement | null {
  if (f.difference === null) return f.jobs.length === 0 ? h('p', {}, p('not-printed')) : h('p', {}, p('count-by-hand'))
  if (f.difference === 0) return h('p', {}, h('strong', {}, p('all-there')))
  const key = f.difference < 0 ? 'sheets-missing' : 'sheets-too-many'
  return h('p', { class: 'problem' }, h('strong', {}, p(key, { n: Math.abs(f.difference) })))
}

function byHand(r: Room, f: PrintFile): HTMLElement {
  const came = numberField(p('came-out'), f.came_out)
  const spoiled = numberField(p('spoiled'), f.spoiled)
  const note = labelled(p('note-counts', { what: paperName(f.name) }), () =>
    act(r, ['print', '{dir}', f.name], {
      ...(came.value() === '' ? {} : { 'came-out': came.value() }),
      spoiled: spoiled.value() === '' ? '0' : spoiled.value(),
    }),
  )
  return h(
    'details',
    {},
    h('summary', {}, p('count-sheets', { what: paperName(f.name) })),
    came.element,
    spoiled.element,
    buttons(note),
  )
}

// ---- one letter again

function oneAgain(r: Room): HTMLElement {
  const who = textField(p('again-who'))
  const go = labelled(p('again-make'), async () => {
    if (who.value() !== '' && !who.value().startsWith('-')) await act(r, ['reprint', '{dir}', who.value()])
  })
  return h('section', {}, h('h2', {}, p('again-title')), h('p', {}, p('again-what')), who.element, buttons(go))
}

// ---- other papers

const others = (r: Room): HTMLElement =>
  buttons(
    labelled(p('make-poster'), () => routes.act({ program: 'yihu-issue', verb: 'poster' }, r.book)),
    labelled(p('make-walklist'), () => routes.act({ program: 'yihu-issue', verb: 'walklist' }, r.book)),
  )

// ---- the files go

function theEnd(r: Room): HTMLElement {
  const count = numberField(p('shred-count'), null)
  const problem = h('p', { role: 'alert', class: 'problem' })
  const go = async (): Promise<void> => {
    if (count.value() === '') {
      problem.textContent = p('shred-need')
      return
    }
    await shred(r, count.value())
  }
  return h(
    'section',
    {},
    h('h2', {}, p('shred-title')),
    h('p', {}, p('shred-what')),
    h('p', { class: 'warn' }, c('for-good')),
    count.element,
    problem,
    buttons(labelled(p('shred-do'), go)),
  )
}

async function shred(r: Room, printed: string): Promise<void> {
  const order = { program: 'yihu-issue', words: ['shred-letters', '{dir}'], options: { printed }, passphrases: [] }
  const w = await carry({ ...order, book: r.book.id }, p('shred-title'))
  const good = w.status === 0
  shell.go(() => [
    notice(good ? 'good' : 'bad', p(good ? 'shred-done' : 'shred-not'), h('pre', { tabindex: 0 }, w.told + w.said)),
    buttons(
      ...(good
        ? [labelled(p('backup'), () => routes.act({ program: 'yihu-issue', verb: 'backup' }, r.book), true)]
        : []),
      labelled(p('room-back'), () => again(r), !good),
      button('back-steps', () => routes.election(r.book)),
    ),
  ])
}
