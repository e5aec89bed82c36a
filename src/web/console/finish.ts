// SPDX-License-Identifier: Apache-2.0
// The last part: all of it on one page, the proof sheet and two people who have checked it on
// paper, the passphrase, and the folder.
import { h } from '../ui/dom.ts'
import { lookFirst } from './act.ts'
import * as api from './api.ts'
import type { Desk } from './draft.ts'
import { d } from './draft_words.ts'
import { lacking, type Lack } from './lacking.ts'
import { field, Live, type PartView } from './part.ts'
import { readProjects } from './parts.ts'
import { withSeen, type Seen } from './shown.ts'
import { buttons, labelled, type Act } from './window.ts'
import { c } from './words.ts'

function whole(desk: Desk): HTMLElement[] {
  const w = desk.look?.whole
  if (!w?.lines) return []
  return [
    ...readProjects(desk).filter((x): x is HTMLElement => x !== null),
    h('dl', { class: 'facts' }, ...w.lines.flatMap((l) => [h('dt', {}, l.label), h('dd', {}, l.text)])),
    ...(w.doubts ?? []).map((text) => h('p', { class: 'warn' }, text)),
  ]
}

/** Its own place for what the viewer says: the page stays. */
function proof(desk: Desk): HTMLElement[] {
  const said = h('p', { class: 'problem', role: 'alert' })
  const make = async (): Promise<void> => {
    said.textContent = ''
    try {
      await desk.flush()
      await api.draftLook(desk.name(), { ...desk.options(), proof: `${desk.dir}/proof.pdf` })
      await api.draftProof()
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error
      said.textContent = error.message
    }
  }
  return [h('p', {}, d('nv-proof-what')), buttons(labelled(d('nv-proof'), make)), said]
}

function checker(desk: Desk, i: number): HTMLElement {
  const own = desk.draft.checked[i]!
  const name = h('input', { type: 'text', autocomplete: 'off', value: own.name })
  const done = h('input', { type: 'checkbox', id: `nv-checked-${i}` })
  done.checked = own.done && desk.draft.checkedOf === JSON.stringify(desk.options())
  const changed = (): void => {
    own.name = name.value
    own.done = done.checked
    desk.draft.checkedOf = JSON.stringify(desk.options())
    desk.changed()
  }
  name.addEventListener('input', changed)
  done.addEventListener('change', changed)
  return h(
    'div',
    {},
    field(`nv-checker-${i}`, d('nv-checker', { n: i + 1 }), name),
    h('div', { class: 'field flag' }, done, h('label', { for: done.id }, d('nv-checked', { n: i + 1 }))),
  )
}

/** Someone who ticked for something else has to look again. */
function forgetOld(desk: Desk): void {
  if (desk.look !== null && desk.draft.checkedOf !== JSON.stringify(desk.options()))
    for (const x of desk.draft.checked) x.done = false
}

export function finish(desk: Desk, again: Act, list: (all: Lack[]) => HTMLElement): PartView {
  forgetOld(desk)
  const secrets = [1, 2].map((n) => {
    const input = h('input', { type: 'password', autocomplete: 'off' })
    return { input, element: field(`nv-secret-${n}`, d(n === 1 ? 'nv-secret' : 'nv-secret-again'), input) }
  })
  const said = h('p', { class: 'problem', role: 'alert' })
  const state = new Live(
    () => [lacking(desk), desk.look?.whole, desk.look?.projects?.projects],
    () => {
      const all = lacking(desk)
      return all.length > 0 ? [h('h2', {}, d('nv-still')), list(all)] : [h('h2', {}, d('nv-whole')), ...whole(desk)]
    },
  )
  const refusal = (): string => {
    if (lacking(desk).length > 0) return d('nv-still-first')
    if (!desk.checked()) return d('nv-check-first')
    if (secrets[0]!.input.value === '') return d('nv-secret-first')
    return secrets[0]!.input.value === secrets[1]!.input.value ? '' : c('passphrase-differ')
  }
  const order = (seen: Seen): api.Order => ({
    program: 'yihu-issue',
    words: ['init', '{dir}'],
    options: withSeen(desk.options(), seen),
    passphrases: seen === null ? [] : [secrets[0]!.input.value],
    new: desk.name(),
  })
  const forget = async (): Promise<void> => {
    for (const s of secrets) s.input.value = ''
    await api.draftDrop().catch(() => {})
  }
  const go = async (): Promise<void> => {
    await desk.flush()
    said.textContent = refusal()
    if (said.textContent === '') await lookFirst(order, { book: null, again, forget })
  }
  return {
    heading: d('nv-part-finish'),
    what: d('nv-part-finish-what'),
    content: [
      state.element,
      h('h2', {}, d('nv-proof-title')),
      ...proof(desk),
      checker(desk, 0),
      checker(desk, 1),
      h('h2', {}, d('nv-secret-title')),
      h('p', {}, d('nv-secret-what')),
      ...secrets.map((s) => s.element),
      said,
      buttons(labelled(d('nv-make'), go, true)),
    ],
    live: [state],
  }
}
