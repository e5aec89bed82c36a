// SPDX-License-Identifier: Apache-2.0
// What /results says until the results are published: when they come, and that
// nobody knows them before.
import type { Cancelled } from '../audit/types.ts'
import { failed } from '../ui/again.ts'
import * as api from '../ui/api.ts'
import { calledOff, calledOffNotice } from '../ui/called_off.ts'
import { h } from '../ui/dom.ts'
import { community, loadElection, openedFrom, title, whoComes, type Election } from '../ui/election.ts'
import { translator, when } from '../ui/i18n.ts'
import { notice, Shell } from '../ui/shell.ts'
import words from '../words/awaited.json' with { type: 'json' }

const t = translator(words)

let election: Election | null = null
const shell = new Shell(() => (election === null ? t('results') : `${t('results')} · ${title(election)}`))

const link = (href: string, text: string): HTMLElement => h('a', { href }, text)

/** What comes next, in the order in which it comes. */
function next(e: Election, state: string): string {
  const closes = when(e.charter.closes)
  if (state === 'published') return t('results-no-page')
  if (state === 'issued' || state === 'open') return t('results-open', { when: closes })
  return t('results-counting', { when: closes })
}

/** Nothing is ever counted. */
function calledOffView(e: Election, off: Cancelled): HTMLElement[] {
  return [
    calledOffNotice(off, t('called-off-next')),
    h('p', {}, h('strong', {}, title(e))),
    h('p', {}, community(e)),
    h('div', { class: 'buttons' }, link('board', t('board')), link('verify', t('verify'))),
  ]
}

function view(e: Election, { state, cast }: api.State): (Node | string)[] {
  const published = state === 'published'
  return [
    h('h1', {}, t(published ? 'results' : 'results-not-yet')),
    h('p', {}, h('strong', {}, title(e))),
    h('p', {}, community(e)),
    h('p', {}, next(e, state)),
    ...(published
      ? []
      : [h('p', {}, t('no-results-before')), h('p', {}, openedFrom(e, cast)), h('p', {}, whoComes(e))]),
    h(
      'div',
      { class: 'buttons' },
      link('board', t('board')),
      link('verify', t('verify')),
      ...(published ? [link('results.json', 'results.json')] : []),
    ),
  ]
}

async function start(): Promise<void> {
  shell.go(() => [notice('wait', t('opening'))])
  try {
    const e = await loadElection()
    const state = await api.state()
    const off = calledOff(state)
    election = e
    shell.go(() => (off !== null ? calledOffView(e, off) : view(e, state)))
  } catch (error) {
    failed(shell, error, () => t('err-board'), start)
  }
}
void start()
