// SPDX-License-Identifier: Apache-2.0
// The second device (PROTOCOL §13): did the phone seal what it showed? It gets
// the commitment first (#c…). Then either the opened ballot (#d… or a file),
// which it seals again and compares, or the code of the ballot that was cast,
// which it finds in the log and compares.
import { crockford, equal, hex, uncrockford, unhex } from '../protocol/bytes.ts'
import { challengeHash, SIGNATURE_BYTES } from '../protocol/ballot.ts'
import { readOpened, verifyOpened, type Opened } from '../protocol/opened.ts'
import { unreachable } from '../ui/again.ts'
import { NoAnswer } from '../ui/api.ts'
import { digitText } from '../ui/controls.ts'
import { h } from '../ui/dom.ts'
import { loadElection, projectName, type Election } from '../ui/election.ts'
import { translator } from '../ui/i18n.ts'
import { notice, Shell } from '../ui/shell.ts'
import { recordedBallot } from '../ui/voting.ts'
import checking from '../words/check.json' with { type: 'json' }
import vote from '../words/vote.json' with { type: 'json' }

const t = translator(checking, vote)

/** Not secret: the hash that the phone showed before the choice. The scan of
 * the opened ballot opens another tab, so it outlives this one. */
const COMMITMENT = 'yihu-commitment'
const shell = new Shell(() => t('check-title'))
const grouped = (hash: Uint8Array): string => crockford(hash, 120, 4)

function remembered(): Uint8Array | null {
  try {
    return unhex(localStorage.getItem(COMMITMENT) ?? '', 32)
  } catch {
    return null
  }
}

/** null: there is nothing to compare with but the reader's eyes. */
function matches(hash: Uint8Array): boolean | null {
  const seen = remembered()
  return seen === null ? null : equal(seen, hash)
}

// ---- the opened ballot

function choices(e: Election, o: Opened): HTMLElement {
  return h(
    'ul',
    { class: 'review' },
    ...e.definition.projects.map((p, i) => {
      const digit = o.digits[i] ?? 0
      return h(
        'li',
        { class: digit === 0 ? 'off' : 'on' },
        h('span', { class: 'number' }, `${i + 1}`),
        h('span', { class: 'name' }, projectName(p)),
        h('strong', {}, digitText(e.definition, digit)),
      )
    }),
  )
}

function openedView(e: Election, o: Opened, hash: Uint8Array): void {
  const same = matches(hash)
  const verdict = (): HTMLElement => {
    if (same === false) return notice('bad', t('check-differs'), t('check-differs-what'))
    return notice('good', t(same === true ? 'check-good' : 'check-compare'), h('p', { class: 'code' }, grouped(hash)))
  }
  shell.go(() => [verdict(), h('h2', {}, t('check-choices')), choices(e, o)])
  localStorage.removeItem(COMMITMENT)
}

async function checkOpened(text: string): Promise<void> {
  shell.go(() => [notice('wait', t('opening'))])
  try {
    const e = await loadElection()
    const opened = readOpened(e.definition, text)
    openedView(e, opened, verifyOpened(e.charter, e.definition, opened))
  } catch (error) {
    failed(error, () => void checkOpened(text))
  }
}

// ---- the ballot that was cast

async function checkCast(code: string): Promise<void> {
  shell.go(() => [notice('wait', t('opening'))])
  try {
    const e = await loadElection()
    const ballot = await recordedBallot(e, code)
    castView(ballot === null ? null : challengeHash(e.charter.eid, ballot.slice(0, ballot.length - SIGNATURE_BYTES)))
  } catch (error) {
    failed(error, () => void checkCast(code))
  }
}

function castView(hash: Uint8Array | null): void {
  shell.go(() => {
    if (hash === null) return [notice('bad', t('check-no-code')), codeForm()]
    const same = matches(hash)
    if (same === false) return [notice('bad', t('check-differs'), t('check-differs-what'))]
    return [
      notice('good', t(same === true ? 'check-cast-good' : 'check-compare'), h('p', { class: 'code' }, grouped(hash))),
    ]
  })
}

// ---- forms

function failed(error: unknown, retry: () => void): void {
  if (error instanceof NoAnswer) unreachable(shell, error, retry)
  else shell.go(() => [notice('bad', t('check-bad'), t('check-differs-what')), fileForm()])
}

function fileForm(): HTMLElement {
  const input = h('input', {
    type: 'file',
    id: 'file',
    onchange: () => void input.files?.[0]?.text().then(checkOpened),
  })
  return h('form', {}, h('label', { for: 'file' }, t('check-file')), input)
}

function codeForm(): HTMLElement {
  const input = h('input', { id: 'code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false' })
  const form = h(
    'form',
    {},
    h('label', { for: 'code' }, t('check-code')),
    input,
    h('button', { type: 'submit' }, t('check-code-go')),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    try {
      uncrockford(input.value, 80)
      void checkCast(input.value)
    } catch {
      castView(null)
    }
  })
  return form
}

function remember(hash: Uint8Array): void {
  localStorage.setItem(COMMITMENT, hex(hash))
  shell.go(() => [
    h('h1', {}, t('check-remembered')),
    h('p', { class: 'code' }, grouped(hash)),
    h('p', {}, t('check-same')),
    h('section', {}, h('h2', {}, t('check-opened-title')), h('p', {}, t('check-next')), fileForm()),
    h('section', {}, h('h2', {}, t('check-cast-title')), codeForm()),
  ])
}

function begin(fragment: string): void {
  if (fragment.startsWith('d')) return void checkOpened(fragment.slice(1))
  try {
    remember(unhex(fragment.slice(1), 32))
  } catch {
    shell.go(() => [h('h1', {}, t('check-title')), h('p', {}, t('check-how-here')), fileForm()])
  }
}

// Another code opened in this very tab loads nothing by itself.
window.addEventListener('hashchange', () => location.reload())
const fragment = location.hash.slice(1)
history.replaceState(null, '', location.pathname)
begin(fragment)
