// SPDX-License-Identifier: Apache-2.0
// The way in follows the election: how far it is, what is decided, how to vote,
// who has come so far, where to look.
import { shortPrint } from '../protocol/charter.ts'
import { failed } from '../ui/again.ts'
import * as api from '../ui/api.ts'
import { calledOff, calledOffNotice } from '../ui/called_off.ts'
import { h } from '../ui/dom.ts'
import { community, loadElection, pollTimes, title, whoComes, type Election } from '../ui/election.ts'
import { handbookLink } from '../ui/handbook.ts'
import { shortWhen, translator, when } from '../ui/i18n.ts'
import { isReadOnly, readOnlyNotice } from '../ui/read_only.ts'
import { resultStanding, UNSAID, type Standing } from '../ui/standing.ts'
import { votedOn } from '../ui/rule.ts'
import { notice, Shell } from '../ui/shell.ts'
import { notOpened, turnoutBar } from '../ui/turnout.ts'
import { meanwhile, takeWithdrawn, withdrawnNotices } from '../ui/withdrawn.ts'
import words from '../words/front.json' with { type: 'json' }

const t = translator(words)

let election: Election | null = null
const shell = new Shell(() => (election === null ? '一户 Yihu' : title(election)))

const link = (href: string, text: string, main = false): HTMLElement =>
  h('a', { href, class: main ? 'main' : '' }, text)

/** An election without a server has its letters read at the count desk alone. */
const isDeskOnly = (e: Election): boolean => e.charter.origin.startsWith('desk.invalid/')

// In minutes.
const HOUR = 60
const DAY = 24 * HOUR

/** The two largest units: 3 days 4 h, 12 min. A minute that has begun is a whole one. */
function timeLeft(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  const units: [number, Parameters<typeof t>[0]][] = [
    [Math.floor(minutes / DAY), 'days'],
    [Math.floor((minutes % DAY) / HOUR), 'hours'],
    [minutes % HOUR, 'minutes'],
  ]
  const first = units.findIndex(([n]) => n > 0)
  const shown = units.slice(first, first + 2).filter(([n]) => n > 0)
  return shown.map(([n, key]) => t(key, { n })).join(' ')
}

function announced(e: Election): HTMLElement {
  const { opens, closes } = e.charter
  return notice(
    'wait',
    t('announced'),
    t('announced-when', { opens: shortWhen(opens), closes: shortWhen(closes) }),
    t(isDeskOnly(e) ? 'announced-letter-desk' : 'announced-letter'),
  )
}

function underWay(e: Election, state: api.State): HTMLElement {
  const left = timeLeft(e.charter.closes - api.seconds(state.time))
  return notice('now', t('under-way'), t('under-way-left', { left, closes: shortWhen(e.charter.closes) }))
}

function published(s: Standing): HTMLElement {
  const results = link('results', t('see-results'), true)
  if (s.until === null) return notice('good', t('published'), results)
  if (s.upheld === null)
    return notice('good', t('preliminary'), t('objections-until', { until: when(s.until) }), results)
  return s.upheld > 0 ? notice('part', t('upheld'), results) : notice('good', t('final'), results)
}

/** How far the election is, in a sentence. */
function standing(e: Election, state: api.State, s: Standing): HTMLElement {
  const off = calledOff(state)
  if (off !== null) return calledOffNotice(off, t('called-off-next'))
  if (state.state === 'published') return published(s)
  if (state.state === 'ended') return notice('wait', t('ended'), t('ended-next'))
  if (state.state === 'closed' && state.cast < e.charter.minBox) return notice('wait', t('ended'), notOpened(e))
  const counting = COUNTING[state.state]
  if (counting !== undefined) return notice('wait', t('counting'), t(counting), whoComes(e))
  if (isReadOnly(state)) return readOnlyNotice(t('read-only-what'))
  return isOpen(e, state) ? underWay(e, state) : announced(e)
}

const COUNTING: Record<string, Parameters<typeof t>[0] | undefined> = {
  closed: 'counting-closed',
  boxed: 'counting-boxed',
  mixed: 'counting-mixed',
  opened: 'counting-opened',
}

const isOpen = (e: Election, state: api.State): boolean =>
  state.state === 'open' && api.seconds(state.time) >= e.charter.opens && api.seconds(state.time) < e.charter.closes

function howToVote(e: Election): HTMLElement {
  const steps = isDeskOnly(e)
    ? [t('how-desk-1'), t('how-desk-2'), t('how-desk-3')]
    : [t('how-1'), t('how-2'), t('how-3')]
  return h(
    'section',
    {},
    h('h2', {}, t('how-to-vote')),
    h('ol', {}, ...steps.map((step) => h('li', {}, step))),
    isDeskOnly(e) ? null : h('div', { class: 'buttons' }, link('v', t('type-code'))),
  )
}

const isOver = (state: api.State): boolean => !['issued', 'open'].includes(state.state)

/** Before it opens and while it is open: how to vote. */
const mayVote = (state: api.State | null): boolean =>
  state === null || (calledOff(state) === null && !isReadOnly(state) && !isOver(state))

const turnout = (e: Election, state: api.State): HTMLElement =>
  h('section', {}, h('h2', {}, t('turnout')), turnoutBar(e, { ...state, over: isOver(state) }))

function which(e: Election): HTMLElement {
  return h(
    'details',
    {},
    h('summary', {}, t('which')),
    h('p', {}, pollTimes(e.charter)),
    h('p', { class: 'print' }, t('short-print'), h('br'), h('strong', { class: 'code' }, shortPrint(e.charter.eid))),
    h('p', {}, t('compare-print')),
    h('h2', {}, t('key-holders')),
    h('ul', {}, ...e.charter.holders.map((k) => h('li', {}, k.key.name))),
    h('p', {}, whoComes(e)),
  )
}

function view(e: Election, state: api.State | null, s: Standing): HTMLElement[] {
  return [
    h('p', {}, community(e)),
    state === null ? notice('wait', title(e), pollTimes(e.charter)) : standing(e, state, s),
    ...(state !== null && calledOff(state) === null
      ? withdrawnNotices(e, ...meanwhile(state, t('withdrawn-all')))
      : []),
    ...(mayVote(state) ? [howToVote(e)] : []),
    ...(state !== null && state.state !== 'issued' && calledOff(state) === null ? [turnout(e, state)] : []),
    votedOn(e),
    h(
      'div',
      { class: 'buttons' },
      link('board', t('board')),
      link('results', t('results')),
      link('verify', t('verify')),
      handbookLink(),
    ),
    which(e),
    h('p', {}, link('station', t('count-desk'))),
  ]
}

async function start(): Promise<void> {
  shell.go(() => [notice('wait', t('opening'))])
  try {
    const e = await loadElection()
    election = e
    const state = await api.state().catch(() => null)
    if (state !== null) takeWithdrawn(e, state)
    const s = state?.state === 'published' ? await resultStanding() : UNSAID
    shell.go(() => view(e, state, s))
  } catch (error) {
    failed(shell, error, () => t('err-board'), start)
  }
}
void start()
