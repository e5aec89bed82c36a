// SPDX-License-Identifier: Apache-2.0
// The board: what is voted on, turnout, every letter's standing, downloads.
// It reads the log itself, so that it shows what the log proves; it works on
// a plain copy of the public folder too.
import type { Cancelled } from '../audit/types.ts'
import { base64, concat, equal, Fault, Reader } from '../protocol/bytes.ts'
import { ballotCode } from '../protocol/ballot.ts'
import { parseCancelledNote } from '../protocol/cancel.ts'
import { shortPrint } from '../protocol/charter.ts'
import { leafHash, parseCheckpoint, parseEntry, type Checkpoint, type Entry } from '../protocol/log.ts'
import { keyText } from '../protocol/note.ts'
import { readReason } from '../protocol/reason.ts'
import { sha256 } from '@noble/hashes/sha2'
import { failed } from '../ui/again.ts'
import * as api from '../ui/api.ts'
import { calledOffNotice } from '../ui/called_off.ts'
import { h, replace, scrollable } from '../ui/dom.ts'
import { community, loadElection, pollTimes, title, type Election } from '../ui/election.ts'
import { letterNumber, translator, when } from '../ui/i18n.ts'
import { isReadOnly, readOnlyNotice } from '../ui/read_only.ts'
import { votedOn } from '../ui/rule.ts'
import { notice, Shell } from '../ui/shell.ts'
import { turnoutBar } from '../ui/turnout.ts'
import { takeEntry, withdrawnNotices } from '../ui/withdrawn.ts'
import words from '../words/board.json' with { type: 'json' }

const t = translator(words)
type Key = Parameters<typeof t>[0]

/** A letter as register and log have it. */
interface Letter {
  serial: number
  code: string | null
  time: number | null
  voided: boolean
  replacedBy: number
  replaces: number
}
interface Board {
  election: Election
  checkpoint: Checkpoint
  letters: Map<number, Letter>
  ballots: Entry[]
  additions: number
  closed: boolean
  cancelled: Cancelled | null
  readOnly: boolean
  /** The server's clock; null where none answers: a phone's own may be wrong. */
  now: number | null
}

const TILE = 256

/** "x001/067": groups of three digits, all but the last marked. */
function tilePath(index: number): string {
  const groups = String(index)
    .padStart(Math.ceil(String(index).length / 3) * 3, '0')
    .match(/\d{3}/g) ?? ['000']
  return groups.map((g, i) => (i < groups.length - 1 ? `x${g}` : g)).join('/')
}

async function readEntries(base: string, size: number): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = []
  for (let index = 0; index * TILE < size; index++) {
    const width = Math.min(TILE, size - index * TILE)
    const partial = width < TILE ? `.p/${width}` : ''
    const r = new Reader(await api.need(`${base}/log/tile/entries/${tilePath(index)}${partial}`))
    for (let i = 0; i < width; i++) {
      const [hi, lo] = r.take(2)
      entries.push(r.take((hi as number) * 256 + (lo as number)))
    }
    r.end()
  }
  return entries
}

/** RFC 6962 root of these entries: the board believes the signed root alone. */
function rootOf(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array())
  let level = leaves
  while (level.length > 1) {
    const next: Uint8Array[] = []
    for (let i = 0; i + 1 < level.length; i += 2)
      next.push(sha256(concat(Uint8Array.of(1), level[i] as Uint8Array, level[i + 1] as Uint8Array)))
    if (level.length % 2 === 1) next.push(level[level.length - 1] as Uint8Array)
    level = next
  }
  return level[0] as Uint8Array
}

function applyChange(b: Board, body: Uint8Array): void {
  const r = new Reader(body)
  const [old, fresh] = [r.u32(), r.u32()]
  const before = b.letters.get(old)
  if (before !== undefined) Object.assign(before, { voided: true, replacedBy: fresh })
  if (fresh !== 0)
    b.letters.set(fresh, { serial: fresh, code: null, time: null, voided: false, replacedBy: 0, replaces: old })
  if (old === 0) b.additions++
}

function applyBallot(b: Board, e: Entry): void {
  const letter = b.letters.get(new DataView(e.body.buffer, e.body.byteOffset).getUint32(1))
  if (letter !== undefined) Object.assign(letter, { code: ballotCode(b.election.charter.eid, e.body), time: e.time })
  b.ballots.push(e)
}

async function load(base: string): Promise<Board> {
  const election = await loadElection(base)
  const { charter } = election
  const checkpoint = parseCheckpoint(await api.need(`${base}/log/checkpoint`), charter.log)
  const entries = await readEntries(base, checkpoint.size)
  if (!equal(rootOf(entries.map(leafHash)), checkpoint.root))
    throw new Fault('tree', 'the entries are not those that the log signed')
  const note = await api.bytes(`${base}/cancelled`)
  const state = plain ? null : await api.state().catch(() => null)
  const letters = new Map<number, Letter>()
  for (let serial = 1; serial <= charter.households; serial++)
    letters.set(serial, { serial, code: null, time: null, voided: false, replacedBy: 0, replaces: 0 })
  const board: Board = {
    election,
    checkpoint,
    letters,
    ballots: [],
    additions: 0,
    closed: false,
    cancelled: note === null ? null : { reason: parseCancelledNote(note, charter).reason, time: null },
    readOnly: state !== null && isReadOnly(state),
    now: state === null ? null : api.seconds(state.time),
  }
  for (const bytes of entries) {
    const e = parseEntry(bytes)
    if (e.type === 'R') applyChange(board, e.body)
    else if (e.type === 'B') applyBallot(board, e)
    else if (e.type === 'C') board.closed = true
    else if (e.type === 'W') takeEntry(election, e)
    else if (e.type === 'X') board.cancelled = { reason: readReason(e.body.subarray(72)), time: e.time }
  }
  return board
}

// ---- what is drawn

const HOUR = 3600

function turnout(b: Board): HTMLElement {
  const entitled = b.election.charter.households + b.additions
  const hours = new Map<number, number>()
  for (const e of b.ballots) hours.set(Math.floor(e.time / HOUR), (hours.get(Math.floor(e.time / HOUR)) ?? 0) + 1)
  const most = Math.max(1, ...hours.values())
  const row = ([hour, n]: [number, number]): HTMLElement =>
    h(
      'tr',
      {},
      h('td', {}, when(hour * HOUR)),
      h('td', {}, h('meter', { min: 0, max: most, value: n, 'aria-label': String(n) }), ` ${n}`),
    )
  return h(
    'section',
    {},
    h('h2', {}, t('turnout')),
    turnoutBar(b.election, { cast: b.ballots.length, entitled, over: b.closed, off: b.cancelled !== null }),
    hours.size > 0 &&
      h(
        'details',
        {},
        h('summary', {}, t('by-hour')),
        scrollable(
          t('by-hour'),
          h(
            'table',
            {},
            h('thead', {}, h('tr', {}, h('th', {}, t('hour')), h('th', {}, t('ballots')))),
            h('tbody', {}, ...[...hours].sort((x, y) => x[0] - y[0]).map(row)),
          ),
        ),
      ),
  )
}

function letterLine(l: Letter): string {
  if (l.code !== null) return t('l-voted', { when: when(l.time ?? 0), code: l.code })
  if (l.voided) return l.replacedBy === 0 ? t('l-void') : t('l-replaced', { n: letterNumber(l.replacedBy) })
  return l.replaces === 0 ? t('l-not-yet') : t('l-replaces', { n: letterNumber(l.replaces) })
}

function letterTable(label: Key, letters: Letter[]): HTMLElement {
  const rows = letters.map((l) => h('tr', {}, h('td', {}, letterNumber(l.serial)), h('td', {}, letterLine(l))))
  return scrollable(
    t(label),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, h('th', {}, t('letter-no')), h('th', {}, t('standing')))),
      h('tbody', {}, ...rows),
    ),
  )
}

/** A letter's number or a ballot code, as people type them. */
function find(b: Board, text: string): Letter[] {
  const plain = text.trim().toUpperCase()
  if (/^\d{1,9}$/.test(plain)) return [b.letters.get(Number(plain))].filter((l) => l !== undefined)
  const code = plain.replace(/[-\s]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')
  return code === '' ? [] : [...b.letters.values()].filter((l) => l.code?.replace(/-/g, '') === code)
}

const PAGE = 100

function search(b: Board, initial: string): HTMLElement {
  const found = h('div', { 'aria-live': 'polite' })
  const input = h('input', { id: 'search', value: initial, autocomplete: 'off' })
  const run = (): void => {
    const letters = find(b, input.value)
    if (input.value.trim() === '') replace(found)
    else replace(found, letters.length > 0 ? letterTable('find-letter', letters) : h('p', {}, t('nothing-found')))
  }
  const form = h(
    'form',
    {},
    h('label', { for: 'search' }, t('search-label')),
    input,
    h('button', { type: 'submit' }, t('search')),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    run()
  })
  run()
  return h('section', {}, h('h2', {}, t('find-letter')), form, found)
}

function allLetters(b: Board): HTMLElement {
  const letters = [...b.letters.values()]
  const place = h('div')
  const drawPage = (page: number): void => {
    const last = Math.ceil(letters.length / PAGE) - 1
    replace(
      place,
      letterTable('all-letters', letters.slice(page * PAGE, (page + 1) * PAGE)),
      h(
        'div',
        { class: 'buttons' },
        h('button', { type: 'button', disabled: page === 0, onclick: () => drawPage(page - 1) }, t('previous')),
        h('button', { type: 'button', disabled: page === last, onclick: () => drawPage(page + 1) }, t('next')),
      ),
    )
  }
  drawPage(0)
  return h('details', {}, h('summary', {}, t('all-letters')), place)
}

function changes(b: Board): HTMLElement | false {
  const changed = [...b.letters.values()].filter((l) => l.voided || l.serial > b.election.charter.households)
  return (
    changed.length > 0 && h('section', {}, h('h2', {}, t('changed-letters')), letterTable('changed-letters', changed))
  )
}

function proofs(b: Board, base: string): HTMLElement {
  const files = ['charter', 'register', 'election.pb', 'log/checkpoint']
  return h(
    'section',
    {},
    h('h2', {}, t('for-auditors')),
    h('ul', {}, ...files.map((f) => h('li', {}, h('a', { href: `${base}/${f}`, download: f.replace('/', '-') }, f)))),
    h(
      'dl',
      {},
      h('dt', {}, t('log-origin')),
      h('dd', {}, b.election.charter.origin),
      h('dt', {}, t('log-key')),
      h('dd', { class: 'code' }, keyText(b.election.charter.log)),
      h('dt', {}, t('log-size')),
      h('dd', {}, String(b.checkpoint.size)),
      h('dt', {}, t('log-root')),
      h('dd', { class: 'code' }, base64(b.checkpoint.root)),
      h('dt', {}, t('short-print')),
      h('dd', { class: 'code' }, shortPrint(b.election.charter.eid)),
    ),
    h('p', {}, t('for-auditors-how')),
  )
}

/** The daemon's addresses, or the files of a plain copy, which has results at the end only. */
function ways(b: Board): HTMLElement {
  const link = (name: string, text: string): HTMLElement => h('a', { href: plain ? `${name}.html` : name }, text)
  return h(
    'div',
    { class: 'buttons' },
    (!plain || b.closed) && link('results', t('results')),
    link('verify', t('verify')),
  )
}

/** By what the log shows; whether it is open yet or still, the server's clock alone can say. */
function phase({ election: { charter }, closed, now }: Board): string {
  if (closed) return t('phase-closed')
  if (now === null) return pollTimes(charter)
  if (now < charter.opens) return t('phase-before', { when: when(charter.opens) })
  return t(now < charter.closes ? 'until' : 'over', { when: when(charter.closes) })
}

/** How far it is, or that it was called off. */
function standing(b: Board): HTMLElement[] {
  if (b.cancelled !== null) return [calledOffNotice(b.cancelled, t('called-off-next'))]
  return [
    ...(b.readOnly ? [readOnlyNotice(t('read-only-what'))] : []),
    h('p', {}, h('strong', {}, phase(b))),
    ...withdrawnNotices(b.election, t('withdrawn-all')),
    h('p', {}, t('no-results-before')),
  ]
}

function view(b: Board, base: string, wanted: string): HTMLElement[] {
  const parts = [
    h('h1', {}, title(b.election)),
    h('p', {}, community(b.election)),
    ...standing(b),
    ways(b),
    turnout(b),
    search(b, wanted),
    changes(b),
    allLetters(b),
    votedOn(b.election),
    proofs(b, base),
  ]
  return parts.filter((v): v is HTMLElement => v !== false)
}

// The daemon's pages lie beside the files; on a plain copy they lie in site/.
const plain = /\/site\/[^/]*$/.test(location.pathname)
const base = location.pathname.replace(/\/(site\/)?[^/]*$/, '')
let board: Board | null = null
const shell = new Shell(() => (board === null ? t('board') : `${t('board')} · ${title(board.election)}`))

async function start(): Promise<void> {
  shell.go(() => [notice('wait', t('opening'))])
  try {
    const b = await load(base)
    board = b
    const wanted = decodeURIComponent(location.hash.slice(1))
    shell.go(() => view(b, base, wanted))
  } catch (error) {
    failed(shell, error, () => t('err-board'), start)
  }
}
// A receipt's link opened in this very tab.
window.addEventListener('hashchange', () => location.reload())
void start()
