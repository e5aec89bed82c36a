// SPDX-License-Identifier: Apache-2.0
// The hands at a count desk: they scan, key, read back and confirm.
import { DESKTOP, Device } from './browser.mjs'

/** Longer than the keys of a scanner are apart (ui/keys.ts). */
const HAND_MS = 45

export const openDevice = (browser, e, options = {}) => Device.open(browser, e.url, { viewport: DESKTOP, ...options })
export async function openDesk(e, device) {
  const page = await device.go(`${e.url}/station`)
  await page.locator('#scan').waitFor()
  return page
}
/** Opened long enough that the browser has kept the page. */
export const kept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null)
export const tally = (page) => page.locator('.tally')

export async function press(page, keys) {
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(HAND_MS)
  }
}
/** A scanner: quick as no hand, and Enter at the end. */
export async function scanner(page, text) {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
/** The same where no field takes it; however busy this computer is, the
 * scanner's keys are pressed 4 ms apart. */
export async function scannerNoField(page, text) {
  const cdp = await page.context().newCDPSession(page)
  const began = Date.now() / 1000 - text.length * 0.004
  const dispatch = (type, key, i) =>
    cdp.send('Input.dispatchKeyEvent', {
      type,
      key,
      text: type === 'keyUp' ? '' : key === 'Enter' ? '\r' : key,
      timestamp: began + i * 0.004,
    })
  await Promise.all([...text, 'Enter'].flatMap((key, i) => [dispatch('keyDown', key, i), dispatch('keyUp', key, i)]))
  await cdp.detach()
}
/** The same at once: two hundred keys take the test seconds. */
export async function paste(page, text) {
  await page.keyboard.insertText(text)
  await page.keyboard.press('Enter')
}

/** What the slip of this letter has marked: consent, five projects. */
export const digitsOf = (serial) => Array.from({ length: 5 }, (_, i) => (serial >> i) % 3)
export const keysOf = (digits) => digits.map((digit) => (digit === 0 ? '3' : String(digit)))

/** One slip from the scan to the sealed ballot, by keys alone. */
export async function slip(e, page, serial) {
  const code = await e.scan(serial)
  if (serial % 10 === 1) await scanner(page, code)
  else await paste(page, code)
  await page.locator('table.desk').waitFor()
  await press(page, [...keysOf(digitsOf(serial)), 'Enter'])
  await page.locator('.review.large').waitFor()
  await confirm(page, serial)
  await page.locator('#scan').waitFor()
}

/** Both confirm what was read back; empty: some of it is empty on the slip. */
export async function confirm(page, serial, empty = false) {
  await press(page, [...(empty ? ['0'] : []), '1'])
  await page.locator('#second').fill(String(serial).padStart(2, '0').slice(-2))
  await page.locator('#second').press('Enter')
}

/** What the desk's database has. */
export const slipsOf = (page) =>
  page.evaluate(async () => {
    const result = (request) =>
      new Promise((done) => {
        request.onsuccess = () => done(request.result)
      })
    const [{ name }] = await indexedDB.databases()
    const database = await result(indexedDB.open(name))
    const all = await result(database.transaction('slips').objectStore('slips').getAll())
    database.close()
    return all
  })

/** The row of results.pb that a slip of these digits is (PROTOCOL §10). */
export function row(digits) {
  const used = digits.map((digit, i) => [`p${i + 1}`, digit === 2 ? -1 : 1, digit]).filter(([, , digit]) => digit !== 0)
  return `${used.map(([id]) => id).join(',')};${used.map(([, value]) => value).join(',')}`
}
