// SPDX-License-Identifier: Apache-2.0
// Making the letters: a test page first, and the number of households typed by somebody
// who has counted them.
import { h } from '../ui/dom.ts'
import { work } from './act.ts'
import * as api from './api.ts'
import { Form } from './form.ts'
import { printing } from './paper_api.ts'
import { numberField } from './paper_fields.ts'
import { p } from './paper_words.ts'
import { printRoom } from './print_room.ts'
import { button, buttons, labelled, routes, shell } from './window.ts'
import { c } from './words.ts'

const NUMBER = 'households'

export async function lettersForm(b: api.Book | null): Promise<void> {
  if (b === null) return routes.home()
  const verb = (await api.verbs('yihu-issue')).verbs.find((v) => v.verb === 'letters')!
  const form = new Form({ ...verb, options: verb.options.filter((o) => o.name !== NUMBER) })
  const count = numberField(p('letters-count'), null)
  const said = h('p', { role: 'alert', class: 'problem' })
  const tested = (await printing(b.id)).test_page !== null
  const make = async (): Promise<void> => {
    said.textContent = count.value() === '' ? p('households-need') : (form.problem() ?? '')
    if (said.textContent !== '') return
    const on = (): HTMLElement => labelled(p('room-go'), () => printRoom(b), true)
    await work(order(b, form, count.value()), { book: b, again, forget: () => form.forget(), on })
  }
  const again = async (): Promise<void> => shell.go(view)
  const view = (): HTMLElement[] => [
    h('h1', {}, verb.label),
    h('p', {}, p('letters-what')),
    h(
      'section',
      { class: tested ? null : 'notice part' },
      h('h2', {}, p('test-title')),
      h('p', {}, p(tested ? 'letters-tested' : 'letters-not-tested')),
      buttons(labelled(p('test-go'), () => printRoom(b))),
    ),
    count.element,
    h('p', { class: 'note' }, p('households-why')),
    form.element,
    h('p', { class: 'warn' }, c('for-good')),
    said,
    buttons(
      button('step-start', make, true),
      button('back-steps', () => routes.election(b)),
    ),
  ]
  await again()
}

function order(b: api.Book, form: Form, households: string): api.Order {
  const { options, passphrases } = form.given()
  const words = ['letters', '{dir}']
  return { program: 'yihu-issue', words, options: { ...options, [NUMBER]: households }, passphrases, book: b.id }
}
