// SPDX-License-Identifier: Apache-2.0
// No vote by accident: two presses in a row, a held key, a finger that stays
// down; on every control that changes the view, by every hand, whatever the
// screen. The page's clock is the test's: nothing here waits for real time.
//   presses.mjs        pairs of settings;   presses.mjs all   each with each
import assert from 'node:assert/strict'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { runTests, test } from './lib/tap.mjs'
import { choose } from './lib/voter.mjs'

const SIZES = [
  [320, 568],
  [375, 667],
  [390, 844],
  [412, 915],
]
const HANDS = ['touch', 'mouse', 'key', 'held']
const GAPS = [50, 300, 600, 790]
/** As long as a fresh view rests. */
const REST = 800
const KINDS_TRIED = Object.keys(KINDS)

const FACTORS = { kind: KINDS_TRIED, size: SIZES, larger: [false, true], hand: HANDS, gap: GAPS, still: [false, true] }

const every = (factors) =>
  Object.entries(factors).reduce(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  )

/** The pairs of values that a row has. */
const pairsOf = (row) => {
  const values = Object.entries(row).map(([name, value]) => `${name}=${value}`)
  return values.flatMap((a, i) => values.slice(i + 1).map((b) => `${a} ${b}`))
}

/** So few rows that each value still meets each other: each time the one with most new pairs. */
function pairwise(rows) {
  const open = new Set(rows.flatMap(pairsOf))
  const chosen = []
  const news = (row) => pairsOf(row).filter((pair) => open.has(pair)).length
  while (open.size > 0) {
    const best = rows.reduce((a, b) => (news(b) > news(a) ? b : a))
    pairsOf(best).forEach((pair) => open.delete(pair))
    chosen.push(best)
  }
  return chosen
}

const settings = process.argv.includes('all') ? every(FACTORS) : pairwise(every(FACTORS))

const browser = await launch()
const elections = new Map()
async function electionOf(kind) {
  if (!elections.has(kind)) elections.set(kind, await (await Election.make(definition(KINDS[kind]), 2)).start())
  return elections.get(kind)
}

/** A letter on a device whose ballots are held back and counted, its clock standing still. */
async function open({ kind, size: [width, height], larger, hand, still }) {
  const e = await electionOf(kind)
  const touch = hand === 'touch'
  const device = await Device.open(browser, e.url, {
    viewport: { width, height },
    isMobile: touch,
    hasTouch: touch,
    reducedMotion: still ? 'reduce' : 'no-preference',
  })
  const page = await device.context.newPage()
  await page.addInitScript((size) => localStorage.setItem('yihu-size', size), larger ? 'larger' : 'normal')
  const posts = []
  await page.route('**/api/ballot', (route) => {
    posts.push(route.request().method())
    return route.abort()
  })
  await page.clock.install()
  await device.go(await e.scan(1), page)
  await page.locator('ol.cards').waitFor()
  await page.clock.pauseAt(Date.now() + 3600000)
  await pass(page, 2 * REST)
  return { device, page, posts }
}

/** Time goes by on the page, with all that is due in it. */
const pass = (page, ms) => page.clock.runFor(ms)

/** Where a control is; the second press goes there too, whatever is there by then. */
async function place(control) {
  await control.scrollIntoViewIfNeeded()
  const box = await control.boundingBox()
  return [box.x + box.width / 2, box.y + box.height / 2]
}

async function twice(page, control, hand, gap) {
  if (hand === 'key' || hand === 'held') {
    await control.focus()
    await page.keyboard.down('Enter')
    if (hand === 'key') await page.keyboard.up('Enter')
    for (let waited = 0; waited < gap; waited += 10) {
      await pass(page, Math.min(10, gap - waited))
      if (hand === 'held') await page.keyboard.down('Enter')
    }
    await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    return
  }
  const [x, y] = await place(control)
  const tap = () => (hand === 'touch' ? page.touchscreen.tap(x, y) : page.mouse.click(x, y))
  await tap()
  await pass(page, gap)
  await tap()
}

const view = (page) =>
  page.evaluate(() =>
    document.querySelector('button.confirm') !== null
      ? 'review'
      : document.querySelector('ol.cards') !== null
        ? 'choose'
        : document.querySelector('canvas.qr') !== null
          ? 'check'
          : 'sent',
  )

async function assertView(page, wanted, posts) {
  await pass(page, 200)
  assert.equal(await view(page), wanted)
  assert.deepEqual(posts, [])
}

/** By the keyboard the same key leaves the focus where the view put it: nowhere near a button. */
async function walk(s) {
  const { device, page, posts } = await open(s)
  const bar = page.locator('.bar button.main')
  if (s.kind !== 'ordinal') await choose(page, s.kind, [1, 0, 0, 0, 0])
  await twice(page, bar, s.hand, s.gap)
  await assertView(page, 'review', posts)
  await pass(page, REST)
  await page.locator('.commitment summary').click()
  await twice(page, page.locator('.commitment button'), s.hand, s.gap)
  await assertView(page, 'check', posts)
  await pass(page, REST)
  await twice(page, page.locator('.end button.main'), s.hand, s.gap)
  await page.locator('ol.cards').waitFor()
  await assertView(page, 'choose', posts)
  await pass(page, REST)
  await twice(page, bar, s.hand, s.gap)
  await assertView(page, 'review', posts)
  await pass(page, REST)
  await twice(page, page.locator('.end .quiet'), s.hand, s.gap)
  await page.locator('ol.cards').waitFor()
  await assertView(page, 'choose', posts)
  assert.deepEqual(device.faults, [])
  await device.close()
}

for (const s of settings) {
  const size = `${s.size.join('×')}${s.larger ? ', larger' : ''}`
  const name = `${s.kind}, ${size}, ${s.hand}, ${s.gap} ms${s.still ? ', no motion' : ''}`
  test(`pressed twice: ${name}`, () => walk(s))
}

test('a finger that stays down from one view to the next casts nothing', async () => {
  const s = { kind: 'consent', size: SIZES[1], larger: false, hand: 'mouse', still: true }
  const { device, page, posts } = await open(s)
  await page.locator('.bar button.main').click()
  await pass(page, 200)
  const confirm = page.locator('button.confirm')
  const [x, y] = await place(confirm)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await pass(page, 3 * REST)
  await page.mouse.up()
  await assertView(page, 'review', posts)
  const held = page.waitForEvent('requestfailed') // by the route, which has counted it
  await confirm.click()
  await pass(page, 200)
  assert.equal(await view(page), 'sent', 'a press that is meant does cast')
  await held
  assert.deepEqual(posts, ['POST'])
  await device.close()
})

test('the button that casts lies below every choice, and says what is missing', async () => {
  for (const kind of KINDS_TRIED) {
    const s = { kind, size: SIZES[1], larger: false, hand: 'mouse', still: true }
    const { device, page } = await open(s)
    await page.locator('.bar button.main').click()
    await pass(page, 200)
    const confirm = page.locator('button.confirm')
    const rows = await page.locator('.review li').all()
    const boxes = await Promise.all([confirm, ...rows].map((row) => row.boundingBox()))
    for (const row of boxes.slice(1)) assert.ok(row.y + row.height <= boxes[0].y, `${kind}: a choice below the button`)
    assert.match(await confirm.textContent(), /空白票/, kind)
    assert.match(await page.locator('main > .warn').textContent(), /空白票/, kind)
    await device.close()
  }
})

await runTests()
