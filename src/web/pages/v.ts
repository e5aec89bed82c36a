// SPDX-License-Identifier: Apache-2.0
// The resident's page behind the QR: /v#1….
import { crockford, Fault, hex, utf8 } from '../protocol/bytes.ts'
import { challengeHash, seal, type Sealed } from '../protocol/ballot.ts'
import { shortPrint } from '../protocol/charter.ts'
import { wordsOf } from '../protocol/definition.ts'
import { openedText } from '../protocol/opened.ts'
import type { Credential } from '../protocol/token.ts'
import { unreachable, type Why } from '../ui/again.ts'
import { NoAnswer, type Refusal } from '../ui/api.ts'
import { calledOffNotice } from '../ui/called_off.ts'
import { cards } from '../ui/cards.ts'
import { emptyChoice, summary, type Choice } from '../ui/controls.ts'
import { download, h } from '../ui/dom.ts'
import { community, loadElection, title, type Election } from '../ui/election.ts'
import { letterNumber, shortWhen, when } from '../ui/i18n.ts'
import { plainCards } from '../ui/project.ts'
import { qrImage } from '../ui/qr.ts'
import { readOnlyNotice } from '../ui/read_only.ts'
import { ticket } from '../ui/receipt.ts'
import { receiptButtons, whatNext } from '../ui/receipt_view.ts'
import { refusalLines } from '../ui/refusal.ts'
import { choicesList, confirmText, missing } from '../ui/review.ts'
import { ruleFold } from '../ui/rule.ts'
import { notice, Shell } from '../ui/shell.ts'
import { typedForm } from '../ui/typed.ts'
import * as voting from '../ui/voting.ts'
import { withdrawnNotices } from '../ui/withdrawn.ts'
import { t, type Key } from '../ui/vote_words.ts'

/** SECRET. The fragment is taken and the address replaced before anything else
 * happens: no history, no referrer, no share button has it. */
function takeFragment(): string {
  const text = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  return text
}

let election: Election | null = null
let choice: Choice
let who: Credential
/** The vote is in: closing the page loses nothing. */
let settled = true
/** How far the voter is: choosing, reviewing, done; null where nothing is voted on. */
let step: number | null = null
/** The review stands above the choices in the browser's history. */
let reviewing = false
let sending = false
let backTo: 'top' | 'unanswered' = 'top'

const shell = new Shell(() => (election === null ? t('vote') : title(election)), {
  line: () => (election === null || step === null ? null : t('head-line', headLine(election))),
  step: () => step,
  guarded: true,
})
const headLine = (e: Election): { n: string; when: string } => ({
  n: letterNumber(who.serial),
  when: shortWhen(e.charter.closes),
})
window.addEventListener('beforeunload', (event) => {
  if (settled) return
  event.preventDefault()
  event.returnValue = '' // browsers before 2023 ask for this alone
})
// Another letter's address opened in this very tab loads nothing by itself.
window.addEventListener('hashchange', () => location.reload())
// Coming back to a page that the browser kept shows no ballot.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})

// ---- before choosing

const WORDS: Record<string, Key> = {
  token: 'err-token',
  'typed-code': 'err-typed',
  'other-election': 'err-other-election',
  credential: 'err-other-election',
  definition: 'err-server-lies',
  charter: 'err-server-lies',
  signature: 'err-server-lies',
  signers: 'err-server-lies',
  proof: 'err-server-lies',
  format: 'err-server-lies',
}

function showFault(error: unknown, text: string, typed: boolean): void {
  if (error instanceof NoAnswer)
    return unreachable(
      shell,
      error,
      () => open(text, typed),
      () => t('letter-stays-valid'),
    )
  const key = error instanceof Fault ? (WORDS[error.code] ?? 'err-server-lies') : 'err-browser'
  const another = ['err-token', 'err-typed', 'err-other-election'].includes(key)
  shell.go(() => [notice('bad', t(key), t('err-desk')), ...(another ? [typedForm(typed ? text : '', openTyped)] : [])])
}

/** Which letter of which vote; its print is to be compared as long as it is not cast. */
function facts(at: 'before' | 'after' = 'before'): HTMLElement {
  const e = election as Election
  const compare = at === 'before' ? [h('br'), h('small', {}, t('compare-print'))] : []
  return h(
    'section',
    { class: 'facts' },
    h('p', {}, community(e)),
    h('p', {}, t('until', { when: when(e.charter.closes) })),
    h('p', {}, t('letter', { n: letterNumber(who.serial) })),
    h('p', { class: 'print' }, t('short-print'), h('br'), h('strong', {}, shortPrint(e.charter.eid)), ...compare),
  )
}

const openTyped = (text: string): void => void open(text, true)

async function open(text: string, typed: boolean): Promise<void> {
  shell.go(() => [notice('wait', t('opening'))])
  const answers = typed ? undefined : voting.askEarly(text)
  try {
    election = await loadElection()
    who = await voting.openLetter(election, text, typed)
    choice = emptyChoice(election.definition)
    await stand(await voting.standing(election, who, answers))
  } catch (error) {
    showFault(error, text, typed)
  }
}

function stand(s: voting.Standing): void {
  if (s.kind === 'may-vote') return choose(s.clockOff)
  if (s.kind === 'called-off') return shell.go(() => calledOffView(s))
  if (s.kind === 'read-only') return shell.go(() => [readOnlyNotice(t('read-only-what')), facts()])
  if (s.kind === 'voted')
    shell.go(() => [
      notice(
        'good',
        t('voted-before', { n: letterNumber(who.serial), when: when(s.proof.time), code: s.proof.code }),
        t('voted-before-what'),
        t('voted-before-complain'),
      ),
      ...withdrawnNotices(election as Election, t('withdrawn-voted')),
      ticket(election as Election, who.serial, s.proof),
      receiptButtons(election as Election, who.serial, s.proof),
      facts('after'),
    ])
  else if (s.kind === 'voided')
    shell.go(() => [
      notice(
        'bad',
        t('voided', { n: letterNumber(who.serial) }),
        s.by === null ? t('voided-alone') : t('voided-by', { n: letterNumber(s.by) }),
      ),
      facts(),
    ])
  else if (s.kind === 'not-open')
    shell.go(() => [
      notice('wait', t('not-open', { when: when(s.opens) }), t('keep-letter')),
      ...withdrawnNotices(election as Election, t('withdrawn-choose')),
      ruleFold(election as Election),
      plainCards(election as Election),
      facts(),
    ])
  else
    shell.go(() => [
      notice('bad', t('over', { when: when(s.closed) }), t('over-what'), t('over-next')),
      h('p', {}, h('a', { href: 'results' }, t('to-results'))),
      facts('after'),
    ])
}

function calledOffView({ cancelled, proof }: Extract<voting.Standing, { kind: 'called-off' }>): HTMLElement[] {
  if (proof === null) return [calledOffNotice(cancelled, t('called-off-letter')), facts()]
  return [
    calledOffNotice(cancelled, t('called-off-voted'), t('called-off-letter')),
    receiptButtons(election as Election, who.serial, proof),
    facts('after'),
  ]
}

// ---- choosing

function choose(clockOff: boolean, to: 'top' | 'unanswered' = 'top'): void {
  const e = election as Election
  settled = false
  step = 1
  shell.go(() => {
    const { bar, update } = choosingBar(e)
    const list = cards(e, choice, update)
    update()
    return [
      shell.sizeQuestion(),
      h('h1', { class: 'title' }, title(e)),
      h('p', { class: 'hint' }, t(`hint-${e.definition.kind}`)),
      ruleFold(e),
      clockOff && h('p', { class: 'warn' }, t('clock-off')),
      ...withdrawnNotices(e, t('withdrawn-choose')),
      ...list,
      factsFold(e),
      bar,
    ].filter((v): v is HTMLElement => v !== false && v !== null)
  })
  if (to === 'unanswered')
    document.querySelector('.card:not(.answered):not(.withdrawn)')?.scrollIntoView({ block: 'start' })
}

/** What is chosen so far, and the way on; it says at once that it works. */
function choosingBar(e: Election): { bar: HTMLElement; update: () => void } {
  const line = h('span', { class: 'full' })
  const brief = h('span', { class: 'brief', 'aria-hidden': 'true' })
  const meter = h('progress', { max: 1, value: 0, 'aria-hidden': 'true' })
  const problem = h('p', { class: 'problem', role: 'alert' })
  const next = h('button', { type: 'button', class: 'main', onclick: () => toReview(next) }, t('to-review'))
  const update = (): void => {
    const s = summary(e, choice)
    line.textContent = s.line
    brief.textContent = s.brief
    problem.textContent = s.problem ?? ''
    meter.hidden = s.used === null
    meter.value = Math.min(1, s.used ?? 0)
    next.disabled = s.problem !== null
  }
  const row = h('div', { class: 'row' }, h('p', { class: 'line', 'aria-live': 'polite' }, line, brief, meter), next)
  return { bar: h('div', { class: 'bar' }, problem, row), update }
}

function factsFold(e: Election): HTMLElement {
  return h('details', {}, h('summary', {}, t('which-vote')), h('p', {}, title(e)), facts())
}

// ---- review: the commitment is on the screen before either is chosen (§13)

/** Sealing takes a slow phone a second: the button says so first. */
function toReview(button: HTMLButtonElement): void {
  button.disabled = true
  button.textContent = t('sealing')
  requestAnimationFrame(() => setTimeout(() => review(), 0))
}

function review(): void {
  const e = election as Election
  const sealed = seal(e.charter, who, wordsOf(e.definition, choice.digits))
  const commitment = challengeHash(e.charter.eid, sealed.bytes)
  if (!reviewing) history.pushState(null, '')
  reviewing = true
  step = 2
  shell.go(() => [
    h('h1', {}, t('review')),
    ...missingNotice(e),
    ...choicesList(e, choice),
    h('p', {}, t('not-in-yet')),
    h('p', { class: 'print' }, t('check-print'), h('br'), h('strong', { class: 'code' }, shortPrint(e.charter.eid))),
    checkFold(sealed, commitment),
    h('div', { class: 'end' }, backButton(), confirmButton(e, sealed)),
  ])
}

/** What is missing comes first, with the way to it. */
function missingNotice(e: Election): HTMLElement[] {
  const text = missing(e, choice)
  if (text === null) return []
  const answer = h('button', { type: 'button', onclick: () => back('unanswered') }, t('to-unanswered'))
  return [h('div', { class: 'warn' }, h('p', {}, text), answer)]
}

const backButton = (): HTMLElement => h('button', { type: 'button', class: 'quiet', onclick: () => back() }, t('back'))

/** At the end, below every choice: never where the button before was pressed. */
function confirmButton(e: Election, sealed: Sealed): HTMLElement {
  const confirm = h(
    'button',
    {
      type: 'button',
      class: 'main confirm',
      onclick: () => {
        confirm.disabled = true
        void send(sealed)
      },
    },
    confirmText(e, choice),
  )
  return confirm
}

function checkFold(sealed: Sealed, commitment: Uint8Array): HTMLElement {
  return h(
    'details',
    { class: 'commitment' },
    h('summary', {}, t('check-phone'), ' ', h('span', { class: 'code' }, crockford(commitment, 120, 4))),
    h('p', {}, t('check-how')),
    qrImage(`${location.origin}/check#c${hex(commitment)}`, t('commitment')),
    h('button', { type: 'button', onclick: () => challenge(sealed) }, t('check-now')),
  )
}

function challenge(sealed: Sealed): void {
  const opened = openedText(sealed, choice.digits)
  const save = (): void => download(`${letterNumber(who.serial)}.yihu-check`, 'text/plain', utf8(opened))
  shell.go(() => [
    h('h1', {}, t('check-title')),
    h('p', { class: 'warn' }, t('check-spoiled')),
    qrImage(`${location.origin}/check#d${opened}`, t('check-data')),
    h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: save }, t('save-check'))),
    h('div', { class: 'end' }, h('button', { type: 'button', class: 'main', onclick: () => back() }, t('vote-now'))),
  ])
}

// ---- Back: from the review to the choices, and only from there out of the page

function back(to: 'top' | 'unanswered' = 'top'): void {
  backTo = to
  history.back()
}
window.addEventListener('popstate', () => {
  if (!reviewing) return
  if (sending) return history.pushState(null, '') // what was sent cannot be taken back
  reviewing = false
  if (!settled) choose(false, backTo)
  backTo = 'top'
})

// ---- sending: recorded, not recorded, or not yet known; nothing else

const MEANWHILE = { sending: 'stay', queueing: 'goes-on', starting: 'goes-on', 'not-known': 'not-known-what' } as const

async function send(sealed: Sealed): Promise<void> {
  const e = election as Election
  const ballot = voting.cast(e, who, sealed)
  sending = true
  let now: Why | 'sending' = 'sending'
  const waitingView = (): HTMLElement[] => [notice('wait', t(now), t(MEANWHILE[now])), facts()]
  shell.go(waitingView)
  const outcome = await voting.sendUntilKnown(e, ballot, (why) => {
    if (now === why) return
    now = why
    shell.go(waitingView)
  })
  settled = true
  sending = false
  choice = emptyChoice(e.definition)
  step = outcome.kind === 'recorded' ? 3 : null
  if (outcome.kind === 'recorded') recorded(outcome.proof)
  else refused(outcome.refusal)
}

function refused(r: Refusal): void {
  shell.go(() => [notice('bad', t('not-recorded'), ...refusalLines(r)), facts('after')])
}

function recorded(p: voting.Proof): void {
  const e = election as Election
  shell.go(() => [
    notice('good', t('recorded'), ticket(e, who.serial, p)),
    receiptButtons(e, who.serial, p),
    h('p', {}, t('how-to-check')),
    whatNext(e),
  ])
}

const fragment = takeFragment()
if (fragment === '') shell.go(() => [h('h1', {}, t('vote')), h('p', {}, t('scan-or-type')), typedForm('', openTyped)])
else void open(fragment, false)
