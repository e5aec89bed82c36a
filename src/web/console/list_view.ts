// SPDX-License-Identifier: Apache-2.0
// One of the two tables: where it comes from, what its columns were taken for, and every
// place that is not certain, answered or mended where it stands.
import { h, scrollable } from '../ui/dom.ts'
import type { Desk } from './draft.ts'
import type { Ask, Read, Which } from './draft_look.ts'
import { d } from './draft_words.ts'
import { PathField } from './files.ts'
import { Grid } from './grid.ts'
import { Live } from './part.ts'
import { buttons, labelled, run, type Act } from './window.ts'

/** A file, or a table to type. */
export function source(desk: Desk, which: Which, again: Act): { content: HTMLElement[]; grid: Grid | null } {
  const t = desk.draft[which]
  const take = (path: string): void =>
    run(async () => {
      await desk.take(which, path)
      await again()
    })
  const file = new PathField(`nv-${which}-file`, 'file', take, t.source === 'file' ? t.called : '')
  const type = async (): Promise<void> => {
    desk.type(which)
    await again()
  }
  const chosen =
    t.source === 'file' ? [h('p', {}, h('strong', {}, d('nv-taken', { name: t.called })), ' ', d('nv-taken-what'))] : []
  const grid = t.source === 'typed' ? new Grid(desk, which) : null
  const content = [
    ...chosen,
    h('div', { class: 'field' }, h('label', { for: `nv-${which}-file` }, d(`nv-${which}-file`)), file.element),
    ...(grid === null ? [buttons(labelled(d('nv-type'), type))] : [grid.element]),
  ]
  return { content, grid }
}

// ---- columns

function columnRow(desk: Desk, which: Which, read: Read, c: Read['columns'][number]): HTMLElement {
  const own = desk.draft[which].columns
  const choose = (): void => {
    own[c.column] = select.value
    for (const [letter, word] of Object.entries(own))
      if (letter !== c.column && word === select.value && word !== '-' && !MANY.includes(word)) own[letter] = '-'
    desk.changed()
  }
  const word = c.is ?? '-'
  const option = (value: string): HTMLElement =>
    h('option', { value, selected: value === word }, value === '-' ? d('nv-passed') : meaning(which, value))
  const label = d('nv-column-is', { column: c.column })
  const select = h(
    'select',
    { id: `nv-${which}-${c.column}`, 'aria-label': label, onchange: choose },
    ...['-', ...read.words].map(option),
  )
  const below = c.samples.filter((s) => s !== '').join(' / ')
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, c.column),
    h('td', {}, c.heading),
    h('td', {}, below),
    h('td', {}, select),
  )
}
const MANY = ['note', 'description']
const meaning = (which: Which, word: string): string =>
  d(`nv-is-${which === 'projects' && word === 'name' ? 'project' : word}` as 'nv-next')

function columns(desk: Desk, which: Which): HTMLElement | null {
  const read = desk.look?.[which]
  if (!read || read.columns.length === 0) return null
  const heads = ['nv-column', 'nv-heading', 'nv-below', 'nv-taken-for'].map((k) =>
    h('th', { scope: 'col' }, d(k as 'nv-next')),
  )
  const from = h('input', { type: 'number', min: 1, value: desk.draft[which].from || read.first_row || '' })
  from.id = `nv-${which}-from`
  from.addEventListener('change', () => {
    desk.draft[which].from = from.value
    desk.changed()
  })
  const rows = read.columns.map((c) => columnRow(desk, which, read, c))
  return h(
    'details',
    { open: read.error !== null },
    h('summary', {}, d('nv-columns', { n: read.columns.filter((c) => c.is !== null).length })),
    h('p', {}, d('nv-columns-what')),
    scrollable(d('nv-columns-table'), h('table', {}, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows))),
    h('div', { class: 'field' }, h('label', { for: from.id }, d(`nv-${which}-from`)), from),
  )
}

// ---- questions

const kindOf = (a: Ask): string => a.id.replace(/-.*/, '')
const alike = (a: Ask, b: Ask): boolean => kindOf(a) === kindOf(b) && String(a.choices) === String(b.choices)
const letter = (i: number): string => String.fromCharCode(65 + i)

function choice(desk: Desk, a: Ask, i: number): HTMLElement {
  const input = h('input', {
    type: 'radio',
    name: a.id,
    id: `${a.id}-${i}`,
    checked: a.answer === i,
    onchange: () => desk.answer({ id: a.id, choice: letter(i) }),
  })
  return h('label', { class: 'choose-one', for: `${a.id}-${i}` }, input, ' ', a.choices[i]!)
}

function forAll(desk: Desk, a: Ask, all: Ask[]): HTMLElement[] {
  const open = all.filter((b) => b.id !== a.id && b.answer === null && alike(a, b))
  if (open.length === 0 || a.answer === null) return []
  const same = async (): Promise<void> => {
    for (const b of open) desk.answer({ id: b.id, choice: letter(a.answer!) })
    await desk.flush()
  }
  return [labelled(d('nv-alike', { n: open.length }), same)]
}

function mend(desk: Desk, a: Ask): HTMLElement | null {
  if (a.cell === null) return null
  const id = `${a.id}-text`
  const input = h('input', { type: 'text', id, autocomplete: 'off', value: a.stands })
  const go = async (): Promise<void> => {
    if (input.value.trim() !== '') desk.answer({ id: a.id, text: input.value.trim() })
    await desk.flush()
  }
  return h('div', { class: 'mend' }, h('label', { for: id }, d('nv-mend-to')), input, labelled(d('nv-mend'), go))
}

function question(desk: Desk, a: Ask, all: Ask[]): HTMLElement {
  return h(
    'fieldset',
    { class: a.answer === null ? 'ask open' : 'ask' },
    h('legend', {}, a.place),
    h('p', {}, a.stands !== '' && h('strong', {}, a.stands), ' ', a.says),
    ...a.choices.map((_, i) => choice(desk, a, i)),
    mend(desk, a),
    ...forAll(desk, a, all),
  )
}

function mended(desk: Desk, m: Read['mended'][number]): HTMLElement {
  return h(
    'li',
    {},
    d('nv-mended', { cell: m.cell, text: m.text }),
    ' ',
    labelled(d('nv-take-back'), async () => {
      desk.takeBack(m.id)
      await desk.flush()
    }),
  )
}

function questions(desk: Desk, which: Which): (HTMLElement | null)[] {
  const read = desk.look?.[which]
  if (!read) return []
  const open = read.asks.filter((a) => a.answer === null)
  const done = read.asks.filter((a) => a.answer !== null)
  const state =
    read.error !== null
      ? h('p', { class: 'problem', role: 'alert' }, read.error)
      : h(
          'p',
          { class: open.length > 0 ? 'problem' : null },
          open.length > 0 ? d('nv-open', { n: open.length }) : d('nv-all-read'),
        )
  return [
    h('h2', {}, d('nv-questions')),
    state,
    ...open.map((a) => question(desk, a, read.asks)),
    done.length === 0
      ? null
      : h(
          'details',
          { open: true },
          h('summary', {}, d('nv-answered', { n: done.length })),
          ...done.map((a) => question(desk, a, read.asks)),
        ),
    read.mended.length === 0 ? null : h('ul', {}, ...read.mended.map((m) => mended(desk, m))),
    read.notes.length === 0
      ? null
      : h('details', {}, h('summary', {}, d('nv-notes')), h('ul', {}, ...read.notes.map((n) => h('li', {}, n)))),
  ]
}

/** Columns and questions, as the program read them last. */
export function listLive(desk: Desk, which: Which): Live[] {
  const file = (): boolean => desk.draft[which].source === 'file'
  return [
    new Live(
      () => [desk.look?.[which]?.columns, desk.look?.[which]?.error, desk.look?.[which]?.first_row],
      () => (file() ? [columns(desk, which)] : []),
    ),
    new Live(
      () => {
        const r = desk.look?.[which]
        return r && [r.asks, r.mended, r.notes, r.error]
      },
      () => questions(desk, which),
    ),
  ]
}
