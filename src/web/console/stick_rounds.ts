// SPDX-License-Identifier: Apache-2.0
// For key holders who do not come: what they need goes out on a stick, and what they made
// comes back on it.
import { h, replace } from '../ui/dom.ts'
import type * as api from './api.ts'
import { carryOut, sayDone } from './key_acts.ts'
import { whoIs } from './key_rows.ts'
import { k } from './key_words.ts'
import { statusOf } from './status.ts'
import { StickChoice, unwritable } from './stick_choice.ts'
import { called, watchSticks } from './sticks.ts'
import { buttons, labelled, routes, shell, show, type Act } from './window.ts'

/** A name that every file system takes. */
const folderOn = (s: api.Stick, b: api.Book, x: api.Holder): string =>
  `${s.where}/${b.name.replace(/[\\/:*?"<>|]/g, '_')}-${x.number}`

const back = (b: api.Book): HTMLElement[] => [
  labelled(k('kh-go-on'), () => stickRounds(b), true),
  labelled(k('kh-back'), () => routes.election(b)),
]

function handOut(b: api.Book, x: api.Holder, stick: api.Stick, again: Act): Promise<void> {
  const who = whoIs(x)
  return carryOut({
    title: k('kh-handing-out', { who }),
    order: () => ({
      program: 'yihu-issue',
      words: ['hand-out', '{dir}', folderOn(stick, b, x)],
      options: { for: String(x.number) },
      passphrases: [],
      book: b.id,
    }),
    again,
    forget: () => undefined,
    done: (w) => sayDone(w, [k('kh-hands-handed', { who })], ...back(b)),
  })
}

function collect(b: api.Book, path: string, again: Act): Promise<void> {
  return carryOut({
    title: k('kh-collecting'),
    order: () => ({
      program: 'yihu-issue',
      words: ['collect', '{dir}', path],
      options: {},
      passphrases: [],
      book: b.id,
    }),
    again,
    forget: () => undefined,
    done: (w) => sayDone(w, [k('kh-hands-collected')], ...back(b)),
  })
}

/** What came back: each folder of an election on a stick that is in. */
function comeBack(b: api.Book, again: Act): HTMLElement {
  const place = h('div', { role: 'status' })
  watchSticks(place, '', (all) => {
    const found = all.flatMap((s) => s.elections.map((e) => ({ s, e })))
    const row = (s: api.Stick, e: api.Book): HTMLElement =>
      h(
        'p',
        {},
        labelled(k('kh-collect-from', { stick: called(s), name: e.name }), () => collect(b, e.path, again)),
      )
    replace(
      place,
      ...found.map(({ s, e }) => row(s, e)),
      found.length === 0 && h('p', { class: 'wanted' }, k('kh-collect-wanted')),
    )
  })
  return place
}

export async function stickRounds(b: api.Book): Promise<void> {
  const s = await statusOf(b)
  const step = s.steps.find((x) => x.id === s.round)
  const left = step?.holders?.left ?? s.holders
  const choice = new StickChoice('out', k('kh-stick-for-round'), '', unwritable)
  const said = h('p', { role: 'alert', class: 'problem' })
  const again = async (): Promise<void> => shell.go(view)
  const go = async (x: api.Holder): Promise<void> => {
    said.textContent = choice.problem() ?? ''
    if (choice.value !== null) await handOut(b, x, choice.value, again)
  }
  const out =
    s.round === null
      ? [h('p', {}, k('kh-no-round'))]
      : [
          choice.element,
          said,
          buttons(...left.map((x) => labelled(k('kh-hand-out-to', { who: whoIs(x) }), () => go(x)))),
          h('p', { class: 'note' }, k(s.round === 'shuffle' ? 'kh-round-shuffle' : 'kh-round-what')),
        ]
  const all = [
    h('h1', {}, k('kh-rounds-title')),
    h('p', {}, k('kh-rounds-about')),
    h('h2', {}, k('kh-rounds-out')),
    ...out,
    h('h2', {}, k('kh-rounds-back')),
    comeBack(b, again),
    buttons(labelled(k('kh-back'), () => routes.election(b))),
  ]
  const view = (): HTMLElement[] => all
  show(() => stickRounds(b), view)
}
