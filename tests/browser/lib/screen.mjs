// SPDX-License-Identifier: Apache-2.0
// A view on the screen of an old office computer: is it too wide there, would its words be
// understood, and, for whoever wants to see it, its pictures.
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'

export const OFFICE = { width: 1366, height: 768 }

/** In the page: how much is beyond its edge, in both sizes of type. */
function beyond() {
  const root = document.documentElement
  const was = root.classList.contains('larger')
  const measure = (larger) => {
    root.classList.toggle('larger', larger)
    return Math.max(0, root.scrollWidth - window.innerWidth)
  }
  const found = { normal: measure(false), larger: measure(true) }
  root.classList.toggle('larger', was)
  return found
}

export const notTooWide = async (page) => assert.deepEqual(await page.evaluate(beyond), { normal: 0, larger: 0 })

/** No command line and no path of this computer: whoever reads it has buttons. */
export async function inPlainWords(page, home) {
  const text = await page.locator('main').innerText()
  for (const strange of ['yihu-issue', 'yihu-trustee', 'yihu-tally', 'yihu-audit', 'yihu-countd', 'yihu-cast', home])
    assert.ok(!text.includes(strange), `${strange} stands in\n${text}`)
}

// ---- pictures: Chinese and English, as it is and in large type, and all of its length

const QUIET_MS = 400
const TRIES = 50

/** Until nothing is asked any more; in another language a view asks its programs again. */
async function settled(page) {
  for (let quiet = false, i = 0; !quiet && i < TRIES; i++) {
    let asked = 0
    const count = () => asked++
    page.on('request', count).on('requestfinished', count)
    await pause(QUIET_MS)
    page.off('request', count).off('requestfinished', count)
    quiet = asked === 0
  }
}

/** In the page: what was typed and unfolded; a view that is drawn anew forgets some of it. */
const FIELDS = 'main :is(input, select, textarea)'
const typed = (fields) => ({
  fields: [...document.querySelectorAll(fields)].map((f) => [f.value, f.checked]),
  open: [...document.querySelectorAll('main details')].map((d) => d.open),
})
function typeAgain([selector, { fields: all, open }]) {
  const folded = [...document.querySelectorAll('main details')]
  if (folded.length === open.length) folded.forEach((d, i) => (d.open = open[i]))
  const fields = [...document.querySelectorAll(selector)]
  if (fields.length !== all.length) return
  for (const [i, field] of fields.entries()) {
    const [value, checked] = all[i]
    if (field.type === 'file' || (field.value === value && field.checked === checked)) continue
    field.value = value
    field.checked = checked
    for (const what of ['input', 'change']) field.dispatchEvent(new Event(what, { bubbles: true }))
  }
}

/** Gives a way to put all of that back. */
export async function keepTyped(page) {
  const kept = await page.evaluate(typed, FIELDS)
  const known = ([selector, n]) => document.querySelectorAll(selector).length === n
  return async () => {
    // A view may learn of its fields' choices, the sticks say, a moment later.
    await page.waitForFunction(known, [FIELDS, kept.fields.length], { timeout: 5000 }).catch(() => {})
    await page.evaluate(typeAgain, [FIELDS, kept])
  }
}

const tool = (page, name) => page.locator('header .tools').getByRole('button', { name, exact: true })
const size = (page) => page.locator('header .tools button[aria-pressed]')

export async function fourWays(page, path) {
  const take = (name, more = {}) => page.screenshot({ path: `${path}-${name}.png`, ...more })
  const state = await page.evaluate(() => [document.documentElement.lang, document.documentElement.classList.value])
  const [lang, classes] = state
  const typeBack = await keepTyped(page)
  const at = await page.evaluate(() => window.scrollY)
  await page.evaluate(() => window.scrollTo(0, 0))
  if (classes === 'larger') await size(page).click()
  for (const [language, name] of [
    ['zh', '中文'],
    ['en', 'English'],
  ]) {
    const other = tool(page, name)
    if ((await other.count()) > 0) await other.click()
    await settled(page)
    await take(language)
    await take(`${language}-all`, { fullPage: true })
    await size(page).click()
    await take(`${language}-large`)
    await size(page).click()
  }
  if (classes === 'larger') await size(page).click()
  if (lang !== 'en') await tool(page, '中文').click()
  await settled(page)
  await typeBack()
  await page.evaluate((y) => window.scrollTo(0, y), at)
}
