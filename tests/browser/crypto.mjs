// SPDX-License-Identifier: Apache-2.0
// The pages' protocol code against the C and against the vectors.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { edgeCases } from './lib/ed25519-cases.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { loadProtocol } from './lib/protocol.mjs'
import { atEnd, runTests, test } from './lib/tap.mjs'
import { isWork } from './lib/work.mjs'

const {
  ballot,
  bytes,
  charter,
  definition: def,
  ed25519,
  group,
  log,
  opened,
  proof_of_work: work,
  token,
} = await loadProtocol()
const { hex } = bytes
const unhex = (text) => new Uint8Array(Buffer.from(text, 'hex'))
const number = (text) => group.scalar(unhex(text))
const vectors = join(process.env.YIHU_SOURCE, 'tests/data/vectors')

/** A line in, a line out. */
const crosscheck = (lines, ...args) =>
  execFileSync(join(process.env.YIHU_BROWSER, 'crosscheck'), args, {
    input: lines.join('\n') + '\n',
    maxBuffer: 1 << 28,
  })
    .toString()
    .trim()
    .split('\n')

async function world(dir) {
  const c = charter.parseCharter(await readFile(join(dir, 'charter')))
  const pb = await readFile(join(dir, 'election.pb'))
  charter.requireDefinition(c, pb)
  return { c, d: def.parseDefinition(pb), dir }
}

// ---- vectors

for (const name of ['approval', 'consent']) {
  const secrets = JSON.parse(await readFile(join(vectors, name, 'secrets.json'), 'utf8'))
  const w = await world(join(vectors, name, 'public'))
  test(`${name}: the charter's id and key are the vectors'`, () => {
    assert.equal(hex(w.c.eid), secrets.eid)
    assert.equal(hex(group.encode(w.c.Y)), secrets.Y)
  })
  test(`${name}: tokens are read from digits and typed form`, () => {
    for (const [serial, v] of Object.entries(secrets.tokens)) {
      const t = token.tokenFromDigits(v.qr)
      assert.deepEqual([t.serial, hex(t.seed), hex(t.signature)], [Number(serial), v.seed, v.signature])
      assert.equal(hex(token.credential(w.c, t).pk), v.pk)
      assert.equal(hex(token.tokenFromTyped(v.typed, w.c.eid).seed), v.seed)
      // Through a Chinese input method: full-width signs and long dashes.
      const wide = (s) => s.replace(/[!-,.-~]/g, (c) => String.fromCodePoint(c.codePointAt(0) + 0xfee0))
      assert.equal(hex(token.tokenFromScan(wide(v.qr)).seed), v.seed)
      assert.equal(hex(token.tokenFromTyped(wide(v.typed).replaceAll('-', '—'), w.c.eid).seed), v.seed)
    }
  })
  test(`${name}: ballots of the same randomness are the same bytes`, async () => {
    let compared = 0
    for (const v of secrets.ballots) {
      const who = token.credential(w.c, token.tokenFromDigits(secrets.tokens[v.serial].qr))
      const made = ballot.castBallot(w.c, who, ballot.seal(w.c, who, v.words, v.r.map(number), v.k.map(number)))
      assert.equal(hex(made), v.ballot ?? v.bytes)
      compared++
    }
    assert.ok(compared > 5)
  })
}

// ---- a thousand ballots each way

/** Valid digits at random. */
function randomDigits(d) {
  for (;;) {
    const digits = d.projects.map(() => Math.floor(Math.random() * d.radix))
    if (d.kind === 'ordinal') {
      const chosen = d.projects
        .map((_, i) => i)
        .sort(() => Math.random() - 0.5)
        .slice(0, Math.floor(Math.random() * (d.maxLength + 1)))
      digits.fill(0)
      chosen.forEach((i, rank) => {
        digits[i] = rank + 1
      })
    }
    if (def.breach(d, digits) === null) return digits
  }
}

const LETTERS = 4
/** 20 projects make words of several digits and ballots of several words. */
const SIZES = { knapsack: [{ max_sum_cost: 100000 }, 20], ordinal: [{ max_length: 6 }, 20], cumulative: [{}, 8] }
const worlds = await Promise.all(
  Object.entries(KINDS).map(async ([kind, meta]) => {
    const [more, n] = SIZES[kind] ?? [{}, 20]
    const e = await Election.make(definition({ ...meta, ...more }, n), LETTERS)
    const w = await world(join(e.box, 'public'))
    const letters = await Promise.all(
      Array.from({ length: LETTERS }, async (_, i) => (await e.scan(i + 1)).split('#')[1]),
    )
    return { ...w, kind, letters }
  }),
)

/** How many ballots in all: 300, or as many as wanted. */
const EACH = Math.ceil(Number(process.argv[2] ?? 300) / worlds.length)
const samples = worlds.map((w) =>
  Array.from({ length: EACH }, (_, i) => {
    const digits = randomDigits(w.d)
    const letter = w.letters[i % LETTERS]
    const who = token.credential(w.c, token.tokenFromDigits(letter))
    const [r, k] = [0, 1].map(() => Array.from({ length: w.d.width }, group.randomScalar))
    const sealed = ballot.seal(w.c, who, def.wordsOf(w.d, digits), r, k)
    return { digits, letter, r, k, sealed, cast: hex(ballot.castBallot(w.c, who, sealed)) }
  }),
)

worlds.forEach((w, at) => {
  const all = samples[at]
  let theirs
  test(`${w.kind}: the C accepts ${EACH} ballots of the page`, () => {
    assert.deepEqual(
      crosscheck(
        all.map((s) => s.cast),
        'verify',
        w.dir,
      ),
      all.map(() => 'ok'),
    )
  })
  test(`${w.kind}: the C makes the same ${EACH} ballots of ${w.d.width} word(s) from the same randomness`, () => {
    const scalars = (list) => list.map((v) => hex(group.scalarBytes(v))).join('')
    theirs = crosscheck(
      all.map((s) => `${s.letter} ${s.digits.join(',')} ${scalars(s.r)} ${scalars(s.k)}`),
      'make',
      w.dir,
    )
    assert.deepEqual(
      theirs,
      all.map((s) => s.cast),
    )
  })
  test(`${w.kind}: the check accepts ballots of the C, and none that was changed`, () => {
    for (const [i, s] of all.entries()) {
      const made = unhex(theirs[i])
      const unsigned = made.slice(0, made.length - 64)
      const o = opened.readOpened(w.d, opened.openedText({ ...s.sealed, bytes: unsigned }, s.digits))
      assert.equal(hex(opened.verifyOpened(w.c, w.d, o)), hex(ballot.challengeHash(w.c.eid, unsigned)))
      if (i >= 20) continue
      const other = s.digits.map((digit, j) => (j === 0 ? (digit + 1) % w.d.radix : digit))
      assert.throws(() => opened.verifyOpened(w.c, w.d, { ...o, digits: other }), { code: 'ballot-proof' })
      const bit = Math.floor(Math.random() * 8 * unsigned.length)
      const turned = unsigned.map((v, j) => (j === bit >> 3 ? v ^ (1 << (bit & 7)) : v))
      assert.throws(() => opened.verifyOpened(w.c, w.d, { ...o, bytes: turned }))
    }
  })
})

test('the C refuses a ballot of which one bit is turned', () => {
  const [w] = worlds
  const turned = samples[0].slice(0, 50).map((s, i) => {
    const b = unhex(s.cast)
    const bit = (i * 7919) % (8 * b.length)
    b[bit >> 3] ^= 1 << (bit & 7)
    return hex(b)
  })
  assert.ok(crosscheck(turned, 'verify', w.dir).every((answer) => answer !== 'ok'))
})

// ---- Ed25519

test('Ed25519: signatures are accepted as libsodium accepts them', () => {
  const cases = edgeCases(group)
  const answers = crosscheck(
    cases.map((c) => `${hex(c.pk)} ${hex(c.signature)} ${hex(c.message)}`),
    'ed25519',
  )
  const accepted = new Set()
  cases.forEach((c, i) => {
    const [library, sodium, valid] = [...answers[i]].map((v) => v === '1')
    assert.equal(library, sodium, c.name)
    assert.equal(ed25519.verify(c.signature, c.message, c.pk), sodium, c.name)
    assert.equal(ed25519.publicKeyValid(c.pk), valid, `key of ${c.name}`)
    accepted.add(sodium)
  })
  assert.deepEqual([...accepted].sort(), [false, true])
})

// ---- proof of work

const never = () => false

test('proof of work: the known answers, which the C has too', async () => {
  const rows = (await readFile(join(vectors, 'proof_of_work.txt'), 'utf8')).trim().split('\n').slice(1)
  assert.ok(rows.length >= 10)
  for (const row of rows) {
    const [nonce, bits, body, counter] = row.split(' ')
    const ask = { nonce, bits: Number(bits) }
    assert.equal(await work.proveWork(ask, unhex(body.replace('-', '')), never), `${nonce}-${counter}`)
  }
})

test('proof of work: of any ballot the smallest counter, by another SHA-256', async () => {
  for (let i = 0; i < 60; i++) {
    const body = crypto.getRandomValues(new Uint8Array(i * 7))
    const ask = { nonce: hex(crypto.getRandomValues(new Uint8Array(16))), bits: (i % 9) + 1 }
    const [nonce, counter] = (await work.proveWork(ask, body, never)).split('-')
    assert.equal(nonce, ask.nonce)
    const first = Array.from({ length: Number(counter) + 1 }, (_, c) => isWork(ask, body, c))
    assert.equal(first.indexOf(true), Number(counter))
  }
})

test('proof of work: given up when told so; what is no ask, or asks too much, is none', async () => {
  const ask = { nonce: '0123456789abcdef'.repeat(2), bits: 20 }
  let looks = 0
  assert.equal(await work.proveWork(ask, new Uint8Array(9), () => ++looks > 2), null)
  assert.ok(work.isAsk(ask))
  for (const odd of [
    null,
    undefined,
    7,
    {},
    { ...ask, bits: 21 },
    { ...ask, bits: -1 },
    { ...ask, bits: 1.5 },
    { ...ask, bits: '9' },
    { ...ask, nonce: ask.nonce.toUpperCase() },
    { ...ask, nonce: `${ask.nonce}0` },
  ])
    assert.ok(!work.isAsk(odd), JSON.stringify(odd))
})

// ---- reading what a server may send

test('a note, a token and a receipt that are nearly right are refused', async () => {
  const good = await readFile(join(vectors, 'consent/public/charter'))
  charter.parseCharter(good)
  for (let i = 0; i < 200; i++) {
    const bit = Math.floor(Math.random() * 8 * good.length)
    assert.throws(
      () => charter.parseCharter(good.map((v, j) => (j === bit >> 3 ? v ^ (1 << (bit & 7)) : v))),
      `bit ${bit}`,
    )
  }
  for (const text of [
    '',
    '1',
    '2'.repeat(204),
    '1'.repeat(203),
    `1${'9'.repeat(203)}`,
    ` 1${'0'.repeat(203)}x`,
    `1${'0'.repeat(203)}`,
  ])
    assert.throws(() => token.tokenFromScan(text), { code: 'token' })
  assert.equal(log.included(new Uint8Array(32), 1, 1, [], new Uint8Array(32)), false)
})

await runTests()
