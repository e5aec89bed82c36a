// SPDX-License-Identifier: Apache-2.0
// The count desk: camera, scanner, keyboard; a daemon that dies.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { launch } from './lib/browser.mjs'
import {
  confirm,
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
  await page.getByRole('button', { name: '本批清单' }).click()
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
  await press(page, ['2', 'Backspace', 'ArrowUp', 'Enter'])
  await confirm(page, serial, true)
  await page.locator('.notice.good').waitFor()
  await device.close()
})

test('rows that were never keyed are read back as such, and want an act of their own', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
  const serial = SLIPS + 9
  await scanner(page, await e.scan(serial))
  await page.locator('table.desk').waitFor()
  await press(page, ['1', '3', '2', 'Enter'])
  await expectText(page.locator('main'), '有 2 项没有录入：第 4、5 项')
  assert.deepEqual(await page.locator('.review.large strong').allTextContents(), [
    '同意',
    '弃权',
    '反对',
    '没有填（按弃权）',
    '没有填（按弃权）',
  ])
  await press(page, ['1'])
  await expectText(page.locator('.problem'), '空着的按 0')
  assert.equal(await page.locator('#second').count(), 0)
  await press(page, ['0', '7'])
  await expectText(page.locator('.problem'), '“7”键在这里没有作用')
  await press(page, ['1'])
  for (const wrong of ['', '1', '2', '1234']) {
    await page.locator('#second').fill(wrong)
    await page.locator('#second').press('Enter')
    await expectText(page.locator('.problem'), '末两位对不上')
  }
  assert.equal((await e.api(`/api/serial/${serial}`)).status, 'not-recorded')
  await page.locator('#second').press('Escape')
  await page.locator('table.desk').waitFor()
  await press(page, ['x'])
  await expectText(page.locator('.problem'), '“x”键在这里没有作用')
  await page.keyboard.press('Tab')
  await page.waitForTimeout(200)
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'Tab goes on')
  await press(page, ['Escape'])
  await device.close()
})

test('by finger or mouse alone', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
  const serial = SLIPS + 10
  await scanner(page, await e.scan(serial))
  await page.locator('table.desk').waitFor()
  for (const [i, answer] of ['反对', '弃权', '同意', '同意', '反对'].entries()) {
    await page.locator('table.desk tr').nth(i).click()
    await page.locator('.touch label', { hasText: answer }).click()
  }
  await page.getByRole('button', { name: '念给住户核对' }).click()
  await page.getByRole('button', { name: '录入人确认' }).click()
  await page.locator('#second').fill(String(serial))
  await page.getByRole('button', { name: '确认并投票' }).click()
  await page.locator('.notice.good').waitFor()
  await device.close()
})

test('approval by the numbers of the paper, two digits where there are ten', async () => {
  const other = await (await Election.make(definition(KINDS.approval, 12), 2)).start()
  const device = await openDevice(browser, other)
  const page = await openDesk(other, device)
  await scanner(page, await other.scan(1))
  await page.locator('table.desk').waitFor()
  await press(page, ['0', '3', '1', '2', '0', '1', '0', '3', '1'])
  await expectText(page.locator('.problem'), '1…')
  await press(page, ['Enter'])
  await expectText(page.locator('.problem'), '1…')
  await press(page, ['Backspace', 'Enter'])
  await page.locator('.review.large').waitFor()
  assert.deepEqual(await page.locator('.review.large .number').allTextContents(), ['1', '12'])
  await device.close()
  await other.end()
})

/** What a scanner types through an input method: full width, and one Enter, which ends the composing. */
async function compose(page, code) {
  const wide = code.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
  const input = page.locator('#scan')
  const method = await page.context().newCDPSession(page)
  await input.focus()
  await method.send('Input.imeSetComposition', { text: wide, selectionStart: wide.length, selectionEnd: wide.length })
  await input.dispatchEvent('keydown', { key: 'Process', code: 'Enter', isComposing: true })
  await method.send('Input.insertText', { text: wide })
}

test('a letter is entered once, and the typed code works', async () => {
  const device = await desk()
  const page = await openDesk(e, device)
  const serial = SLIPS + 4
  const { typed } = (await e.list())[serial - 1]
  await compose(page, typed.toLowerCase())
  await page.locator('table.desk').waitFor()
  await press(page, ['1', 'Enter'])
  await confirm(page, serial, true)
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
  await expectText(page.locator('.notice.bad'), '存储空间已满')
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
  await press(page, ['1', 'Enter'])
  await confirm(page, SLIPS + 8, true)
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
    [2, 0, 1, 1, 2],
  ]
  assert.deepEqual(await e.votes(), keyed.map(row).sort())
  assert.match(await e.audit(), /VERIFIED/)
})

await runTests()
