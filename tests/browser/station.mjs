// SPDX-License-Identifier: Apache-2.0
// The count desk: camera, scanner, keyboard; a daemon that dies.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { launch } from './lib/browser.mjs'
import {
  digitsOf,
  kept,
  keysOf,
  openDesk,
  openDevice,
  press,
  row,
  scanner,
  scannerNoField,
  slip,
  slipsOf,
  tally,
} from './lib/desk.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { film } from './lib/pictures.mjs'
import { formsOf } from './lib/secrets.mjs'
import { runTests, test } from './lib/tap.mjs'
import { expectText } from './lib/wait.mjs'

const SLIPS = 50

const e = await (await Election.make(definition(KINDS.consent), SLIPS + 20)).start()
let browser = await launch()
const desk = () => openDevice(browser, e)

/** The page is reloaded while ballots wait and the daemon is away. */
async function reloadWaiting(page) {
  const asked = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  await expectText(tally(page), '等待 3 张')
  await expectText(tally(page), '请让这一页开着')
  await page.reload()
  await page.locator('#scan').waitFor()
  await expectText(tally(page), '等待 3 张')
  assert.deepEqual(asked, ['beforeunload'])
}

test('fifty slips by the keyboard, the daemon killed twice: none lost, none doubled', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
  await kept(page)
  const began = Date.now()
  for (let serial = 1; serial <= SLIPS; serial++) {
    if (serial === 15 || serial === 32) await e.stop('SIGKILL')
    if (serial === 19 || serial === 37) await e.start()
    await slip(e, page, serial)
    if (serial === 34) await reloadWaiting(page)
  }
  console.log(`# ${Math.round((Date.now() - began) / SLIPS)} ms a slip`)
  await expectText(tally(page), `已记录 ${SLIPS} 张 · 等待 0 张`)
  assert.equal((await e.api('/api/state')).cast, SLIPS)
  for (let serial = 1; serial <= SLIPS; serial++)
    assert.equal((await e.api(`/api/serial/${serial}`)).status, 'recorded')
  for (const serial of [1, 15, 34, SLIPS])
    for (const form of formsOf((await e.scan(serial)).split('#')[1])) device.secrets.add(form)
  await device.assertClean({ quiet: false })
  await device.close()
})

test('the batch sheet has how many and which letters, never what', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
  await slip(e, page, SLIPS + 1)
  await page.locator('.notice.good').waitFor()
  await page.getByRole('button', { name: '批次单' }).click()
  await expectText(page.locator('main'), '共 1 张，已记录 1 张')
  const { code } = await e.api(`/api/serial/${SLIPS + 1}`)
  await expectText(page.locator('table'), code)
  assert.doesNotMatch(await page.locator('main').textContent(), /同意|反对|弃权/)
  const settled = (await slipsOf(page)).filter((s) => s.serial === SLIPS + 1)
  assert.deepEqual(
    settled.map((s) => Object.keys(s).sort()),
    [['batch', 'code', 'index', 'n', 'serial', 'time']],
  )
  await device.assertClean()
  await device.close()
})

test('a letter that is scanned while another is read back confirms nothing', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
  const serial = SLIPS + 2
  await scanner(page, await e.scan(serial))
  await page.locator('table.desk').waitFor()
  await press(page, [...keysOf([1, 2, 0, 1, 2]), 'Enter'])
  await page.locator('.review.large').waitFor()
  await scannerNoField(page, await e.scan(serial + 1))
  await scannerNoField(page, (await e.scan(serial + 1)).split('#')[1])
  await page.waitForTimeout(300)
  await page.locator('.review.large').waitFor()
  assert.equal((await e.api(`/api/serial/${serial}`)).status, 'not-recorded')
  await press(page, ['Escape'])
  await page.locator('table.desk').waitFor()
  await scannerNoField(page, await e.scan(serial + 1))
  await page.waitForTimeout(300)
  assert.deepEqual(
    await page.locator('table.desk strong').allTextContents(),
    ['同意', '反对', '弃权', '同意', '反对'],
    'nor changes a choice',
  )
  await press(page, ['Escape'])
  await page.locator('#scan').waitFor()
  await device.close()
})

/** First 1 and 1; then the first is 2, and the second taken out. */
const CHANGED = [2, 0, 0, 0, 0]

test('a mark is changed after reading back, and the second confirmation comes second', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
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
  const page = await openDesk(e, device)
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
  const [a, b] = [await openDesk(e, device), await openDesk(e, device)]
  await e.stop()
  await a.bringToFront()
  await slip(e, a, SLIPS + 5)
  await b.bringToFront()
  await slip(e, b, SLIPS + 6)
  await expectText(tally(a), '等待 2 张')
  await expectText(tally(b), '等待 2 张')
  await e.start()
  await expectText(tally(a), '等待 0 张')
  for (const serial of [SLIPS + 5, SLIPS + 6]) assert.equal((await e.api(`/api/serial/${serial}`)).status, 'recorded')
  await device.close()
})

test('a browser that can keep nothing takes no ballot for done', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await slip(e, page, SLIPS + 7)
  await expectText(page.locator('.notice.bad'), '存不下选票')
  assert.equal((await e.api(`/api/serial/${SLIPS + 7}`)).status, 'not-recorded')
  await device.close()
})

test('the camera reads a letter that is turned, blurred and badly lit', async () => {
  const still = join(e.dir, 'letter.y4m')
  await film(browser, join(e.folder, 'letters/qr', `00${SLIPS + 8}.png`), still)
  await browser.close()
  browser = await launch([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${still}`,
  ])
  const device = await openDevice(browser, e, { permissions: ['camera'] })
  const page = await openDesk(e, device)
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
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotFoundError'))
  })
  await device.go(`${e.url}/station`, page)
  await page.getByRole('button', { name: '用摄像头' }).click()
  await expectText(page.locator('.problem'), '摄像头不可用')
  await device.close()
})

test('what is opened is what was keyed', async () => {
  await e.count()
  const keyed = [
    ...Array.from({ length: SLIPS + 1 }, (_, i) => digitsOf(i + 1)),
    digitsOf(SLIPS + 5),
    digitsOf(SLIPS + 6),
    CHANGED,
    [1, 0, 0, 0, 0],
    [1, 0, 0, 0, 0],
  ]
  assert.deepEqual(await e.votes(), keyed.map(row).sort())
  assert.match(await e.audit(), /VERIFIED/)
})

await runTests()
