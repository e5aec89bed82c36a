// SPDX-License-Identifier: Apache-2.0
// Key holders at one table, in the round that is theirs: the keys are made, the charter is
// signed, the box is opened, the shares are erased. One card a holder.
import { h } from '../ui/dom.ts'
import { list } from '../ui/i18n.ts'
import { act } from './act.ts'
import { a } from './after_words.ts'
import type * as api from './api.ts'
import { charterCard } from './charter_card.ts'
import { sayDone } from './key_acts.ts'
import { NewKeyForm } from './key_new.ts'
import { whoIs } from './key_rows.ts'
import { KeyTable, roundOf, TOGETHER } from './key_table.ts'
import { k } from './key_words.ts'
import { printEnvelopes } from './envelopes.ts'
import { statusOf } from './status.ts'
import { stickRounds } from './stick_rounds.ts'
import { buttons, labelled, routes, shell, show, type Act } from './window.ts'

type Key = Parameters<typeof k>[0]

/** How many may still be missing, and what to do without a stick. */
function lost(s: api.Status, round: string): HTMLElement {
  const holders = s.steps.find((x) => x.id === round)?.holders
  const more = holders?.more ?? 0
  const spare = Math.max(0, (holders?.left.length ?? 0) - more)
  const made = round === 'announce' || round === 'deal' || round === 'accept'
  return h(
    'details',
    {},
    h('summary', {}, k('kh-lost')),
    h('p', {}, k('kh-lost-backup')),
    made && h('p', {}, k('kh-lost-making')),
    round === 'retire' && h('p', {}, a('keys-lost')),
    !made && round !== 'retire' && holders && h('p', {}, k('kh-lost-spare', { more, spare })),
    h('p', {}, s.who_comes),
  )
}

/** Whose files still have a share, once all have retired. */
const wordsOfLeft = (s: api.Status): string => s.steps.find((x) => x.id === 'files-left')?.words ?? ''

/** The program's own forms, for a key that lies elsewhere. */
function otherwise(b: api.Book, round: string): HTMLElement {
  const verbs = [TOGETHER[round], round].filter((x): x is string => x !== undefined)
  const way = (verb: string): HTMLElement =>
    labelled(k(`kh-plain-${verb}` as Key), () => act({ program: 'yihu-trustee', verb }, b))
  const all = round === 'announce' ? verbs : [...verbs, 'copy']
  return h('details', {}, h('summary', {}, k('kh-otherwise')), buttons(...all.map(way)))
}

function newKey(b: api.Book, s: api.Status, again: Act): HTMLElement[] {
  const left = s.steps.find((x) => x.id === 'announce')?.holders?.left ?? []
  const next = left[0]
  if (next === undefined) return []
  const who = k('kh-number', { number: next.number })
  const done = s.holders.filter((x) => x.name !== null)
  const after = async (w: api.Work, name: string): Promise<void> =>
    sayDone(
      w,
      [k('kh-hands-new', { name }), k('kh-hands-envelope')],
      labelled(k(left.length > 1 ? 'kh-next-holder' : 'kh-go-on'), () => keys(b), true),
      labelled(k('kh-print-envelopes'), () => printEnvelopes(b, () => keys(b))),
    )
  return [
    ...done.map((x) => h('p', {}, `✓ ${whoIs(x)}`)),
    h('h2', {}, k('kh-new-now', { who })),
    new NewKeyForm({ book: b, numbers: [next.number], again, done: after }).element,
    ...(left.length > 1
      ? [
          h(
            'p',
            { class: 'note' },
            k('kh-new-later', {
              numbers: list(left.slice(1).map((x) => String(x.number))),
            }),
          ),
        ]
      : []),
  ]
}

const next = (b: api.Book): HTMLElement[] => [
  labelled(k('kh-next-holder'), () => keys(b), true),
  labelled(k('kh-back'), () => routes.election(b)),
]

/** What key holders do at no step of theirs: a project is to be withdrawn. */
export function keysPanel(b: api.Book, s: api.Status): Promise<HTMLElement | null> {
  const asked = s.round === 'withdraw'
  const go = (): HTMLElement => labelled(k('kh-title-withdraw'), () => keys(b), true)
  const box = asked ? h('section', { class: 'notice now' }, h('p', {}, k('kh-about-withdraw')), go()) : null
  return Promise.resolve(box)
}

export async function keys(b: api.Book): Promise<void> {
  const s = await statusOf(b)
  const round = roundOf(s)
  if (round === null) return routes.election(b)
  const charter = s.steps.find((x) => x.id === 'charter')?.state === 'due'
  const again = async (): Promise<void> => shell.go(view)
  const body =
    round === 'announce'
      ? newKey(b, s, again)
      : charter
        ? charterCard(b, again, () => keys(b))
        : [new KeyTable(b, s, again, () => next(b)).element()]
  const all = [
    h('h1', {}, k(charter ? 'kh-title-charter' : (`kh-title-${round}` as Key))),
    h('p', {}, k(charter ? 'kh-about-charter' : (`kh-about-${round}` as Key))),
    ...(s.round === null ? [h('p', { class: 'next-act' }, wordsOfLeft(s))] : []),
    ...body,
    h('p', { class: 'warn' }, k('kh-one-computer')),
    ...(charter ? [] : [lost(s, round), otherwise(b, round)]),
    buttons(
      labelled(k('kh-not-here'), () => stickRounds(b)),
      labelled(k('kh-back'), () => routes.election(b)),
    ),
  ]
  const view = (): HTMLElement[] => all
  show(() => keys(b), view)
}
