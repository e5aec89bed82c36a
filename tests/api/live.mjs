// SPDX-License-Identifier: Apache-2.0
// A live daemon through a whole election: a client of generated types asks it, the
// programs do their work through a line that is listened to, and each answer is held
// to its schema.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { definition, Election, KINDS } from '../browser/lib/election.mjs'
import { loadProtocol } from '../browser/lib/protocol.mjs'
import { Proxy } from '../browser/lib/proxy.mjs'
import { runTests, test } from '../browser/lib/tap.mjs'
import { Description } from './described.mjs'
import { Generated } from './generated.mjs'

const HOUR = 3600
const description = new Description()
const generated = new Generated()
const { Client, codeOf, funded, replacedBy, state, turnout, vote } = await generated.run()
const { ballot, bytes, charter, definition: def, group, token } = await loadProtocol()

const e = await Election.make(definition(KINDS.approval), 7)
const line = await Proxy.open(e.port)
let heard = 0
const faults = []
line.hears = (request, { statusCode: status, headers }, body) => {
  heard++
  try {
    description.requireAnswer(request.method, new URL(request.url, line.url).pathname, { status, headers, body })
  } catch (error) {
    faults.push(error.message)
  }
}
const c = new Client(e.url, (method, path, answer, body) =>
  description.requireAnswer(method.toUpperCase(), path, {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: Buffer.from(body),
  }),
)

/** The programs find the daemon by this file: they go through the line. */
async function begin() {
  await e.start()
  await writeFile(join(e.box, 'address'), `${line.url}\n`)
}
/** Meanwhile time may go by. */
async function again() {
  await e.stop()
  await begin()
}
await e.clock(-HOUR)
await begin()

const open = charter.parseCharter(readFileSync(join(e.box, 'public/charter')))
const projects = def.parseDefinition(readFileSync(join(e.box, 'public/election.pb')))
async function ballotOf(serial, digits) {
  const letter = (await e.scan(serial)).split('#')[1]
  const who = token.credential(open, token.tokenFromDigits(letter))
  const [r, k] = [0, 1].map(() => Array.from({ length: projects.width }, group.randomScalar))
  return ballot.castBallot(open, who, ballot.seal(open, who, def.wordsOf(projects, digits), r, k))
}
/** Asked without types: what a mistaken program sends. */
async function probe(path, init = {}) {
  const a = await fetch(e.url + path, init)
  const body = Buffer.from(await a.arrayBuffer())
  const headers = Object.fromEntries(a.headers)
  description.requireAnswer(init.method ?? 'GET', path, { status: a.status, headers, body })
  const isJson = body.length > 0 && headers['content-type'] === 'application/json'
  return isJson ? `${a.status} ${JSON.parse(body).error ?? ''}`.trim() : a.status
}

test('TypeScript finds nothing wrong with a client of the generated types', () => {
  assert.deepEqual(generated.faults(), [])
})

test('it finds a field that is described no more', () => {
  const [fault] = generated.faults(generated.types.replaceAll('entitled:', 'electors:'))
  assert.match(fault, /'entitled' does not exist/)
})

const first = await ballotOf(1, [1, 0, 1, 0, 0])
test('a ballot by the client, and what stands in its way', async () => {
  assert.equal(await vote(c, first), 'not-open')
  await e.clock(0)
  e.options = ['--always-ask-work']
  await again()
  assert.match(await vote(c, first), /^work of \d+ bits$/)
  e.options = []
  await again()
  const receipt = await vote(c, first)
  assert.match(receipt, /^c2sp.org\/tlog-proof@v1\n/)
  assert.equal(await vote(c, first), receipt, 'the same bytes, the same receipt')
  assert.equal(await vote(c, await ballotOf(1, [0, 1, 0, 0, 0])), 'already-voted at 1')
  assert.equal(await vote(c, first.subarray(0, -1)), 'format')
  assert.equal(await vote(c, bytes.concat(first, first)), 'too-big')
  const forged = await ballotOf(6, [0, 1, 0, 0, 0])
  forged[forged.length - 1] ^= 1
  assert.equal(await vote(c, forged), 'vote-signature')
})

test('letters: replaced, void, and not of this election', async () => {
  await e.tool('issue', 'replace', e.folder, '2')
  await e.tool('issue', 'void', e.folder, '3')
  assert.equal(await replacedBy(c, 2), 8)
  assert.equal(await replacedBy(c, 1), null)
  assert.match(await vote(c, await ballotOf(3, [1, 0, 0, 0, 0])), /^voided at /)
  for (const serial of [4, 5, 8]) assert.match(await vote(c, await ballotOf(serial, [1, 1, 0, 0, 0])), /proof@v1/)
  assert.equal(await codeOf(c, 6), null)
  const code = await codeOf(c, 4)
  assert.equal(await probe(`/api/ballot/${code.toLowerCase()}`), '200')
  assert.equal(await probe('/api/ballot/0000-0000-0000-0000'), '404 not-found')
  assert.equal(await probe('/api/ballot/short'), '400 argument')
  assert.equal(await probe('/api/serial/99'), '404 credential')
  assert.equal(await probe('/api/credential/99'), '404 credential')
  assert.equal(await probe('/api/credential/01'), '400 argument')
})

test('the figures, and a project that is withdrawn', async () => {
  await e.tool('issue', 'withdraw', e.folder, '4', '--reason', '价格印错了')
  await e.tool('trustee', 'withdraw', e.folder, ...e.key())
  await e.tool('issue', 'withdraw', e.folder, '--send')
  const now = await state(c)
  assert.deepEqual([now.state, now.cast, now.withdrawn.map((w) => w.project)], ['open', 4, [4]])
  assert.match(await turnout(c), /^4 of 7, 1 replaced, most at 20/)
})

test('refusals of every kind of path are described', async () => {
  assert.equal(await probe('/api/ballot', { method: 'PUT', body: 'x' }), '405 argument')
  assert.equal(await probe('/api/state', { method: 'POST', body: 'x' }), '405 argument')
  assert.equal(await probe('/nowhere'), '404 not-found')
  assert.equal(await probe('/mix/1'), '404 not-found')
  assert.equal(await probe('/api/entry', { method: 'POST', body: 'Q' }), '400 entry')
  assert.equal(await probe('/api/public/nothing', { method: 'POST', body: 'x' }), '404 not-found')
  assert.equal(await probe('/api/public/box', { method: 'POST', body: 'x' }), '409 state')
  assert.equal(await probe('/api/public/site/a.html', { method: 'POST', body: 'x' }), '403 state')
})

test('files and pages: whole, a part, known already, beyond their end', async () => {
  for (const path of ['/charter', '/election.pb', '/register', '/log/checkpoint', '/files', '/healthz'])
    assert.equal(await probe(path), 200, path)
  const { headers } = await fetch(`${e.url}/charter`)
  assert.equal(await probe('/charter', { headers: { 'If-None-Match': headers.get('etag') } }), 304)
  assert.equal(await probe('/charter', { headers: { Range: 'bytes=0-9' } }), 206)
  assert.equal(await probe('/charter', { headers: { Range: 'bytes=9999999-' } }), '416 argument')
  assert.equal(await probe('/log/tile/entries/000.p/2'), 200)
  assert.equal(await probe('/log/tile/0/001'), '404 not-found')
  assert.equal(await probe('/log/at-close'), '404 not-found')
  for (const path of Object.keys(description.api.paths))
    if (description.callsAt(path)[0]?.is.tags[0] === 'pages' && !path.includes('{'))
      assert.equal(await probe(path), 200, path)
  assert.equal(await probe('/assets/style.css', { method: 'HEAD' }), 200)
  for (const leaf of ['zh.html', 'handbook.css']) assert.equal(await probe(`/handbook/${leaf}`), 200)
})

test('while the ballots are opened, counted and published by the programs', async () => {
  await e.count()
  assert.equal((await state(c)).state, 'published')
  assert.deepEqual(await funded(c), ['路灯更换: 4', '儿童游乐区: 3', '电动车充电棚: 1'])
  assert.equal(await vote(c, await ballotOf(6, [1, 0, 0, 0, 0])), 'closed')
  for (const path of [
    '/log/at-close',
    '/box',
    '/mix/1',
    '/open/1',
    '/results.pb',
    '/results',
    '/results.csv',
    '/preliminary',
  ])
    assert.equal(await probe(path), 200, path)
  assert.equal(await probe('/results', { headers: { Accept: 'text/html' } }), 200)
  assert.equal(await probe('/site/results.html'), 200)
  const same = readFileSync(join(e.box, 'public/preliminary'))
  assert.equal(await probe('/api/public/preliminary', { method: 'POST', body: same }), '200')
  assert.equal(await probe('/api/public/preliminary', { method: 'POST', body: 'x' }), '400 format')
  const other = readFileSync(join(e.box, 'public/box'))
  assert.equal(await probe('/api/public/results', { method: 'POST', body: other.subarray(0, 99) }), '400 format')
  assert.equal(await probe('/api/public/mix/1', { method: 'POST', body: 'x' }), '400 signature')
})

test('and when the results stand', async () => {
  await e.clock(9 * 24 * HOUR)
  await again()
  await e.tool('tally', 'complaints', e.folder, '--filed', '0')
  await e.tool('tally', 'final', e.folder)
  assert.equal(await probe('/final'), 200)
})

test('what the programs asked was answered as described, too', () => {
  assert.ok(heard > 50, `${heard} answers`)
  assert.deepEqual(faults, [])
})

/** What needs an election of another kind, or a thousand tiles. */
const NOT_HERE = ['picture', 'calledOff', 'tile', 'laterTile', 'laterPartialTile']

test('each call was answered well at least once', () => {
  const good = (id) => ['200', '201'].some((status) => description.seen.has(`${id} ${status}`))
  const missed = description.operations.map((o) => o.id).filter((id) => !good(id))
  assert.deepEqual(missed.sort(), NOT_HERE.sort())
})

await runTests()
