// SPDX-License-Identifier: Apache-2.0
// Old engines: what a resident's phone loads needs nothing that came after
// Chrome 86 (X5 and XWeb in messengers are that old), and votes without it; a
// still older one gets a word in every language. The years are those of the
// tables at caniuse.com and MDN.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { runTests, test } from './lib/tap.mjs'
import { choose, vote } from './lib/voter.mjs'
import { expectText } from './lib/wait.mjs'

const esbuild = createRequire(join(process.env.YIHU_WEB, 'package.json'))('esbuild')
const SCRIPTS = ['/assets/v.js', '/assets/front.js', '/assets/board.js', '/assets/check.js']

/** Of style sheets: what Chrome learned with 87 and later. A colour for a box's
 * tick changes nothing where it is not known. */
const LATER_PROPERTIES = [
  '(?:margin|padding|inset)-(?:inline|block)',
  'inset',
  'aspect-ratio',
  'color-scheme',
  'content-visibility',
  'scrollbar-gutter',
  'translate',
  'rotate',
  'scale',
]
const LATER_CSS = new RegExp(
  [
    `(?:^|[;{\\s])(${LATER_PROPERTIES.join('|')})\\s*:`,
    '(?::is|:where|:has|:not\\([^)]*,)',
    '@(?:layer|container|property|supports selector)',
    'color-mix\\(',
    '\\d(?:dvh|svh|lvh)\\b',
  ].join('|'),
  'g',
)
const HARMLESS = new Set(['color-scheme'])

/** Objects of the page and what of them came later. */
const LATER_APIS = {
  'Array.prototype': ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with', 'group'],
  'String.prototype': ['at', 'isWellFormed', 'toWellFormed'],
  'Uint8Array.prototype': ['at', 'findLast', 'toSorted', 'toReversed', 'with', 'toHex', 'toBase64'],
  Array: ['fromAsync'],
  Object: ['hasOwn', 'groupBy'],
  Map: ['groupBy'],
  Promise: ['withResolvers', 'try'],
  URL: ['canParse', 'parse'],
  AbortSignal: ['timeout', 'any', 'abort'],
  'AbortSignal.prototype': ['throwIfAborted'],
  'Crypto.prototype': ['randomUUID'],
  'Element.prototype': ['setHTML', 'checkVisibility', 'computedStyleMap'],
  'HTMLElement.prototype': ['showPopover', 'hidePopover', 'togglePopover'],
  'Document.prototype': ['startViewTransition'],
  window: ['structuredClone', 'navigation', 'scheduler', 'EyeDropper', 'CompressionStream', 'DecompressionStream'],
}
function takeAway(later) {
  for (const [path, names] of Object.entries(later)) {
    const holder = path.split('.').reduce((at, name) => (name === 'window' ? at : at?.[name]), window)
    for (const name of names) if (holder !== undefined) delete holder[name]
  }
  // Neither is in X5, nor in a messenger's own browser.
  for (const name of ['WebAssembly', 'BarcodeDetector', 'BroadcastChannel', 'Worker']) delete window[name]
}

const WECHAT =
  'Mozilla/5.0 (Linux; Android 10; JKM-AL00a) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 ' +
  'XWEB/4313 MMWEBSDK/20220805 Mobile Safari/537.36 MicroMessenger/8.0.27.2220 Language/zh_CN'
const DIGITS = {
  approval: [1, 0, 1, 0, 0],
  knapsack: [1, 0, 1, 0, 0],
  consent: [1, 2, 0, 1, 2],
  scoring: [5, 0, 3, 0, 1],
  cumulative: [2, 0, 3, 0, 0],
  ordinal: [2, 0, 1, 0, 0],
}
const browser = await launch()
const e = await (await Election.make(definition(KINDS.consent), 3)).start()
const get = async (path) => (await fetch(e.url + path)).text()

test('the search finds what came later', () => {
  const found = (css) => [...css.matchAll(LATER_CSS)].map((m) => m[1] ?? m[0])
  for (const css of ['a{padding-inline:1px}', 'a{inset:0}', 'a:has(b){}', 'a:is(b){}', 'a{aspect-ratio:1}', '@layer x'])
    assert.equal(found(css).length, 1, css)
  for (const css of ['a{padding-inline-start:1px}', 'a:not(b){}', 'a{clip-path:inset(50%)}'])
    assert.deepEqual(found(css), [], css)
})

test('style sheet: nothing that Chrome 86 does not know', async () => {
  const found = [...(await get('/assets/style.css')).matchAll(LATER_CSS)].map((m) => m[1] ?? m[0])
  assert.deepEqual(
    found.filter((name) => !HARMLESS.has(name)),
    [],
  )
})

test('scripts: no syntax that Chrome 86 does not know', async () => {
  const plain = (code, target) => esbuild.transformSync(code, { target, minifyWhitespace: true }).code
  assert.notEqual(plain('class A{static{b()}}', 'chrome86'), plain('class A{static{b()}}', 'esnext'))
  for (const path of SCRIPTS) {
    const code = await get(path)
    assert.ok(plain(code, 'chrome86') === plain(code, 'esnext'), path)
  }
})

for (const [kind, digits] of Object.entries(DIGITS))
  test(`${kind}: votes in a messenger of that age, and what is chosen can be seen`, async () => {
    const own = await (await Election.make(definition(KINDS[kind]), 2)).start()
    const device = await Device.open(browser, own.url, { userAgent: WECHAT, serviceWorkers: 'block' })
    await device.context.addInitScript(takeAway, LATER_APIS)
    const page = await device.go(await own.scan(1))
    const marks = () =>
      page.locator('ol.cards .choose, ol.cards output').evaluateAll((all) =>
        all.map((m) => {
          const { backgroundColor, color } = getComputedStyle(m)
          return `${m.textContent} ${color} on ${backgroundColor}`
        }),
      )
    await page.locator('ol.cards').waitFor()
    assert.equal(
      await page.evaluate(() =>
        [typeof structuredClone, [].at, Object.hasOwn].every((x) => x === undefined || x === 'undefined'),
      ),
      true,
    )
    const before = await marks()
    await choose(page, kind, digits)
    const after = await marks()
    const changed = after.filter((mark, i) => mark !== before[i]).length
    assert.ok(after.length !== before.length || changed >= digits.filter((d) => d > 0).length, `${after}`)
    await device.go(await own.scan(2), page)
    await vote(page, kind, digits)
    await device.close()
    await own.end()
  })

test('an engine that is older still: a word in every language, and no empty page', async () => {
  const context = await browser.newContext()
  await context.addInitScript(() => {
    delete Element.prototype.replaceChildren
  })
  const page = await context.newPage()
  for (const path of ['/v', '/', '/board']) {
    await page.goto(e.url + path)
    const text = await expectText(page.locator('main'), '换用较新的浏览器')
    assert.match(text, /browser/, path)
  }
  await context.close()
})

await runTests()
