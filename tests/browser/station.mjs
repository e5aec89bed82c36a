// SPDX-License-Identifier: Apache-2.0
// The count desk: camera, scanner, keyboard; a daemon that dies; the end.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DESKTOP, Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { film } from './lib/pictures.mjs'
import { runTests, test } from './lib/tap.mjs'
import { expectText } from './lib/wait.mjs'

const SLIPS = 50
/** Longer than the keys of a scanner are apart (ui/keys.ts). */
const HAND_MS = 45
const HOUR = 3600

const e = await (await Election.make(definition(KINDS.consent), SLIPS + 10)).start()
let browser = await launch()

async function openDesk(device) {
  const page = await device.go(`${e.url}/station`)
  await page.locator('#scan').waitFor()
  return page
}
const desk = () => Device.open(browser, e.url, { viewport: DESKTOP })
const tally = (page) => page.locator('.tally')

async function press(page, keys) {
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(HAND_MS)
  }
}
/** A scanner: quick as no hand, and Enter at the end. */
async function scanner(page, text) {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
/** The same at once: two hundred keys take the test seconds. */
async function paste(page, text) {
  await page.keyboard.insertText(text)
  await page.keyboard.press('Enter')
}
const digitsOf = (serial) => Array.from({ length: 5 }, (_, i) => (serial >> i) % 3)
const keysOf = (digits) => digits.map((digit) => (digit === 0 ? '3' : String(digit)))

/** One slip from the scan to the sealed ballot, by keys alone. */
async function slip(page, serial) {
  const code = await e.scan(serial)
  if (serial % 10 === 1) await scanner(page, code)
  else await paste(page, code)
  await page.locator('table.desk').waitFor()
  await press(page, [...keysOf(digitsOf(serial)), 'Enter'])
  await page.locator('.review.large').waitFor()
  await press(page, ['1', '2'])
  await page.locator('#scan').waitFor()
}

/** The page is reloaded while ballots wait, and the daemon takes none yet. */
async function reloadWaiting(page) {
  const asked = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  await expectText(tally(page), '等待 3 张')
  await page.route('**/api/ballot', (route) => route.abort())
  await e.start()
  await page.reload()
  await page.locator('#scan').waitFor()
  await expectText(tally(page), '等待 3 张')
  assert.deepEqual(asked, ['beforeunload'])
  await page.unroute('**/api/ballot')
}

test('fifty slips by the keyboard, the daemon killed twice: none lost, none doubled', async () => {
  const device = await desk()
  const page = await openDesk(device)
  const began = Date.now()
  for (let serial = 1; serial <= SLIPS; serial++) {
    if (serial === 15 || serial === 32) await e.stop('SIGKILL')
    if (serial === 19) await e.start()
    await slip(page, serial)
    if (serial === 34) await reloadWaiting(page)
  }
  console.log(`# ${Math.round((Date.now() - began) / SLIPS)} ms a slip`)
  await expectText(tally(page), `已记录 ${SLIPS} 张 · 等待 0 张`)
  assert.equal((await e.api('/api/state')).cast, SLIPS)
  for (let serial = 1; serial <= SLIPS; serial++) assert.equal((await e.api(`/api/serial/${serial}`)).status, 'recorded')
  await device.assertClean({ quiet: false })
  await device.close()
})

test('the batch sheet has how many and which letters, never what', async () => {
  const device = await desk()
  const page = await openDesk(device)
  await slip(page, SLIPS + 1)
  await page.locator('.notice.good').waitFor()
  await page.getByRole('button', { name: '批次单' }).click()
  await expectText(page.locator('main'), '共 1 张，已记录 1 张')
  const { code } = await e.api(`/api/serial/${SLIPS + 1}`)
  await expectText(page.locator('table'), code)
  assert.doesNotMatch(await page.locator('main').textContent(), /同意|反对|弃权/)
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }))
  assert.doesNotMatch(kept, /digits|ballot/)
  await device.assertClean()
  await device.close()
})

test('a letter that is scanned while another is read back confirms nothing', async () => {
  const device = await desk()
  const page = await openDesk(device)
  const serial = SLIPS + 2
  await scanner(page, await e.scan(serial))
  await page.locator('table.desk').waitFor()
  await press(page, [...keysOf([1, 2, 0, 1, 2]), 'Enter'])
  await page.locator('.review.large').waitFor()
  await scanner(page, await e.scan(serial + 1))
  await scanner(page, (await e.scan(serial + 1)).split('#')[1])
  await page.waitForTimeout(200)
  await page.locator('.review.large').waitFor()
  assert.equal((await e.api(`/api/serial/${serial}`)).status, 'not-recorded')
  await press(page, ['Escape'])
  await scanner(page, await e.scan(serial + 1))
  await page.waitForTimeout(200)
  assert.deepEqual(await page.locator('table.desk strong').allTextContents(), ['同意', '反对', '弃权', '同意', '反对'], 'nor changes a choice')
  await press(page, ['Escape'])
  await page.locator('#scan').waitFor()
  await device.close()
})

/** First 1 and 1; then the first is 2, and the second taken out. */
const CHANGED = [2, 0, 0, 0, 0]

test('a mark is changed after reading back, and the second confirmation comes second', async () => {
  const device = await desk()
  const page = await openDesk(device)
  const serial = SLIPS + 3
  await scanner(page, await e.scan(serial))
  await page.locator('table.desk').waitFor()
  await press(page, ['1', '1', 'Enter'])
  await page.locator('.review.large').waitFor()
  await press(page, ['2', '2', 'Escape'])
  await page.locator('table.desk').waitFor()
  await press(page, ['2', 'Backspace', 'ArrowUp', 'Enter', '1', '2'])
  await page.locator('.notice.good').waitFor()
  await device.close()
})

test('a letter is entered once, and the typed code works', async () => {
  const device = await desk()
  const page = await openDesk(device)
  const serial = SLIPS + 4
  const { typed } = (await e.list())[serial - 1]
  await scanner(page, typed.toLowerCase())
  await page.locator('table.desk').waitFor()
  await press(page, ['1', 'Enter', '1', '2'])
  await page.locator('.notice.good').waitFor()
  await scanner(page, await e.scan(serial))
  await expectText(page.locator('.notice.bad'), '刚才已在这里录入')
  await scanner(page, await e.scan(1))
  await expectText(page.locator('.notice.bad'), '已于')
  await scanner(page, 'https://example.org/')
  await expectText(page.locator('.notice.bad'), '二维码已损坏')
  await device.assertClean()
  await device.close()
})

test('two tabs of one desk keep each other’s slips', async () => {
  const device = await desk()
  const [a, b] = [await openDesk(device), await openDesk(device)]
  await e.stop()
  await a.bringToFront()
  await slip(a, SLIPS + 5)
  await b.bringToFront()
  await slip(b, SLIPS + 6)
  await expectText(tally(a), '等待 2 张')
  await expectText(tally(b), '等待 2 张')
  await e.start()
  await expectText(tally(a), '等待 0 张')
  for (const serial of [SLIPS + 5, SLIPS + 6]) assert.equal((await e.api(`/api/serial/${serial}`)).status, 'recorded')
  await device.close()
})

test('a browser that can keep nothing takes no ballot for done', async () => {
  const device = await desk()
  const page = await openDesk(device)
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } })
  await slip(page, SLIPS + 7)
  await expectText(page.locator('.notice.bad'), '存不下选票')
  assert.equal((await e.api(`/api/serial/${SLIPS + 7}`)).status, 'not-recorded')
  await device.close()
})

test('the camera reads a letter that is turned, blurred and badly lit', async () => {
  const still = join(e.dir, 'letter.y4m')
  await film(browser, join(e.folder, 'letters/qr', `00${SLIPS + 8}.png`), still)
  await browser.close()
  browser = await launch(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${still}`])
  const device = await Device.open(browser, e.url, { viewport: DESKTOP, permissions: ['camera'] })
  const page = await openDesk(device)
  await page.getByRole('button', { name: '用摄像头' }).click()
  await page.locator('table.desk').waitFor()
  await expectText(page.locator('h1'), `00${SLIPS + 8} 号信件`)
  await press(page, ['1', 'Enter', '1', '2'])
  await page.locator('.notice.good').waitFor()
  await device.assertClean()
  await device.close()
})

test('without a camera it says so, and the keyboard goes on', async () => {
  const device = await desk()
  const page = await device.context.newPage()
  await page.addInitScript(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotFoundError')) })
  await device.go(`${e.url}/station`, page)
  await page.getByRole('button', { name: '用摄像头' }).click()
  await expectText(page.locator('.problem'), '摄像头不可用')
  await device.close()
})

test('after the end: the letters that were not counted are listed', async () => {
  const device = await desk()
  const page = await device.context.newPage()
  await page.clock.install()
  await device.go(`${e.url}/station`, page)
  await page.locator('#scan').waitFor()
  await e.stop()
  await page.clock.resume()
  await slip(page, SLIPS + 9)
  await expectText(page.locator('.notice.wait'), '等待记录')
  await e.clock(3 * HOUR)
  await page.clock.setSystemTime(Date.now() + 3 * HOUR * 1000)
  await page.clock.runFor(11000)
  await expectText(tally(page), `还不知道是否计入：00${SLIPS + 9}`)
  await e.start()
  await page.clock.runFor(5000)
  await expectText(tally(page), `没有计入：00${SLIPS + 9}`)
  await device.close()
})

test('what is opened is what was keyed', async () => {
  await e.count()
  const row = (digits) => {
    const used = digits.map((digit, i) => [`p${i + 1}`, digit === 2 ? -1 : 1, digit]).filter(([, , digit]) => digit !== 0)
    return `${used.map(([id]) => id).join(',')};${used.map(([, value]) => value).join(',')}`
  }
  const keyed = [...Array.from({ length: SLIPS + 1 }, (_, i) => digitsOf(i + 1)), digitsOf(SLIPS + 5), digitsOf(SLIPS + 6),
    CHANGED, [1, 0, 0, 0, 0], [1, 0, 0, 0, 0]]
  assert.deepEqual(await e.votes(), keyed.map(row).sort())
  assert.match(await e.audit(), /VERIFIED/)
})

await runTests()
