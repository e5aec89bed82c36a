// SPDX-License-Identifier: Apache-2.0
// The way in: what is decided here, how to vote, where to look.
import { shortPrint } from '../protocol/charter.ts'
import * as api from '../ui/api.ts'
import { calledOff, calledOffNotice } from '../ui/called_off.ts'
import { h } from '../ui/dom.ts'
import { community, loadElection, openedFrom, title, whoComes, type Election } from '../ui/election.ts'
import { translator, when } from '../ui/i18n.ts'
import { isReadOnly, readOnlyNotice } from '../ui/read_only.ts'
import { notice, Shell } from '../ui/shell.ts'
import words from '../words/front.json' with { type: 'json' }

const t = translator(words)

let election: Election | null = null
/** Ballots so far; not known while the daemon does not say. */
let cast: number | undefined
const shell = new Shell(() => (election === null ? '一户 Yihu' : title(election)))

function link(href: string, text: string): HTMLElement {
  return h('a', { href }, text)
}

function howToVote(e: Election): HTMLElement {
  return h(
    'section',
    {},
    h('h2', {}, t('how-to-vote')),
    h('ol', {}, h('li', {}, t('how-1')), h('li', {}, t('how-2')), h('li', {}, t('how-3'))),
    h('p', {}, openedFrom(e, cast)),
  )
}

/** Called off, or how to vote, and whether it can be done just now. */
function voting(e: Election, state: api.State | null): HTMLElement[] {
  const off = state === null ? null : calledOff(state)
  if (off !== null) return [calledOffNotice(off, t('called-off-next'))]
  return state !== null && isReadOnly(state) ? [readOnlyNotice(t('read-only-what')), howToVote(e)] : [howToVote(e)]
}

function view(e: Election, state: api.State | null): HTMLElement[] {
  const { charter } = e
  return [
    h('h1', {}, title(e)),
    h('p', {}, community(e)),
    h('p', {}, t('opens-closes', { opens: when(charter.opens), closes: when(charter.closes) })),
    ...voting(e, state),
    h(
      'div',
      { class: 'buttons' },
      link('v', t('type-code')),
      link('board', t('board')),
      link('results', t('results')),
      link('verify', t('verify')),
    ),
    h(
      'p',
      { class: 'print' },
      t('short-print'),
      h('br'),
      h('strong', { class: 'code' }, shortPrint(charter.eid)),
      h('br'),
      t('compare-print'),
    ),
    h(
      'section',
      {},
      h('h2', {}, t('key-holders')),
      h('ul', {}, ...charter.holders.map((k) => h('li', {}, k.key.name))),
      h('p', {}, whoComes(e)),
    ),
    h('p', {}, link('station', t('count-desk'))),
  ]
}

async function start(): Promise<void> {
  shell.go(() => [notice('wait', t('opening'))])
  try {
    const e = await loadElection()
    election = e
    const state = await api.state().catch(() => null)
    cast = state?.cast
    shell.go(() => view(e, state))
  } catch (error) {
    const key = error instanceof api.NoAnswer ? 'err-unreachable' : 'err-board'
    shell.go(() => [
      notice(
        'bad',
        t(key),
        h('button', { type: 'button', class: 'main', onclick: () => void start() }, t('try-again')),
      ),
    ])
  }
}
void start()
