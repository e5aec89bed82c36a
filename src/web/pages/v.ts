// SPDX-License-Identifier: Apache-2.0
// The resident's page behind the QR: /v#1….
import { crockford, Fault, hex, utf8 } from '../protocol/bytes.ts'
import { challengeHash, seal, type Sealed } from '../protocol/ballot.ts'
import { shortPrint } from '../protocol/charter.ts'
import { wordsOf } from '../protocol/definition.ts'
import { openedText } from '../protocol/opened.ts'
import type { Credential } from '../protocol/token.ts'
import { NoAnswer, type Refusal } from '../ui/api.ts'
import { calledOffNotice } from '../ui/called_off.ts'
import { cards, digitText, emptyChoice, summary, type Choice } from '../ui/controls.ts'
import { download, h, replace } from '../ui/dom.ts'
import { community, loadElection, openedFrom, projectName, title, type Election } from '../ui/election.ts'
import { letterNumber, t, when, type Key } from '../ui/i18n.ts'
import { qrImage } from '../ui/qr.ts'
import { readOnlyNotice } from '../ui/read_only.ts'
import { receiptImage } from '../ui/receipt.ts'
import { notice, Shell } from '../ui/shell.ts'
import * as voting from '../ui/voting.ts'

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

const shell = new Shell(() => (election === null ? t('vote') : title(election)))
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

function showFault(error: unknown, retry: () => void): void {
  const again = h('button', { type: 'button', class: 'main', onclick: retry }, t('try-again'))
  if (error instanceof NoAnswer) {
    shell.go(() => [notice('bad', t('err-unreachable'), t('letter-stays-valid'), again)])
    return
  }
  const key = error instanceof Fault ? (WORDS[error.code] ?? 'err-server-lies') : 'err-browser'
  const another = ['err-token', 'err-typed', 'err-other-election'].includes(key)
  shell.go(() => [notice('bad', t(key), t('err-desk')), ...(another ? [typedForm()] : [])])
}

function facts(): HTMLElement {
  const e = election as Election
  return h(
    'section',
    { class: 'facts' },
    h('p', {}, community(e)),
    h('p', {}, t('until', { when: when(e.charter.closes) })),
    h('p', {}, t('letter', { n: letterNumber(who.serial) })),
    h(
      'p',
      { class: 'print' },
      t('short-print'),
      h('br'),
      h('strong', {}, shortPrint(e.charter.eid)),
      h('br'),
      h('small', {}, t('compare-print')),
    ),
  )
}

function typedForm(): HTMLElement {
  const input = h('input', {
    id: 'typed',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    size: 45,
  })
  const form = h(
    'form',
    {},
    h('label', { for: 'typed' }, t('typed-label')),
    input,
    h('button', { type: 'submit', class: 'main' }, t('open-letter')),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void open(input.value, true)
  })
  return form
}

async function open(text: string, typed: boolean): Promise<void> {
  shell.go(() => [notice('wait', t('opening'))])
  const answers = typed ? undefined : voting.askEarly(text)
  try {
    election = await loadElection()
    who = await voting.openLetter(election, text, typed)
    choice = emptyChoice(election.definition)
    await stand(await voting.standing(election, who, answers))
  } catch (error) {
    showFault(error, () => void open(text, typed))
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
      receiptButtons(s.proof),
      facts(),
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
    shell.go(() => [notice('wait', t('not-open', { when: when(s.opens) }), t('keep-letter')), facts()])
  else shell.go(() => [notice('bad', t('over', { when: when(s.closed) }), t('over-what')), facts()])
}

function calledOffView({ cancelled, proof }: Extract<voting.Standing, { kind: 'called-off' }>): HTMLElement[] {
  if (proof === null) return [calledOffNotice(cancelled, t('called-off-letter')), facts()]
  return [calledOffNotice(cancelled, t('called-off-voted'), t('called-off-letter')), receiptButtons(proof), facts()]
}

// ---- choosing

function choose(clockOff: boolean): void {
  const e = election as Election
  settled = false
  shell.go(() => {
    const line = h('p', { class: 'line', 'aria-live': 'polite' })
    const meter = h('progress', { max: 1, value: 0, 'aria-hidden': 'true' })
    const problem = h('p', { class: 'problem', role: 'alert' })
    const next = h('button', { type: 'button', class: 'main', onclick: () => review() }, t('to-review'))
    const update = (): void => {
      const s = summary(e, choice)
      line.textContent = s.line
      problem.textContent = s.problem ?? ''
      meter.hidden = s.used === null
      meter.value = Math.min(1, s.used ?? 0)
      next.disabled = s.problem !== null
    }
    const list = cards(e, choice, update)
    update()
    return [
      h('h1', {}, t(`hint-${e.definition.kind}`)),
      facts(),
      clockOff && h('p', { class: 'warn' }, t('clock-off')),
      list,
      h('div', { class: 'bar' }, line, meter, problem, next),
    ].filter((v): v is HTMLElement => v !== false)
  })
}

// ---- review: the commitment is on the screen before either is chosen (§13)

function choicesList(): HTMLElement {
  const d = (election as Election).definition
  const order = d.projects.map((_, i) => i)
  if (d.kind === 'ordinal') order.sort((a, b) => (choice.digits[a] || Infinity) - (choice.digits[b] || Infinity))
  const row = (i: number): HTMLElement =>
    h(
      'li',
      { class: choice.digits[i] === 0 ? 'off' : 'on' },
      h('span', { class: 'number' }, `${i + 1}`),
      h('span', { class: 'name' }, projectName(d.projects[i]!)),
      h(
        'strong',
        {},
        d.kind === 'consent' && choice.answered[i] !== true ? t('not-answered') : digitText(d, choice.digits[i] ?? 0),
      ),
    )
  return h('ul', { class: 'review' }, ...order.map(row))
}

function review(): void {
  const e = election as Election
  const sealed = seal(e.charter, who, wordsOf(e.definition, choice.digits))
  const commitment = challengeHash(e.charter.eid, sealed.bytes)
  shell.go(() => [
    h('h1', {}, t('review')),
    h('p', { class: 'warn' }, t('not-in-yet')),
    choicesList(),
    h(
      'div',
      { class: 'bar' },
      h('button', { type: 'button', class: 'main', onclick: () => void send(sealed) }, t('confirm')),
      h('button', { type: 'button', onclick: () => choose(false) }, t('back')),
    ),
    h(
      'section',
      { class: 'commitment' },
      h('h2', {}, t('check-phone')),
      h('p', {}, t('check-how')),
      qrImage(`${location.origin}/check#c${hex(commitment)}`, t('commitment')),
      h('p', { class: 'code' }, crockford(commitment, 120, 4)),
      h('button', { type: 'button', onclick: () => challenge(sealed) }, t('check-now')),
    ),
  ])
}

function challenge(sealed: Sealed): void {
  const opened = openedText(sealed, choice.digits)
  shell.go(() => [
    h('h1', {}, t('check-title')),
    h('p', { class: 'warn' }, t('check-spoiled')),
    qrImage(`${location.origin}/check#d${opened}`, t('check-data')),
    h(
      'div',
      { class: 'buttons' },
      h(
        'button',
        {
          type: 'button',
          onclick: () => download(`${letterNumber(who.serial)}.yihu-check`, 'text/plain', utf8(opened)),
        },
        t('save-check'),
      ),
    ),
    h(
      'div',
      { class: 'bar' },
      h('button', { type: 'button', class: 'main', onclick: () => choose(false) }, t('vote-now')),
    ),
  ])
}

// ---- sending: recorded, not recorded, or not yet known; nothing else

async function send(sealed: Sealed): Promise<void> {
  const e = election as Election
  const ballot = voting.cast(e, who, sealed)
  let tries = 0
  const waitingView = (): HTMLElement[] => [
    notice('wait', tries === 0 ? t('sending') : t('not-known'), tries === 0 ? t('stay') : t('not-known-what')),
    facts(),
  ]
  shell.go(waitingView)
  const outcome = await voting.sendUntilKnown(e, ballot, (n) => {
    tries = n
    if (n === 1) shell.go(waitingView)
  })
  settled = true
  choice = emptyChoice(e.definition)
  if (outcome.kind === 'recorded') recorded(outcome.proof)
  else refused(outcome.refusal)
}

const REFUSED: Record<string, Key> = {
  'already-voted': 'ref-voted',
  voided: 'ref-voided',
  'not-open': 'ref-not-open',
  over: 'ref-over',
  closed: 'ref-over',
  cancelled: 'ref-cancelled',
}

function refused(r: Refusal): void {
  const at = r.time === undefined ? '' : when(Date.parse(r.time) / 1000)
  shell.go(() => [
    notice('bad', t('not-recorded'), t(REFUSED[r.error] ?? 'ref-other', { when: at }), t('err-desk')),
    facts(),
  ])
}

function receiptButtons(p: voting.Proof): HTMLElement {
  const name = `yihu-${letterNumber(who.serial)}`
  const picture = h('div')
  // A messenger's browser downloads nothing: there, holding the picture saves it.
  const image = async (): Promise<void> => {
    const blob = await receiptImage(election as Election, who.serial, p)
    replace(
      picture,
      h('p', {}, t('image-hint')),
      h('img', { src: URL.createObjectURL(blob), alt: `${t('code')} ${p.code}`, class: 'receipt' }),
    )
    download(`${name}.png`, 'image/png', blob)
  }
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', onclick: () => void image() }, t('save-image')),
      h(
        'button',
        { type: 'button', onclick: () => download(`${name}.tlog-proof`, 'text/plain', utf8(p.receipt)) },
        t('save-file'),
      ),
      h('a', { href: `board#${p.code}` }, t('see-board')),
    ),
    picture,
  )
}

function recorded(p: voting.Proof): void {
  shell.go(() => [
    notice(
      'good',
      t('recorded'),
      h(
        'dl',
        {},
        h('dt', {}, t('code')),
        h('dd', { class: 'code' }, p.code),
        h('dt', {}, t('time')),
        h('dd', {}, when(p.time)),
        h('dt', {}, t('place')),
        h('dd', {}, String(p.index)),
      ),
      h('p', {}, t('shows-nothing')),
    ),
    receiptButtons(p),
    h('p', {}, t('how-to-check')),
    h('p', {}, openedFrom(election as Election)),
    facts(),
  ])
}

const fragment = takeFragment()
if (fragment === '') shell.go(() => [h('h1', {}, t('vote')), h('p', {}, t('scan-or-type')), typedForm()])
else void open(fragment, false)
