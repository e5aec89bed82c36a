// SPDX-License-Identifier: Apache-2.0
// The day of the poll: one big state, what it is made of, and what can be done.
import { h, replace } from '../ui/dom.ts'
import * as api from './api.ts'
import { clock } from './clock.ts'
import { PathField } from './files.ts'
import { plain } from './plain.ts'
import { bigState, facts } from './poll_facts.ts'
import { p, type PollKey } from './poll_words.ts'
import { askToGoAlone, askToStop, serve } from './serve.ts'
import { buttons, labelled, routes, run } from './window.ts'

const REFRESH_MS = 5000
const PORT = /:(\d+)$/
const LOOPS = /^(127\.|\[?::1|localhost)/

interface Scene {
  book: api.Book
  status: api.Status
  poll: api.Poll
}

/** Where the daemon listens when nobody says otherwise. */
function usualPlace(s: api.Status): string {
  const daemon = s.steps.find((x) => x.id === 'daemon')
  return /--listen '?([^ ']+)/.exec(daemon?.command ?? '')?.[1] ?? '127.0.0.1:8080'
}

// ---- while it runs

function pages(at: string): HTMLElement {
  const link = (path: string, key: PollKey): HTMLElement =>
    h('a', { href: `${at}${path}`, target: '_blank', rel: 'noopener noreferrer' }, p(key))
  return buttons(
    link('/station', 'page-station'),
    link('/board', 'page-board'),
    link('/results', 'page-results'),
    link('/', 'page-front'),
    link('/verify', 'page-verify'),
  )
}

function running({ book }: Scene, at: string): HTMLElement[] {
  const here = LOOPS.test(at.replace(/^https?:\/\//, ''))
  return [
    h('p', {}, p(here ? 'poll-address-here' : 'poll-address')),
    h('p', { class: 'large' }, h('code', {}, at)),
    pages(at),
    buttons(
      labelled(p('poll-backup-do'), () => routes.act({ program: 'yihu-issue', verb: 'backup' }, book)),
      labelled(p('serve-stop'), () => askToStop(book)),
    ),
    h('p', { class: 'note' }, p('serve-stop-what')),
  ]
}

// ---- while it does not

/** When nobody has stopped it, or while one half of the box has to wait for the other. */
function goingOn({ book, status, poll }: Scene): HTMLElement[] {
  const { mirror, last } = poll.state
  const listen = last?.replace(/^https?:\/\//, '') ?? usualPlace(status)
  const on = (): Promise<void> => serve(book, mirror === null ? { listen } : { listen, mirror })
  const lost = mirror !== null && !poll.mirror_there
  return [
    h('p', {}, p('poll-all-there')),
    ...(poll.last_words === null ? [] : [h('p', { class: 'problem' }, poll.last_words)]),
    ...(mirror === null ? [] : [h('p', {}, p(lost ? 'poll-half-lost' : 'poll-half-there', { path: plain(mirror) }))]),
    buttons(
      labelled(p('poll-go-on'), on, true),
      ...(mirror === null ? [] : [labelled(p('poll-alone'), () => askToGoAlone(book, listen))]),
    ),
  ]
}

function choice(id: string, words: string, checked: boolean): [HTMLInputElement, HTMLElement] {
  const input = h('input', { type: 'radio', name: 'reach', id, checked })
  return [input, h('div', { class: 'field flag' }, input, h('label', { for: id }, words))]
}

/** One place of this computer alone, and one for each network that it is in. */
function reach(poll: api.Poll, usual: string): { element: HTMLElement | null; listen: () => string } {
  const port = PORT.exec(usual)?.[1] ?? '8080'
  const ways = LOOPS.test(usual) ? poll.networks.map((at) => `${at}:${port}`) : []
  if (ways.length === 0) return { element: null, listen: () => usual }
  const made = [usual, ...ways].map((at, i) => ({
    at,
    row: choice(`reach-${i}`, i === 0 ? p('poll-reach-here') : p('poll-reach-network', { address: at }), i === 0),
  }))
  const element = h('fieldset', { class: 'reach' }, h('legend', {}, p('poll-reach')), ...made.map((m) => m.row[1]))
  return { element, listen: () => made.find((m) => m.row[0].checked)?.at ?? usual }
}

function beginning({ book, status, poll }: Scene): HTMLElement[] {
  const ways = reach(poll, usualPlace(status))
  const stick = new PathField('mirror', 'folder')
  const begin = (): Promise<void> => {
    const listen = ways.listen()
    return serve(book, stick.value === '' ? { listen } : { listen, mirror: `${stick.value}/${book.name}.mirror` })
  }
  return [
    h('p', {}, p('serve-what')),
    ...(poll.last_words === null ? [] : [h('p', { class: 'problem' }, poll.last_words)]),
    ...(ways.element === null ? [] : [ways.element]),
    h(
      'details',
      {},
      h('summary', {}, p('poll-mirror-make')),
      h('p', {}, p('poll-mirror-what')),
      h('div', { class: 'field' }, h('label', { for: 'mirror' }, p('poll-mirror-stick')), stick.element),
    ),
    labelled(p('serve'), begin, true),
  ]
}

/** Opens with the computer, and goes on with what was cut off. */
function byItself(poll: api.Poll): HTMLElement {
  const input = h('input', {
    type: 'checkbox',
    id: 'begins',
    checked: poll.begins,
    onchange: () => run(async () => void (await api.begins(input.checked))),
  })
  return h('div', { class: 'field flag' }, input, h('label', { for: 'begins' }, p('poll-begins')))
}

// ---- the box

/** What changes by itself. */
function live(scene: Scene): HTMLElement[] {
  const [words] = bigState(scene.poll)
  const { runs, wrong, daemon } = scene.poll.state
  return [
    h('h2', { class: 'state' }, p(words)),
    facts(scene.poll, scene.status),
    ...(runs ? wrong : []).map((text) => h('p', { class: 'problem', role: 'alert' }, text)),
    ...((daemon?.clock_words ?? '') === '' ? [] : doubtful(scene.book, daemon?.clock_writes !== false)),
  ]
}

/** The clock may be wrong: whoever is there compares it. */
const doubtful = (book: api.Book, writes: boolean): HTMLElement[] => [
  ...(writes ? [h('p', { class: 'problem', role: 'alert' }, p('poll-clock-unsure'))] : []),
  buttons(labelled(p('clock-check'), () => clock(book), true)),
]

function draw(box: HTMLElement, scene: Scene): void {
  const { state } = scene.poll
  const [, mood] = bigState(scene.poll)
  const at = state.runs ? (state.daemon?.url ?? state.last) : null
  const waits = !state.runs && (state.last !== null || state.mirror !== null)
  box.className = `notice ${mood}`
  replace(
    box,
    h('div', {}, ...live(scene)),
    ...(at !== null ? running(scene, at) : waits ? goingOn(scene) : beginning(scene)),
    byItself(scene.poll),
  )
}

async function renew(box: HTMLElement, scene: Scene): Promise<void> {
  const ran = scene.poll.state.runs
  const poll = await api.poll(scene.book.id)
  if (!box.isConnected) return
  scene.poll = poll
  // The steps are others then, too.
  if (poll.state.runs !== ran) return run(() => routes.election(scene.book))
  box.className = `notice ${bigState(poll)[1]}`
  replace(box.firstElementChild!, ...live(scene))
}

/** As long as somebody looks at it. */
function keepFresh(box: HTMLElement, scene: Scene): void {
  const timer = setInterval(() => {
    if (!box.isConnected) clearInterval(timer)
    else if (!document.hidden) renew(box, scene).catch(() => clearInterval(timer))
  }, REFRESH_MS)
}

const STAGES = ['issued', 'open', 'ended', 'closed', 'boxed', 'mixed', 'opened', 'published', 'retired', 'cancelled']

export async function pollBox(book: api.Book, status: api.Status): Promise<HTMLElement | null> {
  const state = (id: string): string | undefined => status.steps.find((x) => x.id === id)?.state
  if (!STAGES.includes(status.stage) || state('handover') === 'done') return null
  const poll = await api.poll(book.id)
  if (!poll.state.runs && state('daemon') !== 'due') return null
  const box = h('section')
  const scene = { book, status, poll }
  draw(box, scene)
  keepFresh(box, scene)
  return box
}
