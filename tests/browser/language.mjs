// SPDX-License-Identifier: Apache-2.0
// One more language is one more file: every page in a language that the tests
// make up has no word left in another, fits a small phone, and runs from right
// to left, since what is built has no left and no right; the switch names it, and
// the election's own texts are in it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election } from './lib/election.mjs'
import { press } from './lib/press.mjs'
import { buildPages, pseudoDevice, PSEUDO, untranslated } from './lib/pseudo.mjs'
import { runTests, test } from './lib/tap.mjs'
import { choose, confirmButton, openCheck, toReview } from './lib/voter.mjs'
import { catalogue } from './lib/words.mjs'

const SMALL = { width: 375, height: 667 }
const NAMES = ['Łáµþš', 'Šļíđéš', 'Ŵáļļš', 'Ĝáŧéš', 'Ŧřééš']
const rows = NAMES.map((name, i) => [`p${i + 1}`, 1000 * (i + 1), `路灯 ${i}`, name, '旧的说明', `Áßöúť ${name}`])
const texts = { description_qps: 'Á ťéšť ŵöťé', unit_qps: 'Šťřééť', subunit_qps: 'Éšťáťé' }
const meta = Object.entries(texts).map(([key, text]) => `${key};${text}\n`)
const CONSENT = { vote_type: 'scoring', ballot: 'consent' }
const pb = definition({ ...CONSENT, rule: 'majority' }, 5, rows)
  .replace('name;name_en;description;description_en', `name;name_${PSEUDO};description;description_${PSEUDO}`)
  .replace(/description_en;.*\n/, meta.join(''))

const browser = await launch()
const pages = buildPages()
const e = await (await Election.make(pb, 12)).start()
let device = await pseudoDevice(browser, e, pages, { viewport: SMALL })

/** No text left, and nothing too wide. */
async function isWhole(page, view) {
  assert.deepEqual(await untranslated(page), [], view)
  const { dir, over } = await page.evaluate(() => ({
    dir: getComputedStyle(document.body).direction,
    over: Math.max(
      ...[...document.querySelectorAll('body *')]
        .filter((x) => x.closest('.scroll, .hidden, select, script, style') === null)
        .map((x) => x.getBoundingClientRect())
        .map((box) => Math.max(-box.left, box.right - window.innerWidth)),
    ),
  }))
  assert.equal(dir, 'rtl', view)
  assert.ok(over <= 0.5, `${view}: ${over} px too wide`)
  assert.equal(await page.locator('main [style]').count(), 0, view)
  if (process.env.YIHU_PICTURES !== undefined)
    await page.screenshot({ path: join(process.env.YIHU_PICTURES, `rtl-${view}.png`), fullPage: true })
}

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

test('a vote, from the letter to the receipt: a mirror image', async () => {
  const page = await device.go(await e.scan(1))
  await page.locator('ol.cards').waitFor()
  assert.deepEqual(
    await page.locator('.card h2').allTextContents(),
    NAMES.map((name, i) => `${i + 1} ${name}`),
  )
  await isWhole(page, 'choices')
  await choose(page, 'consent', [1, 2, 0, 1, 0])
  assert.deepEqual((await drawn(page, '.facts')).border, ['0px', '4px'])
  await toReview(page)
  const { gaps } = await drawn(page, '.review li strong')
  assert.ok(gaps[0] <= 1 && gaps[1] > 100, `the answer is at the left edge: ${gaps}`)
  await openCheck(page)
  await isWhole(page, 'review')
  await press(confirmButton(page))
  await page.locator('.notice.good').waitFor()
  await press(page.locator('.buttons button').first())
  await page.locator('img.receipt').waitFor()
  await isWhole(page, 'recorded')
  await device.go(await e.scan(1), page)
  await page.locator('.notice').waitFor()
  await isWhole(page, 'voted')
})

const VIEWS = {
  front: ['/', 'h2'],
  typed: ['/v', '#typed'],
  damaged: ['/v#1', '.notice.bad'],
  board: ['/board', '#search'],
  results: ['/results', 'h1'],
  check: ['/check', '#file'],
  remembered: [`/check#c${'ab'.repeat(32)}`, '#code'],
  verify: ['/verify', '#eid'],
}
for (const [view, [path, there]] of Object.entries(VIEWS))
  test(`${view} has no word of another language, and is not too wide`, async () => {
    const page = await device.context.newPage()
    await page.goto(e.url + path)
    await page.locator(there).first().waitFor()
    for (const details of await page.locator('details > summary').all()) await details.click()
    await isWhole(page, view)
    await page.close()
  })

test('the desk, on its wider screen', async () => {
  const desk = await pseudoDevice(browser, e, pages, { viewport: { width: 1280, height: 800 } })
  const page = await desk.go(`${e.url}/station`)
  await page.locator('#scan').fill(await e.scan(2))
  await page.locator('#scan').press('Enter')
  await page.locator('table.desk').waitFor()
  await isWhole(page, 'desk')
  await desk.close()
})

test('the switch names each catalogue by itself; a page goes to any and back', async () => {
  const page = await device.context.newPage()
  await page.goto(e.url)
  const select = page.locator('.tools select')
  const own = catalogue('en').language.name
  const names = await select.locator('option').allTextContents()
  assert.deepEqual(names.slice(0, -1), ['中文', ...names.slice(1, -2), own])
  assert.match(names.at(-1), /^Éñğļíšħ/)
  await select.selectOption('en')
  await page.getByText('How to vote').waitFor()
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [
    'en',
    'ltr',
  ])
  await page.reload()
  await page.getByText('How to vote').waitFor()
  await select.selectOption(PSEUDO)
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl')
  await page.close()
})

test('results that are verified, and a receipt', async () => {
  const page = await device.context.newPage()
  await e.count()
  await page.goto(`${e.url}/verify`)
  await page.locator('#eid').fill(e.eid)
  await press(page.locator('form button.main'))
  await page.locator('.notice').waitFor()
  assert.match(await page.locator('.notice').textContent(), new RegExp(NAMES[0]))
  await isWhole(page, 'verified')
  await page.close()
})

test('the page of results that C draws, in that language too', async () => {
  const json = await readFile(join(e.box, 'public/results.json'), 'utf8')
  const marked = json.replace(/"(title|community|instance|name)": *"[^"]*"/g, '"$1": "Ñáµé"')
  const html = execFileSync(join(process.env.YIHU_BROWSER, 'results-page-pseudo'), [PSEUDO], { input: marked })
  const file = join(e.dir, 'results.html')
  await writeFile(file, html)
  const reader = await Device.open(browser, 'file:', { viewport: SMALL })
  const page = await reader.go(`file://${file}`)
  await isWhole(page, 'results-drawn')
  await reader.close()
  await device.close()
})

// ---- a language needs no style of its own

/** Sides as words, and as the second and fourth of four values. A viewBox and
 * the like are attributes; shadows have their colour last, and are not used. */
const SIDE = /(?:^|[^\w])(?:[\w-]+-)?(?:left|right)(?:-[\w-]+)?(?![\w-])/g
const FOUR = /(?:margin|padding|inset|border-(?:width|style|color))\s*:\s*([^\s;}]+) ([^\s;}]+) ([^\s;}]+) ([^\s;}]+)/g
const sides = (css) => [
  ...(css.match(SIDE) ?? []),
  ...[...css.matchAll(FOUR)].filter(([, , two, , four]) => two !== four).map(([all]) => all),
]

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

test('the styles that browsers get have no left and no right', async () => {
  const get = async (path) => (await fetch(e.url + path, { headers: { Accept: 'text/html' } })).text()
  const css = await get('/assets/style.css')
  const verify = stylesOf(await get('/verify'))
  const results = stylesOf(await get('/results'))
  assert.deepEqual([css.length > 1000, verify.length, results.length], [true, 1, 1])
  for (const style of [css, ...verify, ...results]) assert.deepEqual(sides(style), [])
})

await runTests()
