// SPDX-License-Identifier: Apache-2.0
// Cast or check (PROTOCOL §13), by screenshots that a second device reads.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { photograph } from './lib/pictures.mjs'
import { alteredPage } from './lib/protocol.mjs'
import { press, rested } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'
import { cast, openCheck, review, toReview, voteAfresh } from './lib/voter.mjs'
import { expectText } from './lib/wait.mjs'

const browser = await launch()
const e = await (await Election.make(definition(KINDS.approval), 12)).start()
const picture = join(e.dir, 'screen.png')
const DIGITS = [1, 0, 1, 0, 0]
let serial = 0

/** The phone on its review page, and the second device that has read its code. */
async function pair(election = e, kind = 'approval', digits = DIGITS, altered = null) {
  const phone = await Device.open(browser, election.url)
  const other = await Device.open(browser, election.url)
  const page = await phone.context.newPage()
  if (altered)
    await page.route('**/assets/v.js', (route) => route.fulfill({ contentType: 'text/javascript', body: altered }))
  await phone.go(await election.scan(++serial), page)
  await review(page, kind, digits)
  await openCheck(page)
  const link = await photograph(page, picture)
  assert.match(link, new RegExp(`^${election.url}/check#c[0-9a-f]{64}$`))
  const second = await other.go(link)
  await expectText(second.locator('h1'), '已记下')
  return { phone, other, page, second, link, close: () => Promise.all([phone.close(), other.close()]) }
}
const checkNow = (page) => press(page.locator('.commitment button'))
const bytesOf = (link) => Buffer.from(link.split('#d')[1], 'base64url')

test('what the second device remembers is what the phone shows in signs', async () => {
  const p = await pair()
  const signs = (page) => page.locator('main .code').last().textContent()
  assert.equal(await p.second.locator('p.code').first().textContent(), await signs(p.page))
  await p.close()
})

test('an honest phone: the check shows the choice and agrees', async () => {
  const p = await pair()
  await checkNow(p.page)
  const result = await p.other.go(await photograph(p.page, picture))
  await expectText(result.locator('.notice.good'), '手机加密的就是您选的内容')
  const shown = await result.locator('.review strong').allTextContents()
  assert.deepEqual(
    shown,
    DIGITS.map((digit) => (digit ? '选' : '不选')),
  )
  await p.phone.assertClean()
  await p.other.assertClean()
  await p.close()
})

test('a ballot of many words goes by a file', async () => {
  const large = await (await Election.make(definition(KINDS.scoring, 40), 13)).start()
  const digits = Array.from({ length: 40 }, (_, i) => (i % 9 === 0 ? i % 6 : 0))
  const p = await pair(large, 'scoring', digits)
  await checkNow(p.page)
  await expectText(p.page.locator('main'), '二维码放不下')
  await rested(p.page)
  const [download] = await Promise.all([
    p.page.waitForEvent('download'),
    p.page.getByRole('button', { name: '保存检查文件' }).click(),
  ])
  await p.second.locator('#file').setInputFiles(await download.path())
  await expectText(p.second.locator('.notice.good'), '手机加密的就是您选的内容')
  assert.deepEqual(
    await p.second.locator('.review strong').allTextContents(),
    digits.map((digit) => `${digit} 分`),
  )
  await p.other.assertClean()
  await p.close()
  await large.end()
})

const SEAL_ANOTHER = [
  'v.ts',
  'seal(e.charter, who, wordsOf(e.definition, choice.digits))',
  'seal(e.charter, who, wordsOf(e.definition, choice.digits.map((v) => 1 - v)))',
]

test('a page that seals another choice is caught', async () => {
  const p = await pair(e, 'approval', DIGITS, await alteredPage('v', [SEAL_ANOTHER]))
  await checkNow(p.page)
  const result = await p.other.go(await photograph(p.page, picture))
  await expectText(result.locator('.notice.bad'), '检查没有通过')
  await expectText(result.locator('.notice.bad'), '不要用那部手机投票')
  await p.close()
})

test('a page that opens another ballot than it committed to is caught', async () => {
  const afresh = [
    'v.ts',
    'openedText(sealed, choice.digits)',
    'openedText(seal((election as Election).charter, who, sealed.words), choice.digits)',
  ]
  const p = await pair(e, 'approval', DIGITS, await alteredPage('v', [afresh]))
  await checkNow(p.page)
  const result = await p.other.go(await photograph(p.page, picture))
  await expectText(result.locator('.notice.bad'), '与手机先前显示的核对码不符')
  await p.close()
})

test('a page that casts another ballot than it committed to is caught', async () => {
  const other = [
    'v.ts',
    'const ballot = voting.cast(e, who, sealed)',
    'const ballot = voting.cast(e, who, seal(e.charter, who, sealed.words))',
  ]
  const p = await pair(e, 'approval', DIGITS, await alteredPage('v', [other]))
  await cast(p.page)
  await p.second.locator('#code').fill((await p.page.locator('.notice .code').textContent()).trim())
  await p.second.keyboard.press('Enter')
  await expectText(p.second.locator('.notice.bad'), '与手机先前显示的核对码不符')
  await p.close()
})

test('an honest cast: the ballot in the log is the committed one', async () => {
  const p = await pair()
  await cast(p.page)
  const code = (await p.page.locator('.notice .code').textContent()).trim()
  await p.second.locator('#code').fill('0000-0000-0000-0000')
  await p.second.keyboard.press('Enter')
  await expectText(p.second.locator('.notice.bad'), '没有这个代码')
  await p.second.locator('#code').fill(code.toLowerCase())
  await p.second.keyboard.press('Enter')
  await expectText(p.second.locator('.notice.good'), '记录的正是手机先前显示核对码的那张选票')
  await p.close()
})

test('a checked ballot cannot be cast, and what follows has other randomness', async () => {
  const p = await pair()
  await checkNow(p.page)
  const opened = bytesOf(await photograph(p.page, picture))
  const unsigned = opened.subarray(0, 102 + 128)
  for (const body of [unsigned, Buffer.concat([unsigned, Buffer.alloc(64)])]) {
    const answer = await fetch(`${e.url}/api/ballot`, { method: 'POST', body })
    assert.equal(answer.status, 400)
  }
  await voteAfresh(p.page)
  assert.equal(await p.page.getByRole('checkbox', { checked: true }).count(), 2, 'the choice is kept')
  await toReview(p.page)
  await openCheck(p.page)
  const link = await photograph(p.page, picture)
  assert.notEqual(link, p.link)
  await checkNow(p.page)
  const again = bytesOf(await photograph(p.page, picture))
  const r = (bytes) => bytes.subarray(102 + 128, 102 + 128 + 32).toString('hex')
  const A = (bytes) => bytes.subarray(102, 134).toString('hex')
  assert.notEqual(r(again), r(opened))
  assert.notEqual(A(again), A(opened))
  assert.equal(again.subarray(0, 101).toString('hex'), opened.subarray(0, 101).toString('hex'), 'the same letter')
  await voteAfresh(p.page)
  await toReview(p.page)
  await cast(p.page)
  await expectText(p.page.locator('.notice'), '投好了')
  await p.close()
})

test('check data that is damaged is no good news', async () => {
  const p = await pair()
  await checkNow(p.page)
  const link = await photograph(p.page, picture)
  for (const bad of [link.slice(0, -8), `${link}AAAA`, link.replace('#d', '#d!'), `${e.url}/check#c12`]) {
    const page = await p.other.go(bad.replace('/check#', '/check?x#'))
    await page.locator('h1').waitFor()
    await expectText(page.locator('main'), '检查没有通过', '用这部设备扫描它')
    assert.equal(await page.locator('.notice.good').count(), 0)
    await page.close()
  }
  await p.close()
})

await runTests()
