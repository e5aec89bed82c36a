// SPDX-License-Identifier: Apache-2.0
// A bad network: the page ends in "recorded" with the one receipt or in "not
// recorded", is never wrong, and says "not yet known" meanwhile.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { press } from './lib/press.mjs'
import { loadProtocol } from './lib/protocol.mjs'
import { Proxy } from './lib/proxy.mjs'
import { runTests, test } from './lib/tap.mjs'
import { confirmButton, review } from './lib/voter.mjs'
import { expectText } from './lib/wait.mjs'
import { answers } from './lib/work.mjs'

const { charter, log } = await loadProtocol()
const browser = await launch()
const e = await (await Election.make(definition(KINDS.approval), 30)).start()
const proxy = await Proxy.open(e.port)
const DIGITS = [1, 0, 1, 0, 0]
let serial = 0

/** A household on its review page, its ballot not sent yet. */
async function ready() {
  serial++
  const device = await Device.open(browser, proxy.url)
  const letter = (await e.scan(serial)).replace(e.url, proxy.url)
  const page = await device.go(letter)
  await review(page, 'approval', DIGITS)
  return { device, page, serial, letter }
}
const send = (page) => press(confirmButton(page))
const status = (page) => page.locator('.notice')
const inLog = async (n) => (await e.api(`/api/serial/${n}`)).status === 'recorded'

/** Recorded, once, and the page shows the log's own code. */
async function assertRecorded({ page, serial: n, device }) {
  await page.locator('.notice.good').waitFor()
  await expectText(status(page), '投好了')
  const { code } = await e.api(`/api/serial/${n}`)
  assert.equal((await page.locator('.notice .code').textContent()).trim(), code)
  assert.deepEqual(device.faults, [])
  await device.close()
}

// The line stays bad until the page has said so, however slow this computer is.
for (const [name, mode] of [
  ['the reply is lost after the vote is recorded', 'cut-reply'],
  ['the connection is cut during the request', 'cut-request'],
]) {
  test(name, async () => {
    const v = await ready()
    const before = (await e.api('/api/state')).cast
    proxy.next(mode, Infinity)
    await send(v.page)
    await expectText(status(v.page), '还不知道')
    assert.equal(await inLog(v.serial), mode === 'cut-reply')
    proxy.next('pass')
    await assertRecorded(v)
    assert.equal((await e.api('/api/state')).cast, before + 1)
  })
}

test('the server says 503 for a while: one waits in line, until once it is not known', async () => {
  const v = await ready()
  const said = ['busy', 'not-known', 'starting']
  const shown = ['正在投票', '人多，正在排队', '还不知道', '还不知道']
  const ballots = []
  await v.page.route('**/api/ballot', async (route) => {
    const n = ballots.push(route.request().postDataBuffer().toString('hex')) - 1
    await expectText(status(v.page), shown[n])
    assert.equal(await inLog(v.serial), false)
    if (n === said.length) return route.continue()
    return route.fulfill({ status: 503, headers: { 'Retry-After': '1' }, json: { error: said[n], message: '' } })
  })
  await send(v.page)
  await assertRecorded(v)
  assert.equal(ballots.length, 4)
  assert.equal(new Set(ballots).size, 1, 'the very same bytes each time')
})

/** A server that answers the nth ballot as `script` says, and then takes it; what came. */
async function asking({ page }, script) {
  const came = []
  await page.route('**/api/ballot', async (route) => {
    const request = route.request()
    came.push({ header: request.headers()['yihu-work'], body: request.postDataBuffer() })
    const work = await script[came.length - 1]?.()
    if (work === undefined) return route.continue()
    return route.fulfill({ status: 503, headers: { 'Retry-After': '1' }, json: { error: 'work', message: '', work } })
  })
  return came
}
const ask = (n, bits = 10) => ({ nonce: `${n}`.repeat(32), bits })

test('a server with too much to do asks for work: it is done by itself, and again when that is too old', async () => {
  const v = await ready()
  const queueing = () => expectText(status(v.page), '人多，正在排队').then(() => undefined)
  const came = await asking(v, [() => ask(1), () => ask(2), queueing])
  await send(v.page)
  await assertRecorded(v)
  assert.equal(came.length, 3)
  assert.equal(came[0].header, undefined)
  assert.ok(answers(ask(1), came[1].body, came[1].header), came[1].header)
  assert.ok(answers(ask(2), came[2].body, came[2].header), came[2].header)
  assert.equal(new Set(came.map(({ body }) => body.toString('hex'))).size, 1, 'the very same bytes each time')
})

test('a server that asks for ever, or for too much: the page waits, and begins anew', async () => {
  const v = await ready()
  const came = await asking(v, [() => ask(0, 40), () => ask(1), () => ask(2), () => ask(3), () => ask(4)])
  await send(v.page)
  await assertRecorded(v)
  assert.deepEqual(
    came.map(({ header }) => header?.[0]),
    [undefined, undefined, '1', '2', '3', undefined],
  )
})

test('a server that is starting, or has no time, while the page opens: it opens by itself', async () => {
  serial++
  const device = await Device.open(browser, proxy.url)
  const page = await device.context.newPage()
  let error = 'starting'
  await page.route('**/charter', (route) =>
    error === null
      ? route.continue()
      : route.fulfill({ status: 503, headers: { 'Retry-After': '1' }, json: { error, message: '' } }),
  )
  await device.go((await e.scan(serial)).replace(e.url, proxy.url), page)
  await expectText(status(page), '正在启动')
  error = 'busy'
  await expectText(status(page), '人多，正在排队')
  error = null
  await page.locator('ol.cards').waitFor()
  await device.close()
})

test('the server is killed before the answer, and comes back', async () => {
  const v = await ready()
  proxy.next('cut-reply', Infinity)
  await send(v.page)
  await expectText(status(v.page), '还不知道')
  const { code } = await e.api(`/api/serial/${v.serial}`)
  await e.restart('SIGKILL')
  proxy.next('pass')
  await assertRecorded(v)
  assert.equal((await e.api(`/api/serial/${v.serial}`)).code, code)
})

test('the server is away when the vote is cast, and comes back', async () => {
  const v = await ready()
  await e.stop()
  await send(v.page)
  await expectText(status(v.page), '还不知道')
  await e.start()
  await assertRecorded(v)
})

for (const [name, answer] of [
  ['a receipt of another ballot', async () => ({ status: 201, json: await e.api('/api/serial/1') })],
  [
    'a receipt that is cut short',
    async () => ({ status: 201, json: { ...(await e.api('/api/serial/1')), receipt: 'c2sp.org/tlog-proof@v1\n' } }),
  ],
  ['no JSON at all', async () => ({ status: 200, body: '<html>log in to the network</html>' })],
  ['JSON that is no object', async () => ({ status: 200, json: null })],
  ['a refusal that is no word of the daemon', async () => ({ status: 429, json: { error: 'slow-down', message: '' } })],
]) {
  test(`${name} is not believed`, async () => {
    const v = await ready()
    let lying = true
    await v.page.route('**/api/ballot', async (route) => (lying ? route.fulfill(await answer()) : route.continue()))
    await send(v.page)
    await expectText(status(v.page), '还不知道')
    assert.equal(await inLog(v.serial), false)
    lying = false
    await assertRecorded(v)
  })
}

/** The receipt with one sign of line n changed; null when there is none. */
function altered(receipt, n) {
  const lines = receipt.split('\n')
  if (n >= lines.length - 1) return null
  const at = Math.floor(lines[n].length / 2)
  lines[n] = lines[n].slice(0, at) + (lines[n][at] === '7' ? '8' : '7') + lines[n].slice(at + 1)
  return lines.join('\n')
}

test('a receipt of which one sign is changed, in any line, proves nothing', async () => {
  const c = charter.parseCharter(await readFile(join(e.box, 'public/charter')))
  const { receipt } = await e.api('/api/serial/1')
  const utf8 = (text) => new TextEncoder().encode(text)
  const check = (text, ballot) => log.requireReceiptOf(log.parseReceipt(utf8(text), c.log), ballot)
  const ballot = log.parseReceipt(utf8(receipt), c.log).entry.slice(9)
  check(receipt, ballot)
  let lines = 0
  for (let text; (text = altered(receipt, lines)) !== null; lines++)
    assert.throws(() => check(text, ballot), `line ${lines + 1}: ${text}`)
  assert.ok(lines >= 8, `${lines}`)
  assert.throws(() =>
    check(
      receipt,
      ballot.map((v, i) => (i === 9 ? v ^ 1 : v)),
    ),
  )
})

test('a receipt whose proof or signature is changed on its way is not believed', async () => {
  const v = await ready()
  let tries = 0
  await v.page.route('**/api/ballot', async (route) => {
    if (tries >= 2) return route.continue()
    const response = await route.fetch()
    const json = await response.json()
    await route.fulfill({
      response,
      json: { ...json, receipt: altered(json.receipt, tries === 0 ? 3 : json.receipt.split('\n').length - 2) },
    })
    tries++
  })
  await send(v.page)
  await assertRecorded(v)
  assert.equal(tries, 2, 'neither was believed')
})

test('closed while it is not known: the letter tells it later, and votes once', async () => {
  const v = await ready()
  proxy.next('cut-reply', Infinity)
  await send(v.page)
  await expectText(status(v.page), '还不知道')
  proxy.next('pass')
  await v.page.close({ runBeforeUnload: false })
  const again = await v.device.go(v.letter)
  await expectText(status(again), (await e.api(`/api/serial/${v.serial}`)).code)
  await v.device.close()
})

test('an answer that comes in a browser without network ends as recorded', async () => {
  const v = await ready()
  await v.device.context.setOffline(true)
  await send(v.page)
  await expectText(status(v.page), '还不知道')
  await v.device.context.setOffline(false)
  await assertRecorded(v)
})

test('a letter that is voided meanwhile: not recorded', async () => {
  const v = await ready()
  await e.tool('issue', 'void', e.folder, String(v.serial))
  await send(v.page)
  await expectText(status(v.page), '没有记录')
  await expectText(status(v.page), '作废')
  assert.equal(await inLog(v.serial), false)
  await v.device.close()
})

test('two tabs of one letter: one vote, and the other page says so', async () => {
  const v = await ready()
  const other = await v.device.go(v.letter)
  await review(other, 'approval', [0, 1, 0, 0, 0])
  const before = (await e.api('/api/state')).cast
  await Promise.all([send(v.page), send(other)])
  await Promise.all([v.page, other].map((p) => p.locator('.notice.good, .notice.bad').waitFor()))
  const ends = await Promise.all([v.page, other].map(async (p) => (await status(p).textContent()).includes('投好了')))
  assert.deepEqual(ends.sort(), [false, true])
  assert.equal((await e.api('/api/state')).cast, before + 1)
  await v.device.close()
})

test('a daemon that asks every ballot for work gets it, from the page and from yihu-cast', async () => {
  e.options = ['--always-ask-work']
  await e.restart()
  const v = await ready()
  await send(v.page)
  await assertRecorded(v)
  const token = join(e.dir, 'token')
  await writeFile(token, await e.scan(++serial))
  await e.tool('cast', e.url, '--token-file', token, '--random', '--yes')
  assert.equal(await inLog(serial), true)
})

test('the poll ends before the ballot arrives: not recorded', async () => {
  const v = await ready()
  proxy.next('cut-request', Infinity)
  await send(v.page)
  await expectText(status(v.page), '还不知道')
  await e.clock(3 * 3600)
  proxy.next('pass')
  await expectText(status(v.page), '没有记录')
  await expectText(status(v.page), '已经结束')
  assert.equal(await inLog(v.serial), false)
  await v.device.close()
})

test('the audit accepts the log of all this', async () => {
  await e.count()
  assert.match(await e.audit(), /VERIFIED/)
})

await runTests()
