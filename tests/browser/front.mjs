// SPDX-License-Identifier: Apache-2.0
// The front page follows the election, by the server's clock: at each stage it
// says how far it is, and what can be done now. Its clock and the phone's are apart.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { axeSource, Device, launch } from './lib/browser.mjs'
import { bench, pictured } from './lib/drawn.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { axe } from './lib/inspect.mjs'
import { press } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'
import { vote } from './lib/voter.mjs'
import { expectText } from './lib/wait.mjs'

const HOUR = 3600
const browser = await launch()
const pb = pictured(definition(KINDS.consent), { p1: 'bench.png', p3: 'bench.png', p4: 'tall.png' })
const e = await Election.make(pb, 6, 1, {}, 'zh', { 'bench.png': bench(1600, 1000), 'tall.png': bench(60, 90) })
await e.clock(-HOUR)
await e.start()
const device = await Device.open(browser, e.url)
await device.context.addInitScript(axeSource())
const page = await device.go(`${e.url}/`)

/** The page, loaded again; its texts, these among them, none of those, and clean by axe. */
async function says(stage, texts, never = []) {
  await device.go(`${e.url}/`, page)
  await expectText(page.locator('.notice'), texts[0])
  const all = await page.locator('main').textContent()
  for (const text of texts) assert.ok(all.includes(text), `${stage}: “${text}” is not in ${all}`)
  for (const text of never) assert.ok(!all.includes(text), `${stage}: “${text}” is there`)
  await axe(page)
  await keepPicture(page, `front-${stage}`)
}
async function keepPicture(of, name) {
  if (process.env.YIHU_PICTURES !== undefined)
    await of.screenshot({ path: join(process.env.YIHU_PICTURES, `${name}.png`), fullPage: true })
}

const PROJECTS = ['路灯更换', '1,000 元', '同意要多于反对', '弃权：算参加']

test('announced: when it opens, what letter to expect, the projects and the rule', async () => {
  await says('announced', ['投票还没有开始', '截止', '每户会收到一封信', ...PROJECTS], ['正在投票', '已投'])
})

/** The addresses of pictures that the page asks for from now on. */
function askedPictures(of) {
  const asked = []
  of.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/img/')) asked.push(request.url())
  })
  return asked
}
const fold = (of, i) => of.locator('.card').nth(i).locator('details')
const see = (of, i) => press(fold(of, i).locator('summary'))
const image = (of, i) => fold(of, i).locator('.picture img')
const size = (of, i) => image(of, i).evaluate((img) => [img.naturalWidth, img.naturalHeight])
const room = (of, i) => fold(of, i).locator('.picture').boundingBox()

test('a picture comes when its project is opened, and not before; nothing moves when it does', async () => {
  const asked = askedPictures(page)
  await device.go(`${e.url}/`, page)
  await page.locator('.card').nth(4).scrollIntoViewIfNeeded()
  assert.deepEqual([asked.length, await fold(page, 1).count(), await page.locator('.picture').count()], [0, 0, 3])
  await page.route('**/img/*', async (route) => {
    before = await room(page, 0)
    await route.continue()
  })
  let before = null
  await see(page, 0)
  await image(page, 0).waitFor()
  assert.deepEqual(await size(page, 0), [1280, 800])
  assert.equal(await image(page, 0).getAttribute('alt'), '路灯更换')
  assert.deepEqual(await room(page, 0), before)
  assert.equal(asked.length, 1)
  await see(page, 2) // the same picture
  await image(page, 2).waitFor()
  assert.equal(asked.length, 1)
  await see(page, 3)
  await image(page, 3).waitFor()
  assert.deepEqual(await size(page, 3), [60, 90])
  await page.unroute('**/img/*')
  await axe(page)
})

test('a picture that is another, or does not come, is not shown, and the page says so', async () => {
  await page.route('**/img/*', (route) => route.fulfill({ body: bench(8, 8), contentType: 'image/png' }))
  await device.go(`${e.url}/`, page)
  await see(page, 0)
  await expectText(fold(page, 0).locator('.picture p'), '不是表决文件里的那一张')
  assert.ok(await image(page, 0).isHidden())
  await page.unroute('**/img/*')
  await page.route('**/img/*', (route) => route.abort())
  await see(page, 3)
  await expectText(fold(page, 3).locator('.picture p'), '没有取到')
  await page.unroute('**/img/*')
  await see(page, 3)
  await see(page, 3)
  await image(page, 3).waitFor()
})

test('open: the time that is left, how to vote, turnout against the quorum', async () => {
  await e.clock(0)
  const voter = await Device.open(browser, e.url)
  const choosing = await voter.go(await e.scan(1))
  await choosing.locator('.card').nth(0).waitFor()
  const asked = askedPictures(choosing)
  await see(choosing, 0)
  await image(choosing, 0).waitFor()
  assert.equal(asked.length, 1)
  await keepPicture(choosing, 'v-picture')
  await vote(choosing, 'consent', [1, 1, 1, 0, 0])
  await voter.close()
  const texts = ['正在投票', '还剩 2 小时', '怎样投票', '用手机扫描信上的二维码', '已投 1 户', '还差 3 户', ...PROJECTS]
  await says('open', texts, ['还没有开始'])
  const bar = await page.locator('svg.turnout').evaluate((svg) => {
    const width = (selector) => Number(svg.querySelector(selector).getAttribute('width'))
    const marks = [...svg.querySelectorAll('.mark')].map((mark) => Number(mark.getAttribute('x1')))
    return { share: width('.cast') / width('.all'), marks: marks.map((at) => at / width('.all')) }
  })
  assert.ok(Math.abs(bar.share - 1 / 6) < 1e-9)
  assert.deepEqual(bar.marks, [4 / 6])
})

test('the last minutes are told in minutes', async () => {
  await e.clock(2 * HOUR - 600)
  await says('last', ['正在投票', '分钟'], ['小时'])
})

test('the poll’s end, then each step of the count', async () => {
  await e.clock(3 * HOUR)
  await e.close()
  await says(
    'closed',
    ['正在计票', '密钥保管人封箱', '不到 4 户参加，这次表决没有效力', '这一位必须到场'],
    ['怎样投票', '扫描信上'],
  )
  for (const [verb, text] of [
    ['box', '打乱选票的次序'],
    ['shuffle', '正在共同开箱'],
    ['open', '正在核对、公布结果'],
  ]) {
    await e.tool('trustee', verb, e.folder, ...e.key())
    await says(`count-${verb}`, ['正在计票', text], ['怎样投票'])
  }
})

test('published: the way to the results comes first', async () => {
  await e.tool('tally', 'count', e.folder).catch(() => '')
  await e.tool('issue', 'sign', e.folder)
  await e.tool('trustee', 'sign', e.folder, ...e.key())
  await e.tool('tally', 'publish', e.folder)
  await says(
    'preliminary',
    ['初步结果出来了，正在公示', '之前向居委会提出', '看结果'],
    ['怎样投票', '正在计票', '最终'],
  )
  await page.locator('.notice a.main').click()
  await page.waitForURL(`${e.url}/results`)
})

test('final, once the time for objections is over', async () => {
  await e.clock(10 * 24 * HOUR)
  await e.tool('tally', 'final', e.folder)
  await says('final', ['最终结果出来了', '看结果'], ['怎样投票', '正在计票', '初步'])
})

test('without a word of the daemon: the times, and no stage made up', async () => {
  await page.route('**/api/state', (route) => route.abort())
  await device.go(`${e.url}/`, page)
  await expectText(page.locator('main'), '投票时间')
  const all = await page.locator('main').textContent()
  for (const text of ['正在投票', '还没有开始', '已经截止', '结果已经公布']) assert.ok(!all.includes(text), text)
})

test('the board goes by the server’s clock, not by the phone’s', async () => {
  const other = await (await Election.make(definition(KINDS.approval), 2)).start()
  const wrong = await Device.open(browser, other.url)
  const board = await wrong.context.newPage()
  await board.clock.install({ time: Date.now() + 86400000 })
  await wrong.go(`${other.url}/board`, board)
  await expectText(board.locator('main'), '截止时间', '投票截止')
  assert.doesNotMatch(await board.locator('main').textContent(), /已于.*结束/)
  await wrong.close()
  await other.end()
})

await runTests()
