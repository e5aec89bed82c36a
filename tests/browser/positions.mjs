// SPDX-License-Identifier: Apache-2.0
// Where things stand on a phone, in both types: the first question with its
// answers on the first screen, the bar a small part of it, the review's rows
// before the button that casts. With a long title and long descriptions.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { axeSource, Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { axe } from './lib/inspect.mjs'
import { press, rested } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'
import { choose, toReview } from './lib/voter.mjs'

const TITLE = '积善社区二〇二六年度保障资金项目居民议事会年度表决暨公共空间更新项目意见征集第一轮投票'
const NAMES = ['路灯更换', '儿童游乐区', '电动车充电棚', '楼道照明', '绿化补种', '门禁改造', '健身器材', '排水沟清淤']
const TEXT = [
  '现有设施已使用多年，多处损坏，居民多次反映。',
  '改造后由物业每季度检修一次，费用另计。',
  '工期约三周，期间需要绕行。',
]
const PROJECTS = NAMES.map((name, i) => [`p${i + 1}`, (i + 1) * 1000, name, `Project ${i + 1}`, TEXT.join('\\n'), ''])
const META = { ...KINDS.consent, description: TITLE.slice(0, 40), description_en: '' }

/** A phone's sizes; the last is a screen of 1280 × 1024 at 400 %. */
const SIZES = [
  [320, 568],
  [375, 667],
  [390, 844],
  [412, 915],
  [320, 256],
]
const browser = await launch()
const e = await (await Election.make(definition(META, 8, PROJECTS), 20)).start()
let serial = 0

/** In the page: boxes as they stand with nothing scrolled, and what the bar takes of the screen. */
function seen() {
  window.scrollTo(0, 0)
  const box = (element) => {
    if (element === null) return null
    const { top, bottom, height } = element.getBoundingClientRect()
    return { top, bottom, height }
  }
  const bar = document.querySelector('.bar')
  const fixed = bar !== null && getComputedStyle(bar).position === 'sticky'
  return {
    name: box(document.querySelector('ol.cards h2')),
    answer: box(document.querySelector('ol.cards .choose, ol.cards .stepper button')),
    bar: fixed ? box(bar).height : 0,
    rows: [...document.querySelectorAll('.review li')].map(box),
    cast: box(document.querySelector('button.confirm')),
    over: document.documentElement.scrollWidth - window.innerWidth,
    width: window.innerWidth,
    height: window.innerHeight,
  }
}

async function picture(page, name) {
  if (process.env.YIHU_PICTURES !== undefined)
    await page.screenshot({ path: join(process.env.YIHU_PICTURES, `at-${name}.png`) })
}

for (const [width, height] of SIZES)
  for (const larger of [false, true]) {
    const name = `${width}x${height}${larger ? '-larger' : ''}`
    const type = larger ? 'larger' : 'normal'
    test(`${width} × ${height}, ${type} type: the first answer in sight, the review before the button`, async () => {
      const device = await Device.open(browser, e.url, { viewport: { width, height } })
      await device.context.addInitScript(axeSource())
      const page = await device.go(await e.scan(++serial))
      await page.locator('ol.cards').waitFor()
      await rested(page)
      await page.getByRole('button', { name: larger ? '要大字' : '不用' }).click()
      await picture(page, `${name}-choose`)
      const first = await page.evaluate(seen)
      assert.ok(first.over <= 0, `${first.over} px too wide`)
      assert.ok(first.answer.bottom <= first.height - first.bar, `the answers end at ${first.answer.bottom}`)
      assert.ok(first.name.top >= 0, 'and what is asked is above them')
      assert.ok(first.bar <= first.height / (larger ? 10 : 6) + 0.5, `the bar has ${first.bar} of ${first.height}`)
      await axe(page)

      await choose(page, 'consent', [1, 2, 0, 1, 2, 0, 1, 2])
      await toReview(page)
      await picture(page, `${name}-review`)
      const review = await page.evaluate(seen)
      assert.ok(review.over <= 0, `${review.over} px too wide`)
      assert.equal(review.rows.length, 8)
      assert.ok(review.rows[0].top < review.height, `the first row begins at ${review.rows[0].top}`)
      for (const row of review.rows) assert.ok(row.bottom <= review.cast.top, 'each row is above the button')
      assert.ok(height < 400 || review.cast.top > review.height / 2, 'which is not where the last button was')
      await axe(page)
      await device.close()
    })
  }

test('a voter for the first time, letter in hand: from the scan to the receipt in at most seven presses', async () => {
  const device = await Device.open(browser, e.url, { viewport: { width: 375, height: 667 }, hasTouch: true })
  const page = await device.go(await e.scan(++serial))
  await page.locator('ol.cards').waitFor()
  let presses = 0
  const tap = async (button, step) => {
    await press(button)
    presses++
    await picture(page, `first-${presses}-${step}`)
  }
  await picture(page, 'first-0-scanned')
  await tap(page.getByRole('button', { name: '要大字' }), 'larger')
  for (let i = 0; i < 8; i++) await page.locator('ol.cards > li').nth(i).locator('label', { hasText: '同意' }).tap()
  await picture(page, 'first-1-answered')
  await tap(page.locator('.bar button.main'), 'review')
  await tap(page.locator('button.confirm'), 'cast')
  await page.locator('.notice.good').waitFor()
  await picture(page, 'first-4-receipt')
  assert.ok(presses <= 7, `${presses} presses`)
  assert.equal((await e.api(`/api/serial/${serial}`)).status, 'recorded')
  await device.close()
})

await runTests()
