// SPDX-License-Identifier: Apache-2.0
// Every view for everyone: axe-core in both languages and both sizes, a narrow
// phone, large targets, the keyboard alone; and what a phone has to load.
import assert from 'node:assert/strict'
import { axeSource, Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { seen } from './lib/handbook.mjs'
import { inspect } from './lib/inspect.mjs'
import { confirm } from './lib/desk.mjs'
import { press, rested } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'
import { cast, choose, confirmButton, openCheck, review, toReview, voteAfresh } from './lib/voter.mjs'

const browser = await launch()
const e = await (await Election.make(definition(KINDS.consent), 60)).start()
const kinds = await Promise.all(
  ['approval', 'knapsack', 'cumulative', 'ordinal'].map(async (kind) => [
    kind,
    await (await Election.make(definition(KINDS[kind]), 4)).start(),
  ]),
)
const DIGITS = [1, 2, 0, 1, 2]
const PAYLOAD_MAX = 60 * 1024
let serial = 0

const typeKeys = (page, keys) =>
  keys.reduce(
    (before, key) => before.then(() => page.keyboard.press(key)).then(() => page.waitForTimeout(45)),
    Promise.resolve(),
  )
const deskLetter = async (page) => {
  await page.locator('#scan').fill(await e.scan(++serial))
  await page.keyboard.press('Enter')
  await page.locator('table.desk').waitFor()
}

/** Each view by the steps that lead there. One after the other on one page. */
const VIEWS = [
  [
    'front',
    async (page) => {
      await page.goto(`${e.url}/`)
      await page.locator('.notice.now').waitFor()
      await page.locator('summary').last().click()
    },
  ],
  [
    'typed',
    async (page) => {
      await page.goto(`${e.url}/v`)
      await page.locator('#typed').waitFor()
    },
  ],
  [
    'choose',
    async (page) => {
      await page.goto(await e.scan(++serial))
      await choose(page, 'consent', DIGITS)
      await page.locator('summary').first().click()
    },
  ],
  [
    'review',
    async (page) => {
      await toReview(page)
      await openCheck(page)
    },
  ],
  [
    'challenge',
    async (page) => {
      await press(page.locator('.commitment button'))
      await page.locator('canvas.qr').waitFor()
    },
  ],
  [
    'not known',
    async (page) => {
      await page.route('**/api/ballot', (route) => route.abort())
      await voteAfresh(page)
      await toReview(page)
      await press(confirmButton(page))
      await page.locator('.notice.wait').waitFor()
    },
  ],
  [
    'recorded',
    async (page) => {
      await page.unroute('**/api/ballot')
      await page.locator('.notice.good').waitFor()
      await press(page.locator('.buttons button').first())
      await page.locator('img.receipt').waitFor()
    },
  ],
  [
    'voted before',
    async (page) => {
      await page.goto(await e.scan(serial))
      await page.locator('.notice.good').waitFor()
    },
  ],
  [
    'damaged',
    async (page) => {
      await page.goto(`${e.url}/v#12`)
      await page.locator('.notice.bad').waitFor()
    },
  ],
  [
    'check',
    async (page) => {
      await page.goto(`${e.url}/check#c${'ab'.repeat(32)}`)
      await page.locator('#code').waitFor()
    },
  ],
  [
    'check failed',
    async (page) => {
      await page.goto(`${e.url}/check#dAAAA`)
      await page.locator('.notice.bad').waitFor()
    },
  ],
  [
    'board',
    async (page) => {
      await page.goto(`${e.url}/board`)
      await page.locator('#search').fill('1')
      await page.keyboard.press('Enter')
      await page.locator('summary').first().click()
      await page.locator('summary').last().click()
    },
  ],
  [
    'desk',
    async (page) => {
      await page.goto(`${e.url}/station`)
      await page.locator('#scan').waitFor()
    },
  ],
  [
    'desk keying',
    async (page) => {
      await deskLetter(page)
      await typeKeys(page, ['1', '2', '3', '1', '2'])
    },
  ],
  [
    'desk read back',
    async (page) => {
      await typeKeys(page, ['Enter'])
      await page.locator('.review.large').waitFor()
    },
  ],
  [
    'desk recorded',
    async (page) => {
      await confirm(page, serial)
      await page.locator('.notice.good').waitFor()
    },
  ],
  [
    'desk sheet',
    async (page) => {
      await page.locator('.buttons button').last().click()
      await page.locator('table').waitFor()
    },
  ],
]
const KIND_VIEWS = kinds.map(([kind, election]) => [
  kind,
  async (page) => {
    await page.goto(await election.scan(++election.used))
    await choose(page, kind, kind === 'ordinal' ? [1, 0, 2, 0, 0] : [1, 0, 1, 0, 0])
  },
])
kinds.forEach(([, election]) => {
  election.used = 0
})

for (const locale of ['zh-CN', 'en']) {
  let device
  let page
  for (const [i, [name, go]] of [...VIEWS, ...KIND_VIEWS].entries()) {
    test(`${locale}, ${name}: axe finds nothing; 320 px, phone, desktop; larger type`, async () => {
      if (i === 0) {
        device = await Device.open(browser, e.url, { locale, bypassCSP: true })
        await device.context.addInitScript(axeSource())
        page = await device.context.newPage()
        page.on('dialog', (dialog) => void dialog.accept())
      }
      await go(page)
      await seen(page, `looks-${name.replaceAll(' ', '-')}`)
      await inspect(page, name)
      assert.equal(await page.evaluate(() => document.documentElement.lang), locale)
      assert.deepEqual(device.faults, [])
    })
  }
}

test('200 % zoom: nothing is cut off or scrolls sideways', async () => {
  const device = await Device.open(browser, e.url, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 })
  const page = await device.go(await e.scan(++serial))
  await choose(page, 'consent', DIGITS)
  const found = await page.evaluate(() => {
    document.documentElement.style.zoom = '2'
    return document.documentElement.scrollWidth - window.innerWidth
  })
  assert.ok(found <= 0, `${found} px too wide`)
  await device.close()
})

test('a vote by the keyboard alone, focus always seen', async () => {
  const device = await Device.open(browser, e.url)
  const page = await device.go(await e.scan(++serial))
  await page.locator('ol.cards').waitFor()
  await rested(page)
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 0, 'no answer is given beforehand')
  const focused = () =>
    page.evaluate(() => {
      const a = document.activeElement
      const r = a.getBoundingClientRect()
      const bar = document.querySelector('.bar')?.getBoundingClientRect()
      const hidden = bar !== undefined && !a.closest('.bar') && r.bottom > bar.top + 2
      return { id: a.id, text: a.textContent, hidden, outline: getComputedStyle(a).outlineStyle }
    })
  for (let i = 0; i < 5; i++) {
    for (let tabs = 0; ; tabs++) {
      assert.ok(tabs < 6, 'the next answer is a few tabs away')
      await page.keyboard.press('Tab')
      if ((await focused()).id.startsWith(`p${i}-`)) break
    }
    for (let n = 0; (await focused()).hidden && n < 100; n++) await page.waitForTimeout(100) // smooth scrolling
    assert.equal((await focused()).hidden, false, `answer ${i + 1} is not behind the bar`)
    await page.keyboard.press('Space')
    if (i % 2 === 1) await page.keyboard.press('ArrowDown')
  }
  const forward = async (text) => {
    for (let tabs = 0; !(await focused()).text.includes(text); tabs++) {
      assert.ok(tabs < 9, `${text} is a few tabs away`)
      await page.keyboard.press('Tab')
    }
    assert.equal((await focused()).outline, 'solid')
    await page.keyboard.press('Enter')
  }
  await forward('下一步')
  await page.locator('.commitment').waitFor()
  await rested(page)
  await forward('确认投票')
  await page.locator('.notice.good').waitFor()
  assert.deepEqual(await page.locator('h1').allTextContents(), ['✓ 投好了。这是您的回执'])
  await device.close()
})

test('language and size keep the choice, the place and the focus', async () => {
  const device = await Device.open(browser, e.url)
  const page = await device.go(await e.scan(++serial))
  await choose(page, 'consent', DIGITS)
  await page.locator('.tools button').first().focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => document.activeElement.textContent), '中文')
  assert.match(await page.locator('.bar .line').textContent(), /5 of 5 answered/)
  for (const [i, digit] of DIGITS.entries()) assert.ok(await page.locator(`#p${i}-${digit}`).isChecked())
  await toReview(page)
  const code = () => page.locator('.commitment .code').textContent()
  const before = await code()
  await page.getByRole('button', { name: '中文' }).click()
  assert.equal(await code(), before, 'the ballot that is sealed is the same')
  await cast(page)
  await device.close()
})

test('each page says from its first bytes which election it is', async () => {
  const [, name] = /^description;(.+)$/m.exec(Buffer.from(await (await fetch(`${e.url}/election.pb`)).arrayBuffer()))
  for (const path of ['/', '/v', '/check', '/board', '/station']) {
    const html = await (await fetch(e.url + path)).text()
    assert.ok(html.includes(`<p>${name}</p>`), path)
  }
})

test('what a phone loads to vote is under 60 KB', async () => {
  const sizes = await Promise.all(
    ['/v', '/assets/v.js', '/assets/style.css', '/assets/old.js', '/charter', '/election.pb'].map(async (path) => {
      const answer = await fetch(e.url + path, { headers: { 'Accept-Encoding': 'gzip' } })
      return Number(answer.headers.get('content-length'))
    }),
  )
  const sum = sizes.reduce((a, b) => a + b, 0)
  console.log(`# ${sum} bytes`)
  assert.ok(sizes.every((size) => size > 0) && sum < PAYLOAD_MAX, `${sizes}`)
  const device = await Device.open(browser, e.url)
  const page = await device.go(await e.scan(++serial))
  await review(page, 'consent', DIGITS)
  const loaded = new Set(
    device.requests.map((r) => new URL(r.url()).pathname).filter((path) => !path.startsWith('/api/')),
  )
  assert.deepEqual([...loaded].sort(), [
    '/assets/old.js',
    '/assets/style.css',
    '/assets/v.js',
    '/charter',
    '/election.pb',
    '/v',
  ])
  await device.close()
})

await runTests()
