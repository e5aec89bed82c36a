// SPDX-License-Identifier: Apache-2.0
// The count desk: letter after letter, by camera, scanner or typed code, with
// the keyboard alone. One keys, the other reads back; both confirm.
import { seal } from '../protocol/ballot.ts'
import { Fault } from '../protocol/bytes.ts'
import { shortPrint } from '../protocol/charter.ts'
import { wordsOf } from '../protocol/definition.ts'
import { folded, type Credential } from '../protocol/token.ts'
import type { Cancelled } from '../audit/types.ts'
import { failed } from '../ui/again.ts'
import { NoAnswer, state } from '../ui/api.ts'
import { calledOff, calledOffNotice } from '../ui/called_off.ts'
import { emptyChoice, type Choice } from '../ui/controls.ts'
import { keying } from '../ui/desk_rows.ts'
import { t, type Key } from '../ui/desk_words.ts'
import { h, replace } from '../ui/dom.ts'
import { loadElection, title, type Election } from '../ui/election.ts'
import { letterNumber, when } from '../ui/i18n.ts'
import { onKeys } from '../ui/keys.ts'
import { Queue, type Slip } from '../ui/queue.ts'
import { ReadBack } from '../ui/read_back.ts'
import { isReadOnly, readOnlyNotice } from '../ui/read_only.ts'
import { Scanner } from '../ui/scanner.ts'
import { notice, Shell } from '../ui/shell.ts'
import { batchSheet, slipNotice } from '../ui/slips.ts'
import * as voting from '../ui/voting.ts'
import { takeWithdrawn, withdrawnNotices } from '../ui/withdrawn.ts'

const WARN_S = 15 * 60
const TYPED_SYMBOLS = 36

let election: Election
let queue: Queue
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
    takeWithdrawn(election, said)
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
    ...(off === null ? withdrawnNotices(election, t('withdrawn-desk')) : []),
    h(
      'p',
      {},
      t('desk-tally', {
        recorded: queue.recorded().length,
        waiting,
        refused: queue.refused().length,
        batch: queue.batch,
      }),
    ),
    waiting > 0 && queue.why !== null && stay,
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

/** Where it composes all the same, the scanner's Enter only ends that: it sends the code as well. */
function endComposed(input: HTMLInputElement, form: HTMLFormElement): void {
  let entered = false
  input.addEventListener('keydown', (event) => {
    entered = event.isComposing && /Enter$/.test(event.code || event.key)
  })
  input.addEventListener('compositionend', () => {
    if (entered) setTimeout(() => form.requestSubmit())
    entered = false
  })
}

/** Waits for a letter; above it, what became of the one before. */
function scanView(message: HTMLElement | null): void {
  // An input method would compose the letters of an address that a scanner types.
  const input = h('input', {
    id: 'scan',
    autocomplete: 'off',
    autocapitalize: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
    inputmode: 'url',
    lang: 'en',
  })
  go(() => {
    const form = h('form', { class: 'screen' }, h('label', { for: 'scan' }, t('desk-scan')), input)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const text = input.value
      input.value = ''
      if (text.trim() !== '') void take(text)
    })
    endComposed(input, form)
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
        'details',
        { class: 'screen' },
        h('summary', {}, t('desk-no-letter')),
        ...(['desk-no-letter-1', 'desk-no-letter-2', 'desk-no-letter-3'] as const).map((key) => h('p', {}, t(key))),
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
const isTyped = (text: string): boolean => folded(text).replace(/[-\s]/g, '').length === TYPED_SYMBOLS

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

function chooseView(who: Credential, choice: Choice): void {
  const acts = { read: () => readBackView(who, choice), leave: () => scanView(null), redraw: () => shell.refresh() }
  const { view, press } = keying(election, who, choice, acts)
  go(view)
  keys = press
}

function readBackView(who: Credential, choice: Choice): void {
  const acts = {
    change: () => chooseView(who, choice),
    cast: () => void finish(who, choice),
    redraw: () => shell.refresh(),
  }
  const reading = new ReadBack(election, who, choice, acts)
  go(() => reading.view())
  keys = (key) => reading.press(key)
}

async function finish(who: Credential, choice: Choice): Promise<void> {
  const sealed = seal(election.charter, who, wordsOf(election.definition, choice.digits))
  const ballot = voting.cast(election, who, sealed)
  choice.digits.fill(0)
  go(() => [notice('wait', t('desk-keeping'))])
  try {
    last = await queue.add(who.serial, ballot)
    scanView(null)
  } catch {
    scanView(notice('bad', t('desk-cannot-keep'), t('desk-cannot-keep-what')))
  }
}

/** Drawn anew in its place when the queue knows more; the field stays. */
const lastSlip = h('div')
function drawLast(): void {
  const slip = queue.all().find((s) => s.n === last)
  replace(lastSlip, slip === undefined ? null : slipNotice(slip, queue.why))
}

function queueChanged(): void {
  drawTally()
  drawLast()
}

// ---- the batch sheet

function sheetView(): void {
  const back = (): void => scanView(null)
  go(() => batchSheet(election, queue, { back, begin: () => void newBatch() }))
}

async function newBatch(): Promise<void> {
  try {
    await queue.newBatch()
    scanView(null)
  } catch {
    scanView(notice('bad', t('desk-cannot-keep'), t('desk-cannot-keep-what')))
  }
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
    setInterval(() => void askState(), 10000)
    void askState()
    scanView(null)
  } catch (error) {
    failed(shell, error, () => t('err-server-lies'), start)
  }
}
void start()
