// SPDX-License-Identifier: Apache-2.0
// The letters counted a building at a time, when those who carried them are back.
import { h, scrollable } from '../ui/dom.ts'
import type { Book } from './api.ts'
import { delivery, tell, type Building } from './paper_api.ts'
import { p } from './paper_words.ts'
import { button, buttons, labelled, routes, show } from './window.ts'

const NO_BUILDING = '-'

export async function countDelivery(b: Book | null, said = { good: true, words: '' }): Promise<void> {
  if (b === null) return routes.home()
  const { buildings } = await delivery(b.id)
  show(
    () => countDelivery(b),
    () => view(b, buildings, said),
  )
}

interface Row {
  building: Building
  delivered: HTMLInputElement
  returned: HTMLInputElement
}

const nameOf = (x: Building): string => (x.name === NO_BUILDING ? p('no-building') : x.name)

function input(label: string, value: number, counted: boolean): HTMLInputElement {
  const i = h('input', { type: 'number', min: '0', inputmode: 'numeric', 'aria-label': label })
  i.value = counted ? String(value) : ''
  return i
}

function view(b: Book, buildings: Building[], said: { good: boolean; words: string }): HTMLElement[] {
  const rows = buildings.map((building) => ({
    building,
    delivered: input(`${nameOf(building)}: ${p('delivered')}`, building.delivered, building.counted),
    returned: input(`${nameOf(building)}: ${p('returned')}`, building.returned, building.counted),
  }))
  const problem = h('p', { role: 'alert', class: 'problem' })
  const note = async (): Promise<void> => {
    const half = rows.find((r) => (r.delivered.value === '') !== (r.returned.value === ''))
    const given = rows.filter((r) => r.delivered.value !== '' && r.returned.value !== '')
    problem.textContent = half !== undefined ? p('half', { building: nameOf(half.building) }) : ''
    if (half !== undefined || given.length === 0) return
    const building = given.map((r) => `${r.building.name}=${r.delivered.value}/${r.returned.value}`)
    const told = await tell(b.id, ['reconcile', '{dir}'], { building })
    await countDelivery(b, { good: told.good, words: told.said })
  }
  return [
    h('h1', {}, p('delivery-title')),
    h('p', {}, p('delivery-what')),
    ...(said.words === '' ? [] : [result(said)]),
    scrollable(p('delivery-title'), table(rows)),
    problem,
    h('p', { class: 'note' }, p('delivery-returned')),
    buttons(
      labelled(p('delivery-note'), note, true),
      button('back-steps', () => routes.election(b)),
    ),
  ]
}

const result = (said: { good: boolean; words: string }): HTMLElement =>
  h(
    'div',
    { class: said.good ? 'notice good' : 'notice part', role: 'status' },
    ...said.words.split('\n').map((line) => h('p', {}, line)),
  )

function table(rows: Row[]): HTMLElement {
  const head = ['building', 'printed', 'was-void', 'delivered', 'returned', 'rest'] as const
  return h(
    'table',
    {},
    h('thead', {}, h('tr', {}, ...head.map((key) => h('th', { scope: 'col' }, p(key))))),
    h(
      'tbody',
      {},
      ...rows.map((r) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, nameOf(r.building)),
          h('td', {}, String(r.building.printed)),
          h('td', {}, String(r.building.void)),
          h('td', {}, r.delivered),
          h('td', {}, r.returned),
          h('td', {}, rest(r.building)),
        ),
      ),
    ),
  )
}

function rest(x: Building): HTMLElement | string {
  if (x.difference === null) return p('not-counted')
  if (x.difference === 0) return p('closes')
  return h(
    'strong',
    { class: 'problem' },
    p(x.difference > 0 ? 'letters-missing' : 'letters-too-many', { n: Math.abs(x.difference) }),
  )
}
