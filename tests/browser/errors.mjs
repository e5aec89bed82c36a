// SPDX-License-Identifier: Apache-2.0
// What a page says when it cannot go on: a plain sentence, and what to do.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { press } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'
import { vote } from './lib/voter.mjs'
import { expectText } from './lib/wait.mjs'

const browser = await launch()
const e = await (await Election.make(definition(KINDS.approval), 9)).start()
const HOUR = 3600

/** Opens an address and expects words; before: what is prepared. */
async function expectWords(url, words, { before = async () => {}, options = {}, quiet = true } = {}) {
  const d = await Device.open(browser, e.url, options)
  const page = await d.context.newPage()
  await before(page)
  await d.go(url, page)
  for (const text of words) await expectText(page.locator('main'), text)
  await d.assertClean({ quiet })
  assert.ok(!/[{}]/.test(await page.locator('main').textContent()), 'no value is missing')
  await d.close()
}

test('without JavaScript a plain sentence', () =>
  expectWords(`${e.url}/v`, ['请再试一次', 'newer browser'], { options: { javaScriptEnabled: false } }))

test('where the script cannot be read, a plain sentence', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.context.newPage()
  await page.route('**/assets/v.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'this is no script for this browser' }),
  )
  await d.go(`${e.url}/v`, page)
  await expectText(page.locator('main'), '请再试一次')
  assert.equal(d.faults.length, 1, 'the script itself')
  await d.close()
})

test('where the script does not arrive, a plain sentence', () =>
  expectWords(`${e.url}/v`, ['请再试一次'], {
    before: (page) => page.route('**/assets/v.js', (route) => route.abort()),
    quiet: false,
  }))

test('the script for old browsers is ES5', async () => {
  const { transformSync } = createRequire(join(process.env.YIHU_WEB, 'package.json'))('esbuild')
  const code = await (await fetch(`${e.url}/assets/old.js`)).text()
  transformSync(code, { target: 'es5' })
  assert.doesNotMatch(code, /=>|`|\b(let|const|class)\b/)
  assert.match(await (await fetch(`${e.url}/v`)).text(), /<script src="assets\/old\.js">/)
})

test('a damaged QR', async () => {
  const letter = await e.scan(1)
  await expectWords(letter.slice(0, -3), ['二维码已损坏', '投票台'])
  await expectWords(`${letter.slice(0, -1)}x`, ['二维码已损坏'])
  const at = letter.length - 40
  const turned = letter.slice(0, at) + ((Number(letter[at]) + 1) % 10) + letter.slice(at + 1)
  await expectWords(turned, ['不属于这次表决'])
})

test('a mistyped code, and then the right one', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(`${e.url}/v`)
  const { typed } = (await e.list())[1]
  for (const wrong of [`${typed.slice(0, -1)}${typed.endsWith('0') ? '8' : '0'}`, typed.slice(4), 'U'.repeat(36)]) {
    await page.locator('#typed').fill(wrong)
    await page.keyboard.press('Enter')
    await expectText(page.locator('.notice.bad'), '代码输错了')
  }
  await page.locator('#typed').fill(typed)
  await page.keyboard.press('Enter')
  await page.locator('ol.cards').waitFor()
  await d.close()
})

test('a letter of another election', async () => {
  const other = await Election.make(definition(KINDS.consent), 2)
  await expectWords((await other.scan(1)).replace(other.url, e.url), ['不属于这次表决', '投票台'])
  await other.end()
})

test('already voted: when and by which code, never what', async () => {
  const d = await Device.open(browser, e.url)
  const code = await vote(await d.go(await e.scan(1)), 'approval', [1, 1, 0, 0, 0])
  await d.close()
  await expectWords(await e.scan(1), ['0001 号信件已于', code, '别人也看不到', '居委会'])
})

test('voided, and replaced by another letter', async () => {
  await e.tool('issue', 'replace', e.folder, '2')
  await expectWords(await e.scan(2), ['0002 号信件已作废', '0010 号信件'])
  await e.tool('issue', 'void', e.folder, '3')
  await expectWords(await e.scan(3), ['0003 号信件已作废', '居委会'])
  const d = await Device.open(browser, e.url)
  await vote(await d.go(await e.scan(10)), 'approval', [0, 1, 0, 0, 0])
  await d.close()
})

test('a letter’s link that a messenger mangled: it votes all the same, or is to be scanned again', async () => {
  const scan = await e.scan(4)
  const [, digits] = scan.split('#')
  for (const link of [`/V#${digits}`, `/v/#${digits}`, `/v#${digits}?from=singlemessage`, `/v#${digits}%0A`]) {
    const d = await Device.open(browser, e.url)
    const page = await d.go(e.url + link)
    await page.locator('ol.cards').waitFor()
    assert.equal(page.url(), `${e.url}/v`, link)
    await d.close()
  }
  const d = await Device.open(browser, e.url)
  const page = await d.context.newPage()
  await page.goto(`${e.url}/v%23${digits}`)
  await expectText(page.locator('main'), '再扫一次就行')
  assert.equal((await page.goto(`${e.url}/v%23${digits}/`)).status(), 404)
  const answer = await page.goto(`${e.url}/vote`)
  assert.equal(answer.status(), 404)
  await expectText(page.locator('body'), '请再扫一次信上的二维码')
  await page.getByText('Front page').click()
  await page.waitForURL(`${e.url}/`)
  await d.close()
})

test('the server cannot be reached, and then it can', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.context.newPage()
  await page.route('**/charter', (route) => route.abort())
  await d.go(await e.scan(4), page)
  await expectText(page.locator('main'), '连不上服务器')
  await expectText(page.locator('main'), '仍然有效')
  await page.unroute('**/charter')
  await press(page.getByRole('button', { name: '再试一次' }))
  await page.locator('ol.cards').waitFor()
  await d.close()
})

for (const [name, path, change] of [
  ['a charter with one letter changed', 'charter', (text) => text.replace('households 9', 'households 8')],
  ['a charter without its holder', 'charter', (text) => text.split('\n').slice(0, -2).join('\n') + '\n'],
  ['another definition', 'election.pb', (text) => text.replace(';1000;', ';1001;')],
]) {
  test(`${name}: the page asks for no vote`, async () => {
    const d = await Device.open(browser, e.url)
    const page = await d.context.newPage()
    await page.route(`**/${path}`, async (route) => {
      const answer = await route.fetch()
      const text = await answer.text()
      assert.notEqual(change(text), text)
      await route.fulfill({ response: answer, body: change(text) })
    })
    await d.go(await e.scan(4), page)
    await expectText(page.locator('.notice.bad'), '不可信')
    assert.equal(await page.locator('input, ol.cards').count(), 0)
    await d.close()
  })
}

test("the phone's clock is wrong: said, and the vote goes on", async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.context.newPage()
  await page.clock.install({ time: Date.now() + 26 * HOUR * 1000 })
  await d.go(await e.scan(5), page)
  await expectText(page.locator('main'), '这部手机的时间不准')
  await vote(page, 'approval', [1, 0, 0, 0, 0])
  await d.close()
})

test('not open yet', async () => {
  await e.stop()
  // A log never goes back in time: another election, an hour before it opens.
  const early = await Election.make(definition(KINDS.approval), 2)
  await early.clock(-HOUR)
  await early.start()
  const d = await Device.open(browser, early.url)
  const page = await d.go(await early.scan(1))
  await expectText(page.locator('main'), '投票尚未开始')
  await expectText(page.locator('main'), '到时再扫一次')
  await d.assertClean()
  await d.close()
  await early.end()
  await e.start()
})

test('over', async () => {
  await e.clock(3 * HOUR)
  await expectWords(await e.scan(6), ['投票已于', '不再接受'])
  await expectWords(await e.scan(1), ['0001 号信件已于'])
})

await runTests()
