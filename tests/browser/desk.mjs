// SPDX-License-Identifier: Apache-2.0
// The count desk's ballots that wait: the browser killed, a reply lost, the
// poll's end; and what is printed.
import assert from 'node:assert/strict'
import { mkdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { DESKTOP, Device, launch, launchIn } from './lib/browser.mjs'
import { digitsOf, kept, openDesk, openDevice, press, row, slip, slipsOf, tally } from './lib/desk.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { runTests, test } from './lib/tap.mjs'
import { expectText } from './lib/wait.mjs'
import { answers } from './lib/work.mjs'

const e = await (await Election.make(definition(KINDS.consent), 30)).start()
const browser = await launch()
const desk = (options) => openDevice(browser, e, options)
const recorded = []
let serial = 0
/** The next letter, whose slip is to be in the log at the end. */
function next() {
  recorded.push(++serial)
  return serial
}
const statusOf = async (n) => (await e.api(`/api/serial/${n}`)).status

/** The browser's own process, as the profile names it. */
async function killBrowser(folder, context) {
  const closed = new Promise((done) => context.on('close', done))
  process.kill(Number((await readlink(join(folder, 'SingletonLock'))).split('-').at(-1)), 'SIGKILL')
  await closed
}

test('the browser is killed while ballots wait and the daemon is away: they are there, more are taken', async () => {
  const folder = join(e.dir, 'profile')
  await mkdir(folder)
  let device = await Device.around(await launchIn(folder, { viewport: DESKTOP }), e.url)
  let page = await openDesk(e, device)
  await kept(page)
  await e.stop('SIGKILL')
  const waiting = [next(), next()]
  for (const n of waiting) await slip(e, page, n)
  await expectText(tally(page), '等待 2 张')
  const before = JSON.stringify(await slipsOf(page))
  await killBrowser(folder, device.context)

  device = await Device.around(await launchIn(folder, { viewport: DESKTOP }), e.url)
  page = await openDesk(e, device)
  await expectText(tally(page), '等待 2 张')
  assert.equal(JSON.stringify(await slipsOf(page)), before, 'the very same bytes')
  waiting.push(next())
  await slip(e, page, waiting.at(-1))
  await e.start()
  await expectText(tally(page), '已记录 3 张 · 等待 0 张')
  for (const n of waiting) assert.equal(await statusOf(n), 'recorded')
  await device.assertClean({ quiet: false })
  await device.close()
})

test('a browser that cannot keep the page says not to reload it', async () => {
  const device = await desk({ serviceWorkers: 'block' })
  const page = await openDesk(e, device)
  assert.doesNotMatch(await tally(page).textContent(), /不要刷新/)
  await e.stop()
  await slip(e, page, next())
  await expectText(tally(page), '不要刷新，也不要关闭')
  await e.start()
  await expectText(tally(page), '等待 0 张')
  assert.doesNotMatch(await tally(page).textContent(), /不要刷新/)
  await device.close()
})

test('the browser keeps the desk’s page and what is voted on, nothing else, and for no other page', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
  await kept(page)
  const paths = await page.evaluate(async () => {
    const [name, ...more] = await caches.keys()
    return [...more, ...(await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname)].sort()
  })
  assert.deepEqual(paths, [
    '/assets/old.js',
    '/assets/station.js',
    '/assets/style.css',
    '/assets/zxing_reader.wasm',
    '/charter',
    '/election.pb',
    '/station',
  ])
  for (const path of ['/v', '/board', '/']) {
    await device.go(`${e.url}${path}`, page)
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null, path)
  }
  await device.close()
})

test('a daemon that hangs: the desk opens, and its slips wait', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
  await kept(page)
  e.daemon.kill('SIGSTOP')
  await page.reload()
  await page.locator('#scan').waitFor()
  e.daemon.kill('SIGCONT')
  await slip(e, page, next())
  await expectText(tally(page), '等待 0 张')
  await device.assertClean({ quiet: false })
  await device.close()
})

test('the same letter keyed at two desks: one ballot counts, and the other is told', async () => {
  const [one, two] = [await desk(), await desk()]
  const [a, b] = [await openDesk(e, one), await openDesk(e, two)]
  await e.stop()
  const n = next()
  await slip(e, a, n)
  await slip(e, b, n)
  await e.start()
  await Promise.all([a, b].map((page) => expectText(tally(page), '等待 0 张')))
  const ends = await Promise.all([a, b].map(async (page) => /已记录 1 张/.test(await tally(page).textContent())))
  assert.deepEqual(ends.sort(), [false, true])
  await expectText(ends[0] ? b.locator('.notice') : a.locator('.notice'), '投好了', '已经投过票')
  await Promise.all([one.close(), two.close()])
})

test('the letter before is shown as recorded, and its receipt prints by itself', async () => {
  const device = await desk()
  const page = await device.context.newPage()
  await page.addInitScript(() => {
    window.printed = 0
    window.print = () => {
      window.printed++
    }
  })
  await device.go(`${e.url}/station`, page)
  await page.locator('#scan').waitFor()
  const n = next()
  await slip(e, page, n)
  await page.locator('.notice.good').waitFor()
  await page.getByRole('button', { name: '打印' }).click()
  assert.equal(await page.evaluate(() => window.printed), 1)
  await page.emulateMedia({ media: 'print' })
  const paper = await page.locator('body').innerText()
  const { code, index } = await e.api(`/api/serial/${n}`)
  for (const text of [
    code,
    String(index),
    `00${String(n).padStart(2, '0')} 号信件`,
    '测试社区年度项目表决',
    '回执不显示您的选择',
    '表决短码',
  ])
    assert.ok(paper.includes(text), `${text}: ${paper}`)
  assert.doesNotMatch(paper, /同意|反对|弃权|下一封信|等待|本批清单/)
  await device.close()
})

test('a day of batches: each sheet has its own letters, and a reload goes on', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
  const [first, second] = [next(), next()]
  await slip(e, page, first)
  await page.locator('.notice.good').waitFor()
  await page.getByRole('button', { name: '本批清单' }).click()
  await page.getByRole('button', { name: '开始新一批' }).click()
  await expectText(tally(page), '第 2 批')
  const other = await openDesk(e, device)
  await expectText(tally(other), '第 2 批')
  await page.bringToFront()
  await page.reload()
  await page.locator('#scan').waitFor()
  await expectText(tally(page), '第 2 批')
  await slip(e, page, second)
  await page.locator('.notice.good').waitFor()
  await page.reload()
  await page.locator('#scan').waitFor()
  await page.getByRole('button', { name: '本批清单' }).click()
  await expectText(page.locator('h1'), '第 2 批清单')
  assert.deepEqual(await page.locator('tbody td:nth-child(2)').allTextContents(), [String(second).padStart(4, '0')])
  await device.close()
})

test('a quarter of an hour before the end what waits is urgent', async () => {
  const device = await desk()
  const page = await device.context.newPage()
  await page.clock.install({ time: (e.closes - 16 * 60) * 1000 })
  await device.go(`${e.url}/station`, page)
  await page.locator('#scan').waitFor()
  assert.doesNotMatch(await tally(page).textContent(), /分钟投票结束/)
  await page.clock.runFor(70 * 1000)
  await expectText(tally(page), '还有 15 分钟投票结束，0 张在等待')
  await device.close()
})

test('a daemon that asks for work, and one that starts: the desk does it, says so, and sends by itself', async () => {
  const device = await desk({ serviceWorkers: 'block' })
  const page = await openDesk(e, device)
  const ask = { nonce: 'ab'.repeat(16), bits: 10 }
  const refuse = (route, json) => route.fulfill({ status: 503, headers: { 'Retry-After': '1' }, json })
  const came = []
  let answer = (route) => refuse(route, { error: 'work', message: '', work: ask })
  await page.route('**/api/ballot', (route) => {
    came.push(route.request())
    return answer(route)
  })
  await slip(e, page, next())
  await expectText(page.locator('.notice'), '人多，正在排队')
  answer = (route) => refuse(route, { error: 'starting', message: '' })
  await expectText(page.locator('.notice'), '正在启动')
  answer = (route) => route.continue()
  await expectText(tally(page), '已记录 1 张 · 等待 0 张')
  const [first, second] = came
  assert.equal(first.headers()['yihu-work'], undefined)
  assert.ok(answers(ask, second.postDataBuffer(), second.headers()['yihu-work']))
  await device.close()
})

/** A desk to which no reply comes until it hears, though the daemon takes what it sends. */
async function deafDesk() {
  const device = await desk({ serviceWorkers: 'block' })
  const page = await openDesk(e, device)
  let hears = false
  await page.route('**/api/ballot', async (route) => {
    if (hears) return route.continue()
    await route.fetch().catch(() => {})
    await route.abort()
  })
  return {
    device,
    page,
    hear: () => {
      hears = true
    },
  }
}
/** Keyed before the end, sent after it. */
const LATE = 25

test('after the end: a ballot whose reply was lost is recorded, the letters that came late are listed', async () => {
  const deaf = await deafDesk()
  const n = next()
  await slip(e, deaf.page, n)
  await expectText(tally(deaf.page), '等待 1 张')
  assert.equal(await statusOf(n), 'recorded')
  const device = await desk()
  const page = await device.context.newPage()
  await page.clock.install()
  await device.go(`${e.url}/station`, page)
  await page.locator('#scan').waitFor()
  await e.stop()
  await page.clock.resume()
  await slip(e, page, LATE)
  await expectText(page.locator('.notice.wait'), '等待记录')

  await e.clock(3 * 3600)
  await page.clock.setSystemTime(Date.now() + 3 * 3600 * 1000)
  await page.clock.runFor(11000)
  await expectText(tally(page), `还不知道是否计入：00${LATE}`)
  await e.start()
  await page.clock.runFor(5000)
  await expectText(tally(page), `没有计入：00${LATE}`)
  deaf.hear()
  await expectText(tally(deaf.page), '已记录 1 张 · 等待 0 张')
  await Promise.all([device.close(), deaf.device.close()])
})

test('what is opened is what was keyed', async () => {
  await e.count()
  assert.deepEqual(await e.votes(), recorded.map((n) => row(digitsOf(n))).sort())
  assert.match(await e.audit(), /VERIFIED/)
})

await runTests()
