// SPDX-License-Identifier: Apache-2.0
// Is a view fit for everyone? axe-core's rules, and sizes that can be measured.
import assert from 'node:assert/strict'
import { DESKTOP, PHONE, SMALL } from './browser.mjs'

/** The page has axeSource() in it. */
export async function axe(page) {
  const violations = await page.evaluate(async () => {
    const found = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'], // of the others only that they are there, which is quicker
    })
    return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`)
  })
  assert.deepEqual(violations, [])
}

/** All from computed styles: nothing is wider than the window; what is pressed
 * is large; text is large, its lines are apart, and it stands out. In the page. */
function faults(target) {
  const seen = (n) => {
    const r = n.getBoundingClientRect()
    return r.height > 1 && r.width > 1
  }
  const told = (n, what = '') => `${what} ${n.outerHTML.slice(0, 100)}`
  const style = (n) => getComputedStyle(n)
  const texts = [...document.querySelectorAll('body *')].filter(
    (n) =>
      !['SCRIPT', 'NOSCRIPT', 'STYLE'].includes(n.tagName) &&
      seen(n) &&
      (n.matches('input:not([type=checkbox], [type=radio])') ||
        [...n.childNodes].some((c) => c.nodeType === 3 && c.data.trim() !== '')),
  )
  const rgba = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number)
    return { r, g, b, a }
  }
  const ground = (n) => {
    for (let at = n; at !== null; at = at.parentElement) {
      const c = rgba(style(at).backgroundColor)
      if (c.a === 1) return c
      if (c.a !== 0) throw new Error('a half transparent ground')
    }
    return { r: 255, g: 255, b: 255 }
  }
  const light = ({ r, g, b }) =>
    [r, g, b]
      .map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
  const contrast = (n) => {
    const [x, y] = [light(rgba(style(n).color)), light(ground(n))]
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
  }
  const pressed = [
    ...document.querySelectorAll('button, summary, label.choose, input:not([type=checkbox], [type=radio]), a'),
  ].filter(seen)
  return {
    overflow: Math.max(0, document.documentElement.scrollWidth - window.innerWidth),
    body: parseFloat(style(document.body).fontSize),
    small: pressed
      .filter((b) => {
        const r = b.getBoundingClientRect()
        return r.height < target - 0.5 || r.width < target - 0.5
      })
      .map((b) => told(b)),
    tiny: texts.filter((n) => parseFloat(style(n).fontSize) < 18).map((n) => told(n, style(n).fontSize)),
    close: texts
      .filter((n) => parseFloat(style(n).lineHeight) / parseFloat(style(n).fontSize) < 1.3 - 1e-3)
      .map((n) => told(n, style(n).lineHeight)),
    faint: texts.filter((n) => contrast(n) < 4.5).map((n) => told(n, contrast(n).toFixed(2))),
  }
}

async function measures(page, larger) {
  const found = await page.evaluate(faults, larger ? 60 : 48)
  assert.deepEqual(found, { overflow: 0, body: larger ? 30 : 18, small: [], tiny: [], close: [], faint: [] })
}

const setLarger = (page, on) =>
  page
    .locator('.tools button')
    .first()
    .getAttribute('aria-pressed')
    .then((now) => ((now === 'true') === on ? null : page.locator('.tools button').first().click()))

/** A view in both sizes of type, on a narrow phone, a phone and a desk. */
export async function inspect(page, name) {
  for (const larger of [false, true]) {
    await setLarger(page, larger)
    for (const viewport of [SMALL, PHONE, DESKTOP]) {
      const said = (error) => {
        throw new Error(`${name}, ${viewport.width} px, larger ${larger}: ${error.message}`)
      }
      await page.setViewportSize(viewport)
      await measures(page, larger).catch(said)
      // At the page's end the bar stands below the last choice, in front of none: half
      // of a box behind it would be too small a target by chance.
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
      if (viewport !== PHONE) await axe(page).catch(said)
    }
  }
  await setLarger(page, false)
  await page.evaluate(() => document.activeElement.blur())
}
