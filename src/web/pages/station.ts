// SPDX-License-Identifier: Apache-2.0
// The count desk: letter after letter, by camera, scanner or typed code, with
// the keyboard alone. One keys, the other reads back; both confirm.
import { seal } from '../protocol/ballot.ts'
import { Fault } from '../protocol/bytes.ts'
import { shortPrint } from '../protocol/charter.ts'
import { wordsOf } from '../protocol/definition.ts'
import type { Credential } from '../protocol/token.ts'
import type { Cancelled } from '../audit/types.ts'
import { NoAnswer, state } from '../ui/api.ts'
import { calledOff, calledOffNotice } from '../ui/called_off.ts'
import { digitText, emptyChoice, setRank, summary, type Choice } from '../ui/controls.ts'
import { h, replace, scrollable } from '../ui/dom.ts'
import { loadElection, projectName, sum, title, type Election } from '../ui/election.ts'
import { letterNumber, translator, when } from '../ui/i18n.ts'
import { onKeys } from '../ui/keys.ts'
import { Queue, type Slip } from '../ui/queue.ts'
import { isReadOnly, readOnlyNotice } from '../ui/read_only.ts'
import { Scanner } from '../ui/scanner.ts'
import { notice, Shell } from '../ui/shell.ts'
import * as voting from '../ui/voting.ts'
import desk from '../words/desk.json' with { type: 'json' }
import vote from '../words/vote.json' with { type: 'json' }

const t = translator(desk, vote)
type Key = Parameters<typeof t>[0]

const WARN_S = 15 * 60
const TYPED_SYMBOLS = 36

let election: Election
let queue: Queue
let batch = 1
let scanner: Scanner | null = null
/** What a key does just now, outside of fields and buttons. */
let keys: (key: string) => void = () => {}
/** The ballot keyed last: what became of it is shown beside the next letter. */
let last: number | null = null
/** Called off, as the daemon said last. */
let off: Cancelled | null = null
/** The box takes no ballot, as the daemon said last. */
let readOnly = false

const shell = new Shell(() => (election === undefined ? t('count-desk') : `${t('count-desk')} · ${title(election)}`))
const tally = h('div', { class: 'tally screen', role: 'status' })

onKeys((key) => keys(key))
// A letter may be scanned at any time in the view that waits for one.
document.addEventListener('keydown', (event) => {
  if (event.target === document.body || event.target instanceof HTMLHeadingElement)
    document.getElementById('scan')?.focus()
})

// The page opens while the daemon is away too, where the browser can keep it
// (over plain HTTP on a network it does not; on localhost and HTTPS it does).
const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
void worker?.register('station-worker.js', { scope: 'station', updateViaCache: 'none' }).catch(() => {})
worker?.addEventListener('controllerchange', () => {
  if (queue !== undefined) drawTally()
})

// What waits is kept; but whoever leaves should come back, or it is never sent.
window.addEventListener('beforeunload', (event) => {
  if (queue === undefined || queue.waiting().length === 0) return
  event.preventDefault()
  event.returnValue = ''
})

// ---- always in sight: how many, how many wait, how much time is left

const letters = (slips: Slip[]): string => slips.map((s) => letterNumber(s.serial)).join(t('list'))

/** After the end: what is refused does not count; what waits may be in the log. */
function endLines(): (Node | string)[] {
  const late = queue.refused().filter((s) => s.refused === 'over' || s.refused === 'closed')
  const waiting = queue.waiting()
  return [
    ...(late.length > 0 ? [h('p', { class: 'problem' }, t('desk-not-counted', { letters: letters(late) }))] : []),
    ...(waiting.length > 0 ? [h('p', { class: 'problem' }, t('desk-not-known', { letters: letters(waiting) }))] : []),
  ]
}

/** Asked now and then: whoever sits here must not wait for a letter to learn of it. */
async function askState(): Promise<void> {
  try {
    const said = await state()
    off = calledOff(said)
    readOnly = isReadOnly(said)
  } catch {
    // the daemon is away; what it said last stands
  }
  drawTally()
}

function drawTally(): void {
  const waiting = queue.waiting().length
  const left = election.charter.closes - Date.now() / 1000
  const hurry = h('p', { class: 'problem' }, t('desk-hurry', { minutes: Math.ceil(left / 60), waiting }))
  const stay = h('p', { class: 'problem' }, t(worker?.controller ? 'desk-stay' : 'desk-no-reload'))
  replace(
    tally,
    off !== null ? calledOffNotice(off, t('called-off-desk')) : readOnly && readOnlyNotice(t('read-only-desk')),
    h('p', {}, t('desk-tally', { recorded: queue.recorded().length, waiting, refused: queue.refused().length, batch })),
    waiting > 0 && queue.away && stay,
    ...(left <= 0 || queue.refused().some((s) => s.refused === 'over') ? endLines() : left <= WARN_S ? [hurry] : []),
  )
}

function go(view: () => (Node | string)[]): void {
  scanner?.stop()
  scanner = null
  keys = () => {}
  shell.go(() => [tally, ...view()])
  drawTally()
}

// ---- a letter

/** Waits for a letter; above it, what became of the one before. */
function scanView(message: HTMLElement | null): void {
  const input = h('input', { id: 'scan', autocomplete: 'off', spellcheck: 'false' })
  go(() => {
    const form = h('form', { class: 'screen' }, h('label', { for: 'scan' }, t('desk-scan')), input)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const text = input.value
      input.value = ''
      if (text.trim() !== '') void take(text)
    })
    const camera = h('div')
    drawLast()
    return [
      lastSlip,
      h('h1', { class: 'screen' }, t('desk-next')),
      ...(message === null ? [] : [message]),
      form,
      camera,
      h(
        'div',
        { class: 'buttons' },
        h('button', { type: 'button', onclick: () => void startCamera(camera) }, t('desk-camera')),
        h('button', { type: 'button', onclick: () => sheetView() }, t('desk-sheet')),
      ),
      h(
        'p',
        { class: 'print' },
        t('short-print'),
        ' ',
        h('strong', { class: 'code' }, shortPrint(election.charter.eid)),
      ),
    ]
  })
  input.focus()
}

async function startCamera(place: HTMLElement): Promise<void> {
  scanner = new Scanner((text) => void take(text))
  replace(place, scanner.video)
  try {
    await scanner.start()
  } catch {
    scanner = null
    replace(place, h('p', { class: 'problem' }, t('desk-no-camera')))
  }
}

const FAULTS: Record<string, Key> = {
  token: 'err-token',
  'typed-code': 'err-typed',
  'other-election': 'err-other-election',
  credential: 'err-other-election',
}

/** The typed form has 36 symbols; a scan is longer. */
const isTyped = (text: string): boolean => text.replace(/[-\s]/g, '').length === TYPED_SYMBOLS

async function take(text: string): Promise<void> {
  last = null
  go(() => [notice('wait', t('opening'))])
  try {
    const who = await voting.openLetter(election, text, isTyped(text))
    const stop = queue.has(who.serial)
      ? notice('bad', t('desk-has', { n: letterNumber(who.serial) }))
      : await standingNotice(who)
    if (stop !== null) scanView(stop)
    else chooseView(who, emptyChoice(election.definition))
  } catch (error) {
    const key =
      error instanceof NoAnswer
        ? 'desk-typed-needs'
        : error instanceof Fault
          ? (FAULTS[error.code] ?? 'err-token')
          : 'err-token'
    scanView(notice('bad', t(key)))
  }
}

/** Why this letter cannot vote; null when it can, or when the daemon is silent:
 * the ballot waits then, and the daemon decides. */
async function standingNotice(who: Credential): Promise<HTMLElement | null> {
  const n = letterNumber(who.serial)
  try {
    const s = await voting.standing(election, who)
    switch (s.kind) {
      case 'may-vote':
        return null
      case 'called-off':
        return calledOffNotice(s.cancelled, t('called-off-desk'))
      case 'voted':
        return notice('bad', t('voted-before', { n, when: when(s.proof.time), code: s.proof.code }))
      case 'voided':
        return notice(
          'bad',
          t('voided', { n }),
          s.by === null ? t('voided-alone') : t('voided-by', { n: letterNumber(s.by) }),
        )
      case 'not-open':
        return notice('wait', t('not-open', { when: when(s.opens) }))
      case 'over':
        return notice('bad', t('over', { when: when(s.closed) }))
      case 'read-only':
        return readOnlyNotice(t('read-only-desk'))
    }
  } catch (error) {
    if (error instanceof NoAnswer) return null
    throw error
  }
}

// ---- the choice, row by row

/** One key for the row where the hand is: a digit of the ballot. */
function digitOfKey(choice: Choice, i: number, key: string): boolean {
  const d = election.definition
  const n = Number(key)
  if (!/^[0-9]$/.test(key)) return false
  if (d.kind === 'consent') {
    if (n < 1 || n > 3) return false
    choice.digits[i] = n === 3 ? 0 : n
    choice.answered[i] = true
  } else if (d.kind === 'approval') {
    if (n > 1) return false
    choice.digits[i] = n
  } else if (d.kind === 'ordinal') {
    const used = choice.digits.filter((v) => v > 0).length
    if (n > used + (choice.digits[i] === 0 ? 1 : 0) || n > d.maxLength) return false
    if (n !== 0 || choice.digits[i] !== 0) setRank(choice.digits, i, n)
  } else {
    const joined = Number(`${choice.digits[i] ?? 0}${key}`)
    choice.digits[i] = joined <= d.maxPoints ? joined : Math.min(n, d.maxPoints)
  }
  return true
}

/** Points above nine take several keys: the hand stays in the row. */
const movesOn = (): boolean =>
  election.definition.kind !== 'scoring' && election.definition.kind !== 'cumulative'
    ? true
    : election.definition.maxPoints <= 9

function chooseView(who: Credential, choice: Choice): void {
  const d = election.definition
  let row = 0
  const draw = (): (Node | string)[] => {
    const s = summary(election, choice)
    const rows = d.projects.map((p, i) =>
      h(
        'tr',
        {
          class: i === row ? 'here' : '',
          'aria-selected': i === row,
          onclick: () => {
            row = i
            shell.refresh()
          },
        },
        h('td', {}, h('span', { class: 'number' }, String(i + 1))),
        h('td', {}, projectName(p)),
        h('td', {}, sum(d, p.cost)),
        h(
          'td',
          {},
          h(
            'strong',
            {},
            d.kind === 'consent' && choice.answered[i] !== true ? '—' : digitText(d, choice.digits[i] ?? 0),
          ),
        ),
      ),
    )
    return [
      tally,
      h('h1', {}, t('letter', { n: letterNumber(who.serial) })),
      h('p', { class: 'hint' }, t(`desk-keys-${d.kind}`)),
      scrollable(t('voted-on'), h('table', { class: 'desk' }, h('tbody', {}, ...rows))),
      h('p', { class: 'line', 'aria-live': 'polite' }, s.line),
      h('p', { class: 'problem', role: 'alert' }, s.problem ?? ''),
      h(
        'div',
        { class: 'buttons' },
        h(
          'button',
          { type: 'button', class: 'main', disabled: s.problem !== null, onclick: () => readBackView(who, choice) },
          t('desk-read-back'),
        ),
        h('button', { type: 'button', onclick: () => scanView(null) }, t('desk-cancel')),
      ),
    ]
  }
  const move = (by: number): void => {
    row = Math.min(d.projects.length - 1, Math.max(0, row + by))
  }
  go(() => draw().slice(1))
  keys = (key) => {
    if (key === 'Escape') return scanView(null)
    if (key === 'Enter') {
      if (summary(election, choice).problem === null) readBackView(who, choice)
      return
    }
    if (key === 'ArrowDown') move(1)
    else if (key === 'ArrowUp') move(-1)
    else if (key === 'Backspace' || key === 'Delete') clearRow(choice, row)
    else if (!digitOfKey(choice, row, key)) return
    else if (movesOn()) move(1)
    shell.refresh()
    document.querySelector('tr.here')?.scrollIntoView({ block: 'nearest' })
  }
}

function clearRow(choice: Choice, row: number): void {
  if (election.definition.kind === 'ordinal' && choice.digits[row] !== 0) setRank(choice.digits, row, 0)
  choice.digits[row] = 0
  choice.answered[row] = false
}

// ---- read back, confirm twice, seal, forget

function readBackView(who: Credential, choice: Choice): void {
  const d = election.definition
  let first = false
  const confirmFirst = h('button', { type: 'button', class: 'main', onclick: () => press('1') }, t('desk-confirm-1'))
  const confirmSecond = h(
    'button',
    { type: 'button', class: 'main', disabled: true, onclick: () => press('2') },
    t('desk-confirm-2'),
  )
  const press = (key: string): void => {
    if (key === '1' && !first) {
      first = true
      confirmFirst.disabled = true
      confirmSecond.disabled = false
    } else if (key === '2' && first) void finish(who, choice)
    else if (key === 'Escape') chooseView(who, choice)
  }
  const shown =
    d.kind === 'consent'
      ? d.projects.map((_, i) => i)
      : d.projects.map((_, i) => i).filter((i) => choice.digits[i] !== 0)
  if (d.kind === 'ordinal') shown.sort((a, b) => (choice.digits[a] ?? 0) - (choice.digits[b] ?? 0))
  go(() => [
    h('h1', {}, `${t('desk-read-back')} · ${t('letter', { n: letterNumber(who.serial) })}`),
    shown.length === 0
      ? h('p', { class: 'large' }, t('desk-blank'))
      : h(
          'ul',
          { class: 'review large' },
          ...shown.map((i) =>
            h(
              'li',
              {},
              h('span', { class: 'number' }, String(i + 1)),
              h('span', { class: 'name' }, projectName(d.projects[i]!)),
              h('strong', {}, digitText(d, choice.digits[i] ?? 0)),
            ),
          ),
        ),
    confirmFirst,
    confirmSecond,
    h('p', { class: 'hint' }, t('desk-escape')),
  ])
  keys = press
}

async function finish(who: Credential, choice: Choice): Promise<void> {
  const sealed = seal(election.charter, who, wordsOf(election.definition, choice.digits))
  const ballot = voting.cast(election, who, sealed)
  choice.digits.fill(0)
  go(() => [notice('wait', t('desk-keeping'))])
  try {
    last = await queue.add(who.serial, batch, ballot)
    scanView(null)
  } catch {
    scanView(notice('bad', t('desk-cannot-keep'), t('desk-cannot-keep-what')))
  }
}

const REFUSED: Record<string, Key> = {
  'already-voted': 'desk-why-voted',
  voided: 'desk-why-voided',
  'not-open': 'ref-not-open',
  over: 'ref-over',
  closed: 'ref-over',
  cancelled: 'ref-cancelled',
}
const whyRefused = (slip: Slip): string => t('desk-refused', { why: t(REFUSED[slip.refused ?? ''] ?? 'ref-other') })

/** Recorded, refused, or waiting. */
function slipNotice(slip: Slip): HTMLElement {
  const n = letterNumber(slip.serial)
  if (slip.code !== undefined)
    return notice(
      'good',
      `${t('letter', { n })} · ${t('recorded')}`,
      h(
        'dl',
        {},
        h('dt', {}, t('ballot-code')),
        h('dd', { class: 'code' }, slip.code),
        h('dt', {}, t('recorded-at')),
        h('dd', {}, when(slip.time ?? 0)),
        h('dt', {}, t('place')),
        h('dd', {}, String(slip.index)),
      ),
      t('shows-nothing'),
      h('button', { type: 'button', onclick: () => window.print() }, t('desk-print')),
    )
  if (slip.refused !== undefined) return notice('bad', `${t('letter', { n })} · ${t('not-recorded')}`, whyRefused(slip))
  return notice('wait', t('desk-waits', { n }), t('desk-waits-what'))
}

/** Drawn anew in its place when the queue knows more; the field stays. */
const lastSlip = h('div')
function drawLast(): void {
  const slip = queue.all().find((s) => s.n === last)
  replace(lastSlip, slip === undefined ? null : slipNotice(slip))
}

function queueChanged(): void {
  drawTally()
  drawLast()
}

// ---- the batch sheet: how many, which letters, never what

function slipState(s: Slip): string {
  if (s.code !== undefined) return s.code
  return s.refused !== undefined ? whyRefused(s) : t('desk-waiting-word')
}

function sheetView(): void {
  const slips = queue.all().filter((s) => s.batch === batch)
  go(() => [
    h('h1', {}, t('desk-sheet-title', { batch })),
    h('p', {}, title(election)),
    h('p', {}, t('desk-sheet-count', { n: slips.length, recorded: slips.filter((s) => s.code !== undefined).length })),
    scrollable(
      t('desk-sheet'),
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, h('th', {}, '#'), h('th', {}, t('letter-no')), h('th', {}, t('ballot-code')))),
        h(
          'tbody',
          {},
          ...slips.map((s, i) =>
            h('tr', {}, h('td', {}, String(i + 1)), h('td', {}, letterNumber(s.serial)), h('td', {}, slipState(s))),
          ),
        ),
      ),
    ),
    h('p', {}, t('desk-sign-lines')),
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', onclick: () => window.print() }, t('desk-print')),
      h(
        'button',
        {
          type: 'button',
          onclick: () => {
            batch++
            scanView(null)
          },
        },
        t('desk-new-batch'),
      ),
      h('button', { type: 'button', class: 'main', onclick: () => scanView(null) }, t('desk-back')),
    ),
  ])
}

async function start(): Promise<void> {
  shell.go(() => [notice('wait', t('opening'))])
  try {
    election = await loadElection()
    try {
      queue = await Queue.open(election, () => queueChanged())
    } catch {
      return shell.go(() => [notice('bad', t('desk-cannot-open'), t('desk-cannot-keep-what'))])
    }
    batch = Math.max(1, ...queue.all().map((s) => s.batch))
    setInterval(() => void askState(), 10000)
    void askState()
    scanView(null)
  } catch (error) {
    const key = error instanceof NoAnswer ? 'err-unreachable' : 'err-server-lies'
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
