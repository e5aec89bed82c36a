// SPDX-License-Identifier: Apache-2.0
// A key holder at its own computer: the clerk's stick goes in, what is to be done now is
// shown, and what was made lies on that stick again. Nothing of others is shown.
import { h, replace } from '../ui/dom.ts'
import * as api from './api.ts'
import { carry } from './carry.ts'
import { carryOut, sayDone, SHOWS } from './key_acts.ts'
import { NewKeyForm } from './key_new.ts'
import { HolderRow } from './key_rows.ts'
import { k } from './key_words.ts'
import { withSeen } from './shown.ts'
import { statusOf } from './status.ts'
import { called, watchSticks } from './sticks.ts'
import { buttons, labelled, shell, show, type Act } from './window.ts'

type Key = Parameters<typeof k>[0]

/** All whose stick could be in; the clerk's own folder is not handed out. */
export async function holderHome(): Promise<void> {
  const place = h('div', { role: 'status' })
  const card = (s: api.Stick, e: api.Book): HTMLElement =>
    h(
      'section',
      { class: 'card' },
      h('h2', {}, e.name),
      h('p', {}, called(s)),
      labelled(k('kh-holder-begin'), () => holderAct(e), true),
    )
  watchSticks(place, '', (all) => {
    const found = all.flatMap((s) => s.elections.map((e) => card(s, e)))
    replace(place, ...found, found.length === 0 && h('p', { class: 'next-act' }, k('kh-holder-wanted')))
  })
  const all = [h('h1', {}, k('kh-holder-title')), h('p', {}, k('kh-holder-about')), place]
  await Promise.resolve()
  show(holderHome, () => all)
}

const done = (w: api.Work): Promise<void> =>
  sayDone(w, [k('kh-hands-holder')], labelled(k('kh-go-on'), holderHome, true))

const nothing = (words: string): void =>
  shell.go(() => [h('h1', {}, k('kh-holder-title')), h('p', { class: 'next-act' }, words), end()])
const end = (): HTMLElement => buttons(labelled(k('kh-back'), holderHome))

function newKey(b: api.Book, s: api.Status, again: Act): HTMLElement[] {
  const left = s.steps.find((x) => x.id === 'announce')?.holders?.left.map((x) => x.number) ?? []
  const asked = Number(/-(\d+)$/.exec(b.name)?.[1] ?? 0)
  // The clerk's stick says whom it is for.
  const numbers = left.includes(asked) ? [asked, ...left.filter((n) => n !== asked)] : left
  return [
    ...numbers.slice(0, numbers.length === 1 ? 1 : 0).map((number) => h('h2', {}, k('kh-you-are', { number }))),
    new NewKeyForm({ book: b, numbers, again, done }).element,
  ]
}

/** The digest, as this stick has it, beside what the others read. */
async function heard(b: api.Book, row: HolderRow, again: Act): Promise<void> {
  const order = (options: api.Order['options'], passphrases: string[]): api.Order => ({
    program: 'yihu-trustee',
    words: ['deal', '{dir}'],
    options: { key: [row.here[0]!.path], ...options },
    passphrases,
    book: b.id,
  })
  const w = await carry(order({}, []), k('kh-at-deal'))
  const input = h('input', { id: 'heard', type: 'text', autocomplete: 'off', class: 'large' })
  const said = h('p', { role: 'alert', class: 'problem' })
  const go = async (): Promise<void> => {
    said.textContent = input.value.trim() === '' ? k('kh-heard-wanted') : ''
    if (said.textContent !== '') return
    await carryOut({
      title: k('kh-at-deal'),
      order: () => order({ heard: input.value.trim() }, [row.secret.value]),
      again,
      forget: () => row.secret.forget(),
      done,
    })
  }
  shell.go(() => [
    h('h1', {}, k('kh-heard-title')),
    h('p', {}, k('kh-heard-what')),
    h('pre', { class: 'read-back', tabindex: 0 }, w.said.trim() === '' ? w.told : w.said),
    h('div', { class: 'field' }, h('label', { for: 'heard' }, k('kh-heard')), input),
    said,
    buttons(labelled(k('kh-do-deal'), go, true), labelled(k('kh-back'), again)),
  ])
}

async function act(b: api.Book, round: string, row: HolderRow, again: Act): Promise<void> {
  row.said.textContent = row.secret.problem() ?? ''
  if (row.said.textContent !== '') return
  if (round === 'deal') return heard(b, row, again)
  const shows = SHOWS[round]
  const files = row.here.map((x) => x.path)
  await carryOut({
    title: k(`kh-at-${round}` as Key),
    order: (seen) => ({
      program: 'yihu-trustee',
      words: [round, '{dir}'],
      options: withSeen({ key: files }, seen),
      passphrases: shows !== undefined && seen === null ? [] : files.map(() => row.secret.value),
      book: b.id,
    }),
    ...(shows === undefined ? {} : { shows }),
    again,
    forget: () => row.secret.forget(),
    done,
  })
}

/** One's own card alone: that of the key on the stick that is in. */
function ownCard(b: api.Book, s: api.Status, round: string, again: Act): HTMLElement[] {
  const left = s.steps.find((x) => x.id === round)?.holders?.left.map((x) => x.number)
  const place = h('div', { role: 'status' })
  const rows = s.holders.map((x) => {
    const row: HolderRow = new HolderRow(
      x,
      left !== undefined && !left.includes(x.number),
      labelled(k(`kh-do-${round}` as Key), () => act(b, round, row, again), true),
    )
    return row
  })
  let shown: string | null = null
  watchSticks(place, b.id, (all) => {
    for (const r of rows) r.update(all, round === 'retire' ? 16 : 1)
    for (const r of rows) r.drawForm(r.done)
    for (const r of rows) r.say(false)
    const mine = rows.filter((r) => r.here.length > 0)
    const text = mine.map((r) => r.holder.number).join()
    if (text === shown) return
    shown = text
    replace(
      place,
      ...mine.map((r) => r.element),
      mine.length === 0 && h('p', { class: 'next-act' }, k('kh-holder-key-wanted')),
    )
  })
  return [place]
}

async function holderAct(b: api.Book): Promise<void> {
  const s = await statusOf(b)
  if (!s.stick) return nothing(k('kh-holder-not-handed'))
  if (s.round === null) return nothing(k('kh-holder-nothing'))
  const round = s.round
  const again = async (): Promise<void> => shell.go(view)
  const all = [
    h('h1', {}, k(`kh-title-${round}` as Key)),
    h('p', {}, k(`kh-own-${round}` as Key)),
    ...(round === 'announce' ? newKey(b, s, again) : ownCard(b, s, round, again)),
    end(),
  ]
  const view = (): HTMLElement[] => all
  show(() => holderAct(b), view)
}
