// SPDX-License-Identifier: Apache-2.0
// The second device (PROTOCOL §13): did the phone seal what it showed? It gets
// the commitment first (#c…), then the opened ballot (#d… or a file), makes A
// and B again from digits and r, checks the proof and compares the hash.
import { concat, crockford, equal, Fault, fromUtf8, hex, Reader, unbase64, unhex } from '../protocol/bytes.ts'
import { challengeHash } from '../protocol/ballot.ts'
import { wordsOf } from '../protocol/definition.ts'
import { encode, G, Hs, mod, mul, mulPublic, point, scalar } from '../protocol/group.ts'
import { digitText } from '../ui/controls.ts'
import { h } from '../ui/dom.ts'
import { loadElection, projectName, type Election } from '../ui/election.ts'
import { t } from '../ui/i18n.ts'
import { notice, Shell } from '../ui/shell.ts'

interface Opened {
  eid: string
  bytes: string
  digits: number[]
  r: string[]
}

/** Not secret: the hash that the phone showed before the choice. */
const COMMITMENT = 'yihu-commitment'
const shell = new Shell(() => t('check-title'))
const grouped = (hash: Uint8Array): string => crockford(hash, 120, 4)

function readOpened(text: string): Opened {
  const v = JSON.parse(text) as Opened
  const sound = typeof v.eid === 'string' && typeof v.bytes === 'string' &&
    Array.isArray(v.digits) && v.digits.every(Number.isInteger) &&
    Array.isArray(v.r) && v.r.every((x) => /^[0-9a-f]{1,64}$/.test(x))
  if (!sound) throw new Fault('format', 'no check data')
  return v
}

/** Throws when anything in the bytes is not what digits and r make. */
function verify(e: Election, o: Opened): Uint8Array {
  const { charter, definition } = e
  const bytes = unbase64(o.bytes)
  const words = wordsOf(definition, o.digits)
  if (o.eid !== hex(charter.eid) || o.digits.length !== definition.projects.length || o.r.length !== words.length)
    throw new Fault('other-election', 'not of this election')
  const r = new Reader(bytes)
  const [version, who] = [r.u8(), r.take(36)]
  r.take(64)
  if (version !== 1 || r.u8() !== words.length) throw new Fault('width', 'not a ballot of this election')
  const pairs = r.take(64 * words.length)
  const K = r.take(32 * words.length)
  const s = Array.from({ length: words.length }, () => scalar(r.take(32)))
  r.end()
  const made = words.map((m, j) => {
    const rj = mod(BigInt(`0x${o.r[j]}`))
    return concat(encode(mul(rj, G)), encode(mul(BigInt(m), G).add(mul(rj, charter.Y))))
  })
  if (!equal(concat(...made), pairs)) throw new Fault('ballot-proof', 'the sealed choice is another')
  const c = Hs('ballot-proof', charter.eid, who, pairs, K)
  s.forEach((sj, j) => {
    const A = point(pairs.slice(64 * j, 64 * j + 32))
    if (!mulPublic(sj, G).equals(point(K.slice(32 * j, 32 * j + 32)).add(mulPublic(c, A)))) throw new Fault('ballot-proof', 'the proof does not hold')
  })
  return challengeHash(charter.eid, bytes)
}

function result(e: Election, o: Opened, hash: Uint8Array): void {
  const seen = localStorage.getItem(COMMITMENT)
  const same = seen === null ? null : seen === hex(hash)
  const list = h('ul', { class: 'review' }, ...e.definition.projects.map((p, i) =>
    h('li', {}, h('span', { class: 'number' }, `${i + 1}`), ' ', projectName(p), ' ', h('strong', {}, digitText(e.definition, o.digits[i] ?? 0)))))
  shell.go(() => [
    same === false ? notice('bad', t('check-differs'), t('check-differs-what'))
      : notice('good', same === true ? t('check-good') : t('check-compare'), h('p', { class: 'code' }, grouped(hash))),
    h('p', {}, t('check-choices')), list,
  ])
  localStorage.removeItem(COMMITMENT)
}

async function checkData(text: string): Promise<void> {
  shell.go(() => [notice('wait', t('opening'))])
  try {
    const opened = readOpened(text)
    const e = await loadElection()
    result(e, opened, verify(e, opened))
  } catch {
    shell.go(() => [notice('bad', t('check-bad'), t('check-differs-what')), fileForm()])
  }
}

function fileForm(): HTMLElement {
  const input = h('input', { type: 'file', id: 'file', onchange: () => void input.files?.[0]?.text().then(checkData) })
  return h('form', {}, h('label', { for: 'file' }, t('check-file')), input)
}

function remember(hash: Uint8Array): void {
  localStorage.setItem(COMMITMENT, hex(hash))
  shell.go(() => [
    h('h1', {}, t('check-title')), h('p', {}, t('check-remembered')), h('p', { class: 'code' }, grouped(hash)),
    h('p', {}, t('check-next')), fileForm(),
  ])
}

const fragment = location.hash.slice(1)
history.replaceState(null, '', location.pathname)
try {
  if (fragment.startsWith('c')) remember(unhex(fragment.slice(1), 32))
  else if (fragment.startsWith('d')) void checkData(fromUtf8(unbase64(fragment.slice(1))))
  else shell.go(() => [h('h1', {}, t('check-title')), h('p', {}, t('check-how')), fileForm()])
} catch {
  shell.go(() => [notice('bad', t('check-bad')), fileForm()])
}
