// SPDX-License-Identifier: Apache-2.0
// The four parts that are filled in: the beginning, projects, households, times and people.
import { h, scrollable } from '../ui/dom.ts'
import { NUMBERED, WAYS, type Desk } from './draft.ts'
import { d } from './draft_words.ts'
import { exampleView } from './example_view.ts'
import { listLive, source } from './list_view.ts'
import { field, Live, optionField, type PartView } from './part.ts'
import type { Act } from './window.ts'

// ---- the beginning

function clock(desk: Desk): (HTMLElement | null)[] {
  const look = desk.look
  if (look === null) return []
  const other = look.clock.computer_zone !== look.clock.zone
  return [
    h('p', { class: 'big' }, look.clock.now.words),
    h('p', {}, d('nv-zone', { zone: look.clock.zone_name })),
    other ? h('p', { class: 'warn' }, d('nv-zone-other', { zone: look.clock.zone_name })) : null,
  ]
}

export function beginning(desk: Desk): PartView {
  const right = h('input', { type: 'checkbox', id: 'nv-clock', checked: desk.draft.clock })
  right.addEventListener('change', () => {
    desk.draft.clock = right.checked
    desk.changed()
  })
  const shown = new Live(
    () => desk.look?.clock.now.words,
    () => clock(desk),
  )
  const folder = new Live(
    () => desk.name(),
    () => [h('p', { class: 'note' }, d('nv-folder', { name: desk.name() }))],
  )
  return {
    heading: d('nv-part-begin'),
    what: d('nv-part-begin-what'),
    content: [
      h('h2', {}, d('nv-clock-title')),
      shown.element,
      h('div', { class: 'field flag' }, right, h('label', { for: 'nv-clock' }, d('nv-clock-right'))),
      h('p', { class: 'note' }, d('nv-clock-wrong')),
      h('h2', {}, d('nv-names')),
      optionField(desk, 'title', d('nv-title'), { note: d('nv-title-what') }),
      optionField(desk, 'community', d('nv-community')),
      folder.element,
    ],
    live: [shown, folder],
  }
}

// ---- projects

function marks(desk: Desk): HTMLElement {
  const m = desk.draft.marks
  const n = h('input', { type: 'number', min: 1, id: 'nv-marks-n', value: m.n })
  const count = h('div', { class: 'field', hidden: !NUMBERED.includes(m.way) }, h('label', { for: 'nv-marks-n' }), n)
  const name = (): void => {
    count.hidden = !NUMBERED.includes(m.way)
    if (!count.hidden) count.querySelector('label')!.textContent = d(`nv-n-${m.way}` as 'nv-next')
  }
  n.addEventListener('input', () => {
    m.n = n.value
    desk.changed()
  })
  const way = (value: string): HTMLElement => {
    const input = h('input', { type: 'radio', name: 'nv-marks', id: `nv-way-${value}`, checked: m.way === value })
    input.addEventListener('change', () => {
      m.way = value
      name()
      desk.changed()
    })
    return h('label', { class: 'choose-one', for: `nv-way-${value}` }, input, ' ', d(`nv-way-${value}` as 'nv-next'))
  }
  name()
  return h('fieldset', {}, h('legend', {}, d('nv-marks')), ...WAYS.map(way), count)
}

function winners(desk: Desk): Live {
  const live = new Live(
    () => desk.look?.vote.rules,
    () => {
      const rules = desk.look?.vote.rules ?? []
      const select = h('select', {}, h('option', { value: '' }, d('nv-choose')))
      for (const r of rules)
        select.append(h('option', { value: r.word, selected: r.word === desk.draft.options.winners }, r.does))
      select.addEventListener('change', () => {
        desk.draft.options.winners = select.value
        desk.changed()
      })
      return [field('nv-winners', d('nv-winners'), select)]
    },
  )
  return live
}

/** What is voted on, with the amounts as they were read. */
export function readProjects(desk: Desk): (HTMLElement | null)[] {
  const p = desk.look?.projects
  if (!p || p.projects.length === 0) return []
  const row = (x: (typeof p.projects)[number], i: number): HTMLElement =>
    h(
      'tr',
      {},
      h('td', {}, String(i + 1)),
      h('td', {}, x.name),
      h('td', { class: 'sum' }, x.written),
      h('td', { class: 'sum' }, h('strong', {}, x.amount)),
    )
  const heads = ['nv-number', 'nv-projects-0', 'nv-written', 'nv-read-as'].map((k, i) =>
    h('th', { scope: 'col', class: i > 1 ? 'sum' : null }, d(k as 'nv-next')),
  )
  const table = h(
    'table',
    {},
    h('thead', {}, h('tr', {}, ...heads)),
    h('tbody', {}, ...p.projects.map(row)),
    h(
      'tfoot',
      {},
      h('tr', {}, h('td', {}), h('th', { scope: 'row' }, d('nv-sum')), h('td', {}), h('td', { class: 'sum' }, p.sum)),
    ),
  )
  return [h('h2', {}, d('nv-projects-read', { n: p.projects.length })), scrollable(d('nv-projects-table'), table)]
}

export function projects(desk: Desk, again: Act): PartView {
  const { content, grid } = source(desk, 'projects', again)
  const lists = listLive(desk, 'projects')
  const echo = new Live(
    () => desk.look?.projects?.amounts,
    () => (grid?.update(), []),
  )
  const read = new Live(
    () => desk.look?.projects?.projects,
    () => readProjects(desk),
  )
  const budget = new Live(
    () => desk.look?.vote.budget,
    () => [
      h('p', { class: 'echo' }, desk.look?.vote.budget ? d('nv-budget-read', { sum: desk.look.vote.budget }) : ''),
    ],
  )
  const rule = new Live(
    () => desk.look?.vote.rule,
    () => exampleView(desk.look?.vote.rule ?? null),
  )
  const won = winners(desk)
  return {
    heading: d('nv-part-projects'),
    what: d('nv-part-projects-what'),
    content: [
      ...content,
      ...lists.map((l) => l.element),
      read.element,
      h('h2', {}, d('nv-how')),
      marks(desk),
      optionField(desk, 'budget', d('nv-budget'), { note: d('nv-budget-what') }),
      budget.element,
      won.element,
      h(
        'details',
        { open: Boolean(desk.draft.options['choose-within']) },
        h('summary', {}, d('nv-more-rules')),
        optionField(desk, 'choose-within', d('nv-within'), { note: d('nv-budget-what') }),
        optionField(desk, 'turnout', d('nv-turnout'), { note: d('nv-share-what') }),
        optionField(desk, 'support', d('nv-support'), { note: d('nv-share-what') }),
        optionField(desk, 'votes-at-least', d('nv-votes-at-least'), { type: 'number', min: '1' }),
        optionField(desk, 'choose-at-least', d('nv-at-least'), { type: 'number', min: '1' }),
      ),
      rule.element,
    ],
    live: [...lists, echo, read, budget, won, rule],
  }
}

// ---- households

function counted(desk: Desk): (HTMLElement | null)[] {
  const r = desk.look?.households
  if (!r || r.households === 0) return []
  const building = (b: (typeof r.buildings)[number]): HTMLElement =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, b.building || d('nv-no-building')),
      h('td', { class: 'sum' }, d('nv-count-in', { n: b.households })),
    )
  const one = (e: (typeof r.examples)[number]): HTMLElement => h('li', {}, h('strong', {}, e.household), ` ${e.name}`)
  return [
    h('h2', {}, d('nv-counted', { n: r.households })),
    h('table', {}, h('tbody', {}, ...r.buildings.map(building))),
    h('p', {}, d('nv-compare')),
    h('ul', {}, ...r.examples.map(one)),
  ]
}

export function households(desk: Desk, again: Act): PartView {
  const { content } = source(desk, 'households', again)
  const lists = listLive(desk, 'households')
  const count = new Live(
    () => [desk.look?.households?.buildings, desk.look?.households?.examples],
    () => counted(desk),
  )
  return {
    heading: d('nv-part-households'),
    what: d('nv-part-households-what'),
    content: [
      ...content,
      ...(desk.medium === null ? [] : [h('p', { class: 'note' }, desk.medium)]),
      ...lists.map((l) => l.element),
      count.element,
    ],
    live: [...lists, count],
  }
}

// ---- times and people

function timesRead(desk: Desk): (HTMLElement | null)[] {
  const { opens, closes, clock: at } = desk.look ?? {}
  const line = (label: string, words: string | undefined): HTMLElement | null =>
    words === undefined ? null : h('p', { class: 'big' }, h('small', {}, label), ' ', words)
  return [
    line(d('nv-opens-read'), opens?.words),
    line(d('nv-closes-read'), closes?.words),
    at === undefined ? null : h('p', {}, d('nv-zone', { zone: at.zone_name })),
  ]
}

function ways(desk: Desk, more: boolean): HTMLElement[] {
  const all = desk.look?.holder_choices ?? []
  const shown = all.filter((w) => w.n <= 7 && (more ? w.missing === 0 || w.n > 5 : w.missing > 0 && w.n <= 5))
  const chosen = (w: (typeof all)[number]): boolean =>
    desk.draft.options.holders === String(w.n) && desk.draft.options.threshold === String(w.t)
  return shown.map((w) => {
    const id = `nv-way-${w.n}-${w.t}`
    const input = h('input', { type: 'radio', name: 'nv-holders', id, checked: chosen(w) })
    input.addEventListener('change', () => {
      desk.draft.options.holders = String(w.n)
      desk.draft.options.threshold = String(w.t)
      desk.draft.all = false
      desk.changed()
    })
    const cells = [w.n, w.t, w.q].map((x) => h('td', {}, String(x)))
    const missing = h('td', {}, h('strong', {}, w.missing === 0 ? d('nv-none-missing') : String(w.missing)))
    const take = h('label', { class: 'choose-one', for: id }, input, ' ', d('nv-take-way', { n: w.n, t: w.t }))
    return h('tr', {}, h('td', {}, take), ...cells, missing)
  })
}

function holdersTable(desk: Desk, more: boolean): HTMLElement {
  const heads = ['nv-way', 'nv-way-n', 'nv-way-t', 'nv-way-q', 'nv-way-missing'].map((k) =>
    h('th', { scope: 'col' }, d(k as 'nv-next')),
  )
  return scrollable(
    d('nv-holders'),
    h('table', {}, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...ways(desk, more))),
  )
}

function who(desk: Desk): (HTMLElement | null)[] {
  const w = desk.look?.holders
  if (!w) return []
  const all = h('input', { type: 'checkbox', id: 'nv-all', checked: desk.draft.all })
  all.addEventListener('change', () => {
    desk.draft.all = all.checked
    desk.changed()
  })
  const confirm = h('div', { class: 'field flag' }, all, h('label', { for: 'nv-all' }, d('nv-all-come')))
  return [
    h('p', {}, h('strong', {}, d('nv-may-miss', { n: w.missing }))),
    h('p', {}, w.who),
    ...(w.missing === 0 ? [h('p', { class: 'warn' }, d('nv-all-what')), confirm] : []),
  ]
}

export function times(desk: Desk): PartView {
  const read = new Live(
    () => [desk.look?.opens, desk.look?.closes],
    () => timesRead(desk),
  )
  const table = new Live(
    () => desk.look?.holder_choices,
    () => [holdersTable(desk, false), h('details', {}, h('summary', {}, d('nv-other-ways')), holdersTable(desk, true))],
  )
  const told = new Live(
    () => [desk.look?.holders, desk.draft.all],
    () => who(desk),
  )
  return {
    heading: d('nv-part-times'),
    what: d('nv-part-times-what'),
    content: [
      h('h2', {}, d('nv-when')),
      optionField(desk, 'opens', d('nv-opens'), { type: 'datetime-local' }),
      optionField(desk, 'closes', d('nv-closes'), { type: 'datetime-local' }),
      read.element,
      h('h2', {}, d('nv-holders')),
      h('p', {}, d('nv-holders-what')),
      table.element,
      told.element,
      h('h2', {}, d('nv-sender-title')),
      optionField(desk, 'sender', d('nv-sender'), { note: d('nv-sender-what') }),
      optionField(desk, 'phone', d('nv-phone')),
      optionField(desk, 'place', d('nv-place')),
      optionField(desk, 'desk', d('nv-desk'), { note: d('nv-desk-what') }),
      h(
        'details',
        {},
        h('summary', {}, d('nv-more-times')),
        optionField(desk, 'url', d('nv-url'), { note: d('nv-url-what') }),
        optionField(desk, 'min-box', d('nv-min-box'), { type: 'number', min: '1' }),
      ),
    ],
    live: [read, table, told],
  }
}
