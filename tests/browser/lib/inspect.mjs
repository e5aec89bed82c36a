// SPDX-License-Identifier: Apache-2.0
// Is a view fit for everyone? axe-core's rules, and sizes that can be measured.
import assert from 'node:assert/strict'
import { DESKTOP, PHONE, SMALL } from './browser.mjs'

/** The page has axeSource() in it. */
export async function axe(page) {
  const violations = await page.evaluate(async () => {
    const found = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`)
  })
  assert.deepEqual(violations, [])
}

/** Nothing is wider than the window; what is pressed is large; text is large. */
async function measures(page, larger) {
  const found = await page.evaluate((target) => {
    const small = [...document.querySelectorAll('button, summary, label.choose, input:not([type=checkbox], [type=radio]), .buttons a')]
      .filter((b) => { const r = b.getBoundingClientRect(); return r.height > 0 && (r.height < target - 0.5 || r.width < target - 0.5) })
    const tiny = [...document.querySelectorAll('main *')].filter((n) => n.childNodes.length > 0 && [...n.childNodes].some((c) => c.nodeType === 3 && c.data.trim() !== '') && parseFloat(getComputedStyle(n).fontSize) < 15)
    return {
      overflow: document.documentElement.scrollWidth - window.innerWidth,
      small: small.map((b) => b.outerHTML.slice(0, 100)), tiny: tiny.map((n) => n.outerHTML.slice(0, 100)),
      body: parseFloat(getComputedStyle(document.body).fontSize),
    }
  }, larger ? 60 : 48)
  assert.deepEqual({ ...found, overflow: Math.max(0, found.overflow) }, { overflow: 0, small: [], tiny: [], body: larger ? 30 : 18 })
}

const setLarger = (page, on) => page.locator('.tools button').first().getAttribute('aria-pressed')
  .then((now) => ((now === 'true') === on ? null : page.locator('.tools button').first().click()))

/** A view in both sizes of type, on a narrow phone, a phone and a desk. */
export async function inspect(page, name) {
  for (const larger of [false, true]) {
    await setLarger(page, larger)
    for (const viewport of [SMALL, PHONE]) {
      await page.setViewportSize(viewport)
      await measures(page, larger).catch((error) => { throw new Error(`${name}, ${viewport.width} px, larger ${larger}: ${error.message}`) })
    }
    await axe(page).catch((error) => { throw new Error(`${name}, larger ${larger}: ${error.message}`) })
  }
  await page.setViewportSize(DESKTOP)
  await setLarger(page, false)
  await measures(page, false)
  await page.evaluate(() => document.activeElement.blur())
}
