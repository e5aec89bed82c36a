// SPDX-License-Identifier: Apache-2.0
// A language that runs from right to left needs no style of its own: what is
// built has no left and no right, and a vote in such a page is a mirror image.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { Device, launch, PHONE, SMALL } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { runTests, test } from './lib/tap.mjs'
import { press } from './lib/press.mjs'
import { cast, choose, toReview } from './lib/voter.mjs'

/** Sides as words, and as the second and fourth of four values. A viewBox and
 * the like are attributes; shadows have their colour last, and are not used. */
const SIDE = /(?:^|[^\w])(?:[\w-]+-)?(?:left|right)(?:-[\w-]+)?(?![\w-])/g
const FOUR = /(?:margin|padding|inset|border-(?:width|style|color))\s*:\s*([^\s;}]+) ([^\s;}]+) ([^\s;}]+) ([^\s;}]+)/g
const sides = (css) => [
  ...(css.match(SIDE) ?? []),
  ...[...css.matchAll(FOUR)].filter(([, , two, , four]) => two !== four).map(([all]) => all),
]

const browser = await launch()
const e = await (await Election.make(definition(KINDS.consent), 4)).start()
const stylesOf = (html) => [...html.matchAll(/<style>([^]*?)<\/style>|\sstyle="([^"]*)"/g)].map((m) => m[1] ?? m[2])

test('the search finds each way to say a side', () => {
  const found = [
    'a{left:0}',
    'a{margin-left:1px}',
    'a{text-align:right}',
    'a{border-top-left-radius:1px}',
    'a{padding:1px 2px 3px 4px}',
    'a{margin:1px 2px}b{padding:1px 2px 1px 0}',
    'a{float:left}',
  ]
  for (const css of found) assert.equal(sides(css).length, 1, css)
  for (const css of ['a{margin-inline-start:1px}', 'a{padding:1px 2px 3px 2px}', 'a{text-align:end}', '.bright{}'])
    assert.deepEqual(sides(css), [], css)
})

/** Where the first of these is, and what its sides are, as drawn. */
const drawn = (page, selector) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const style = getComputedStyle(element)
      const { left, right } = element.getBoundingClientRect()
      const parent = element.parentElement.getBoundingClientRect()
      return {
        border: [style.borderLeftWidth, style.borderRightWidth],
        gaps: [Math.round(left - parent.left), Math.round(parent.right - right)],
      }
    })

test('/v from right to left: a mirror image, no view scrolls sideways, no element has a style of its own', async () => {
  const device = await Device.open(browser, e.url)
  await device.context.addInitScript(() =>
    document.addEventListener('DOMContentLoaded', () => document.documentElement.setAttribute('dir', 'rtl')),
  )
  const page = await device.go(await e.scan(1))
  const fits = async (view) => {
    for (const viewport of [SMALL, PHONE]) {
      await page.setViewportSize(viewport)
      const over = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll('main *')].map((x) => x.getBoundingClientRect())
        return Math.max(...boxes.map((box) => Math.max(-box.left, box.right - window.innerWidth)))
      })
      assert.ok(over <= 0.5, `${view}, ${viewport.width} px: ${over} px too wide`)
    }
    assert.equal(await page.locator('main [style]').count(), 0, view)
    if (process.env.YIHU_PICTURES !== undefined)
      await page.screenshot({ path: join(process.env.YIHU_PICTURES, `rtl-${view}.png`), fullPage: true })
  }
  await choose(page, 'consent', [1, 2, 0, 1, 2])
  assert.deepEqual((await drawn(page, '.facts')).border, ['0px', '4px'])
  await fits('choose')
  await toReview(page)
  const { gaps } = await drawn(page, '.review li strong')
  assert.ok(gaps[0] <= 1 && gaps[1] > 100, `the answer is at the left edge: ${gaps}`)
  await fits('review')
  await cast(page)
  await press(page.locator('.buttons button').first())
  await page.locator('img.receipt').waitFor()
  await fits('recorded')
  await device.close()
})

test('the styles that browsers get have no left and no right', async () => {
  await e.count()
  const get = async (path) => (await fetch(e.url + path, { headers: { Accept: 'text/html' } })).text()
  const css = await get('/assets/style.css')
  const verify = stylesOf(await get('/verify'))
  const results = stylesOf(await get('/results'))
  assert.deepEqual([css.length > 1000, verify.length, results.length], [true, 1, 1])
  for (const style of [css, ...verify, ...results]) assert.deepEqual(sides(style), [])
})

await runTests()
