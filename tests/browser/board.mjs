// SPDX-License-Identifier: Apache-2.0
// The board: what the log proves, for a thousand households, from the daemon
// and from a plain copy of the public folder.
import assert from 'node:assert/strict'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { plainHost } from './lib/plain.mjs'
import { runTests, test } from './lib/tap.mjs'
import { expectText } from './lib/wait.mjs'

const HOUSEHOLDS = 1000
const CAST = 300
const pb = definition(KINDS.approval)
const thousands = (n) => n.toLocaleString('en-US')
const browser = await launch()
const e = await (await Election.make(pb, HOUSEHOLDS)).start()

/** Letters 1 to CAST vote, by the C client. */
async function castMany() {
  const rows = Array.from({ length: CAST }, (_, i) => `${i + 1};p${(i % 5) + 1}\n`).join('')
  const votes = join(e.dir, 'votes.pb')
  await writeFile(votes, pb.replace('num_votes;0', `num_votes;${CAST}`) + rows)
  await e.tool('cast', e.url, '--replay', votes, '--letters', join(e.folder, 'letters/list.csv'), '--clients', '8')
}
await castMany()
await e.tool('issue', 'replace', e.folder, '900')
await e.tool('issue', 'void', e.folder, '901')

/** What the board says, against what the API says. */
async function assertFigures(page) {
  const turnout = await e.api('/api/turnout')
  await expectText(
    page.locator('main'),
    `有投票权的 ${thousands(turnout.entitled)} 户，已投 ${thousands(turnout.cast)} 户`,
  )
  await expectText(page.locator('main'), `至少要有 1 户投票才会开箱；目前已投 ${turnout.cast} 户`)
  assert.equal(turnout.cast, CAST)
  const hours = await page.locator('section table').first().locator('tbody tr td:last-child').allTextContents()
  assert.deepEqual(
    hours.map(Number),
    turnout.hours.map((hour) => hour.ballots),
  )
  const terms = await page.locator('dl').last().locator('dd').allTextContents()
  const checkpoint = (await (await fetch(`${e.url}/log/checkpoint`)).text()).split('\n')
  assert.deepEqual([terms[0], terms[2], terms[3]], checkpoint.slice(0, 3))
  const charter = await (await fetch(`${e.url}/charter`)).text()
  assert.ok(charter.split('\n').includes(`log ${terms[1]}`), 'the key for independent monitors is the charter’s')
  assert.equal(String(turnout.cast + 3), terms[2], 'with the opening and two changes')
}

async function find(page, text) {
  await page.locator('#search').fill(text)
  await page.keyboard.press('Enter')
  return (await page.locator('section div[aria-live]').textContent()).trim()
}

async function assertSearch(page) {
  const { code, serial = 7 } = await e.api('/api/serial/7')
  assert.match(await find(page, '7'), new RegExp(code))
  assert.match(await find(page, '0007'), new RegExp(code))
  assert.match(await find(page, code.toLowerCase().replace(/-/g, ' ').replace(/0/g, 'o')), new RegExp(`000${serial}`))
  assert.match(await find(page, String(CAST + 1)), /尚未投票/)
  assert.match(await find(page, '900'), /由 1001 号代替/)
  assert.match(await find(page, '1001'), /代替 0900 号/)
  assert.match(await find(page, '901'), /已作废/)
  for (const nothing of ['1002', '0', 'ZZZZ-ZZZZ-ZZZZ-ZZZZ', '<b>']) assert.match(await find(page, nothing), /没有找到/)
}

let began
const open = async (device, url) => {
  began = Date.now()
  const page = await device.go(url)
  await page.locator('#search').waitFor()
  return page
}

test('a thousand households: the figures are the API’s', async () => {
  const device = await Device.open(browser, e.url)
  const page = await open(device, `${e.url}/board`)
  console.log(`# ${Date.now() - began} ms until a search can begin`)
  await assertFigures(page)
  await assertSearch(page)
  await device.assertClean()
  await device.close()
})

test('every letter is there, a hundred a page', async () => {
  const device = await Device.open(browser, e.url)
  const page = await open(device, `${e.url}/board`)
  await page.getByText('全部信件').click()
  const list = page.locator('details[open]')
  const seen = []
  for (;;) {
    seen.push(...(await list.locator('tbody td:first-child').allTextContents()))
    const next = list.getByRole('button', { name: '下一页' })
    if (await next.isDisabled()) break
    await next.click()
  }
  assert.deepEqual(
    seen,
    Array.from({ length: HOUSEHOLDS + 1 }, (_, i) => String(i + 1).padStart(4, '0')),
  )
  await device.close()
})

test('a receipt’s link finds its ballot, and the link of another finds another', async () => {
  const device = await Device.open(browser, e.url)
  const { code } = await e.api('/api/serial/12')
  const page = await open(device, `${e.url}/board#${code}`)
  await expectText(page.locator('section div[aria-live]'), '0012')
  await device.close()
})

test('what the log did not sign is not shown', async () => {
  const device = await Device.open(browser, e.url)
  const page = await device.context.newPage()
  await page.route('**/log/tile/entries/000', async (route) => {
    const answer = await route.fetch()
    const bytes = Buffer.from(await answer.body())
    bytes[bytes.length - 10] ^= 1
    await route.fulfill({ response: answer, body: bytes })
  })
  await device.go(`${e.url}/board`, page)
  await expectText(page.locator('.notice.bad'), '资料不可信')
  assert.equal(await page.locator('#search, table').count(), 0)
  await device.close()
})

// ---- a plain copy

test('on a plain copy of the public folder the board is the same, without the API', async () => {
  const copy = join(e.dir, 'copy')
  await e.stop()
  await cp(join(e.box, 'public'), copy, { recursive: true })
  const built = join(process.env.YIHU_WEB, '..')
  await mkdir(join(copy, 'site/assets'), { recursive: true })
  await cp(join(built, 'board.html'), join(copy, 'site/board.html'))
  for (const name of ['board.js', 'style.css', 'old.js']) await cp(join(built, name), join(copy, 'site/assets', name))
  await e.start()
  const host = await plainHost(copy)
  const device = await Device.open(browser, host.url)
  const page = await open(device, `${host.url}/community/site/board.html`)
  await assertFigures(page)
  await assertSearch(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'register' }).click(),
  ])
  assert.deepEqual(await readFile(await download.path()), await readFile(join(e.box, 'public/register')))
  assert.ok(
    host.asked.every((path) => !path.includes('/api')),
    host.asked.join(' '),
  )
  await device.assertClean()
  await device.close()
})

test('front page and board lead to the results: when they come, and then the page', async () => {
  const device = await Device.open(browser, e.url)
  const page = await device.go(`${e.url}/`)
  await expectText(page.locator('main'), '怎样投票')
  for (const text of ['这一位必须到场封箱、开箱', '不能缺席', `至少要有 1 户投票才会开箱；目前已投 ${CAST} 户`])
    await expectText(page.locator('main'), text)
  assert.deepEqual(await page.locator('.buttons a').evaluateAll((links) => links.map((a) => a.getAttribute('href'))), [
    'v',
    'board',
    'results',
    'verify',
    'handbook/zh.html',
  ])
  await page.locator('.buttons a').nth(2).click()
  await page.waitForURL(`${e.url}/results`)
  await expectText(page.locator('main'), '结果还没有公布')
  for (const text of ['公布之前没有人知道结果', '这一位必须到场封箱、开箱', '至少要有 1 户投票才会开箱'])
    await expectText(page.locator('main'), text)
  await e.count()
  await page.reload()
  await expectText(page.locator('h1'), '测试社区年度项目表决')
  assert.deepEqual(
    Buffer.from(await (await fetch(`${e.url}/results`)).arrayBuffer()),
    await readFile(join(e.box, 'public/results')),
    'a program gets the note',
  )
  await device.go(`${e.url}/board`, page)
  await expectText(page.locator('main'), '票箱已封')
  assert.deepEqual(await page.locator('.buttons a').evaluateAll((links) => links.map((a) => a.getAttribute('href'))), [
    'results',
    'verify',
  ])
  await device.assertClean()
  await device.close()
})

await runTests()
