// SPDX-License-Identifier: Apache-2.0
// The resident's page as people meet it: what it says and in which order, to
// eyes, to a screen reader and to the keyboard; in a messenger's browser.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { loadProtocol } from './lib/protocol.mjs'
import { press, rested } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'
import { cast, review, vote } from './lib/voter.mjs'
import { expectText } from './lib/wait.mjs'
import { moment, textsOf } from './lib/words.mjs'

const browser = await launch()
const { charter } = await loadProtocol()
const ROWS = [
  ['p1', 90000, '路灯更换', 'Street lamps', '换成节能灯', 'Lamps that save power'],
  ['p2', 12345, '儿童游乐区', 'Playground', '沙坑和秋千\\n两周完工', 'Sand and swings\\nTwo weeks'],
]
const e = await (await Election.make(definition({ ...KINDS.approval, max_length: 1 }, 2, ROWS), 20)).start()
const print = charter.shortPrint(charter.parseCharter(await readFile(join(e.box, 'public/charter'))).eid)
let serial = 0
const next = () => e.scan(++serial)
const number = () => String(serial).padStart(4, '0')

// ---- what is there

for (const timezoneId of ['Asia/Shanghai', 'America/New_York']) {
  test(`the letter, the vote and its end by the election's clock, in ${timezoneId}`, async () => {
    const d = await Device.open(browser, e.url, { timezoneId })
    const page = await d.go(await next())
    await page.locator('ol.cards').waitFor()
    assert.equal(await page.title(), '测试社区年度项目表决')
    await press(page.getByText('这是哪次表决'))
    const facts = await page.locator('.facts').innerText()
    for (const text of [
      '测试街道 · 测试社区',
      `投票截止：${moment('zh-CN', 'date', e.closes)}`,
      `${number()} 号信件`,
      print,
    ])
      assert.ok(facts.includes(text), `${text}: ${facts}`)
    const other = timezoneId === 'Asia/Shanghai' ? '' : '您的设备设的是别的时区。'
    assert.equal(await page.locator('footer').innerText(), `时间都按北京时间。${other}`)
    await d.close()
  })
}

test('projects in the order of the file, with the paper’s numbers and the money; a long text opens', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(await next())
  await page.locator('ol.cards').waitFor()
  assert.deepEqual(await page.locator('.card h2').allInnerTexts(), ['1 路灯更换', '2 儿童游乐区'])
  assert.deepEqual(await page.locator('.card .cost').allInnerTexts(), ['90,000 元', '12,345 元'])
  assert.equal(await page.getByText('换成节能灯').isVisible(), true)
  const second = page.locator('.card p', { hasText: '两周完工' })
  assert.equal(await page.locator('.lead', { hasText: '沙坑和秋千' }).isVisible(), true)
  assert.equal(await second.isVisible(), false)
  await press(page.locator('.card summary'))
  assert.equal(await second.isVisible(), true)
  await d.close()
})

test('the bar is in sight, says how many of how many, and one too many does not go on', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(await next())
  await page.locator('ol.cards').waitFor()
  await rested(page)
  const bar = page.locator('.bar')
  const lies = async () => {
    const box = await bar.boundingBox()
    return Math.round(box.y + box.height)
  }
  assert.ok((await lies()) <= page.viewportSize().height)
  await expectText(bar, '已选 0 个，最多 1 个')
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await expectText(bar, '已选 2 个，最多 1 个')
  await expectText(bar, '最多选 1 个')
  assert.ok(await bar.getByRole('button').isDisabled())
  await page.getByRole('checkbox').first().uncheck()
  assert.ok(await bar.getByRole('button').isEnabled())
  assert.equal(await bar.locator('.problem').textContent(), '')
  await d.close()
})

// ---- by the keyboard alone

/** Tab by tab to what is called so; where the focus is, it is seen. */
async function tabTo(page, name) {
  for (let tabs = 0; tabs < 60; tabs++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const a = document.activeElement
      return {
        name: `${a.getAttribute('aria-label') ?? ''}${a.labels?.[0]?.textContent ?? ''}${a.textContent}`,
        outline: getComputedStyle(a).outlineStyle,
      }
    })
    if (!at.name.includes(name)) continue
    assert.notEqual(at.outline, 'none', `${name}: the focus is not seen`)
    return
  }
  throw new Error(`no ${name} within 60 tabs`)
}
async function pressed(page, name, key = 'Enter') {
  await rested(page)
  await tabTo(page, name)
  await page.keyboard.press(key)
}

/** What keys choose the digits that follow, a kind each; consent is in looks.mjs. */
const BY_KEYS = {
  approval: [
    async (page) => {
      await pressed(page, '电动车充电棚', 'Space')
    },
    ['p3'],
  ],
  knapsack: [
    async (page) => {
      await pressed(page, '路灯更换', 'Space')
      await pressed(page, '楼道照明', 'Space')
    },
    ['p1,p4'],
  ],
  scoring: [
    async (page) => {
      for (let tabs = 0; tabs < 60; tabs++) {
        await page.keyboard.press('Tab')
        if (await page.evaluate(() => document.activeElement.name === 'p1')) break
      }
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key)
    },
    ['p2;2'],
  ],
  cumulative: [
    async (page) => {
      await tabTo(page, '增加 绿化补种')
      for (let i = 0; i < 12; i++) await page.keyboard.press('Enter')
    },
    ['p5;10'],
  ],
  ordinal: [
    async (page) => {
      await pressed(page, '排为第 1 位 路灯更换')
      await pressed(page, '排为第 2 位 电动车充电棚')
      await page.keyboard.press('Shift+Tab')
      for (
        let i = 0;
        i < 40 && !(await page.evaluate(() => document.activeElement.textContent)).includes('后移 路灯更换');
        i++
      )
        await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Enter')
      assert.match(
        await page.evaluate(() => document.activeElement.textContent),
        /路灯更换/,
        'the focus stays with the project',
      )
    },
    ['p3,p1'],
  ],
}

for (const [kind, [choose, rows]] of Object.entries(BY_KEYS)) {
  test(`${kind} by the keyboard alone, from the typed code to the receipt`, async () => {
    const other = await (await Election.make(definition(KINDS[kind]), 2)).start()
    const d = await Device.open(browser, other.url)
    const page = await d.go(`${other.url}/v`)
    await tabTo(page, '信上的代码')
    await page.keyboard.insertText((await other.list())[0].typed)
    await pressed(page, '打开信件')
    await page.locator('ol.cards').waitFor()
    await rested(page)
    await choose(page)
    await pressed(page, '下一步')
    await page.locator('.commitment').waitFor()
    await pressed(page, '想确认手机')
    await pressed(page, '现在检查')
    await page.locator('canvas.qr').waitFor()
    await pressed(page, '重新投票')
    await page.locator('ol.cards').waitFor()
    await pressed(page, '下一步')
    await page.locator('.commitment').waitFor()
    await pressed(page, '确认投票')
    await page.locator('.notice.good').waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), pressed(page, '存为文件')])
    assert.match(download.suggestedFilename(), /^yihu-0001\.tlog-proof$/)
    await pressed(page, '在投票公示里查看')
    await page.waitForURL(/board/)
    await expectText(page.locator('section div[aria-live]'), '0001')
    await other.count()
    assert.deepEqual(await other.votes(), rows)
    await d.close()
    await other.end()
  })
}

test('the board by the keyboard alone', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(`${e.url}/board`)
  await page.locator('#search').waitFor()
  await tabTo(page, '信件编号或选票码')
  await page.keyboard.insertText('20')
  await page.keyboard.press('Enter')
  await expectText(page.locator('section div[aria-live]'), '0020')
  await pressed(page, '全部信件')
  await expectText(page.locator('details[open]'), '0001')
  await tabTo(page, 'checkpoint')
  await d.close()
})

// ---- to a screen reader

/** Roles and names in their order, as the browser gives them to a screen reader. */
async function readOut(page) {
  const lines = (await page.locator('body').ariaSnapshot())
    .split('\n')
    .map((line) => line.trim().replace(/^- /, '').replace(/["']/g, '').replace(/:$/, ''))
  return lines.filter((line) => !line.startsWith('/url'))
}

const lead = (locale) => ROWS[1][locale === 'en' ? 5 : 4].replace('\\n', ' ')

/** Each text by its key in the catalogue, so that both languages are told alike. */
function spoken(locale) {
  const said = textsOf(locale)
  const t = (key, values) => said(key, values).replace(/["']/g, '')
  const [title, other, projects] =
    locale === 'en'
      ? [
          'A test vote',
          '中文',
          [
            ['Street lamps', '90,000 yuan'],
            ['Playground', '12,345 yuan'],
          ],
        ]
      : [
          '测试社区年度项目表决',
          'English',
          [
            ['路灯更换', '90,000 元'],
            ['儿童游乐区', '12,345 元'],
          ],
        ]
  const step = (n) => [
    'banner',
    `paragraph: ${t('head-line', { n: number(), when: moment(locale, 'brief', e.closes) })}`,
    `button ${t('larger-brief')} ${t('larger')}`,
    `button ${other === 'English' ? 'English: En' : other}`,
    `list ${t('steps')}`,
    ...[1, 2, 3].map((i) => `listitem: ${i} ${t(`step-${i}`)}`),
    'main',
  ]
  // Beneath every view; the test's browser is in that zone.
  const foot = ['contentinfo', `paragraph: ${t('zone-line', { zone: t('zone-name') })}`]
  return { t, title, step, foot, projects }
}

for (const locale of ['zh-CN', 'en']) {
  test(`${locale}: to a screen reader, names in their order: choosing, review, receipt`, async () => {
    const d = await Device.open(browser, e.url, { locale })
    const page = await d.go(await next())
    await page.locator('ol.cards').waitFor()
    const { t, title, step, foot, projects } = spoken(locale)
    const about = (name, i) =>
      i === 0 ? `paragraph: ${ROWS[0][locale === 'en' ? 5 : 4]}` : `group: ${lead(locale)} ${t('read-all')} ${name}`
    const card = ([name, cost], i) => [
      'listitem',
      `heading ${i + 1} ${name} [level=2]`,
      `paragraph: ${cost}`,
      about(name, i),
      `checkbox ${t('choose-this')} ${name}`,
      `text: ${t('choose-this')} ${name}`,
    ]
    assert.deepEqual(await readOut(page), [
      ...step(1),
      `region ${t('larger')}`,
      `paragraph: ${t('larger-ask')}`,
      `button ${t('larger-yes')}`,
      `button ${t('larger-no')}`,
      `heading ${title} [level=1]`,
      `paragraph: ${t('hint-approval')}`,
      `group: ${t('rule-greedy')} ${t('rule')}`,
      'list',
      ...projects.flatMap(card),
      `group: ${t('which-vote')}`,
      'alert',
      `paragraph: ${t('chosen-of', { n: 0, all: 1 })}`,
      `button ${t('to-review')}`,
      ...foot,
    ])
    await review(page, 'approval', [0, 1])
    const row = ([name], i) => [
      'listitem',
      `text: ${i + 1} ${name}`,
      `strong: ${t(i === 1 ? 'chosen-word' : 'not-chosen-word')}`,
    ]
    assert.deepEqual(await readOut(page), [
      ...step(2),
      `heading ${t('review')} [level=1]`,
      'list',
      ...projects.flatMap(row),
      `paragraph: ${t('not-in-yet')}`,
      'paragraph',
      `text: ${t('check-print')}`,
      `strong: ${print}`,
      `group: ${t('check-phone')} ${await page.locator('.commitment .code').textContent()}`,
      `button ${t('back')}`,
      `button ${t('confirm')}`,
      ...foot,
    ])
    assert.equal(
      await page.evaluate(() => document.activeElement.tagName),
      'H1',
      'the new view is read from its heading',
    )
    await cast(page)
    const { code, time } = await e.api(`/api/serial/${serial}`)
    assert.deepEqual(await readOut(page), [
      ...step(3),
      'status',
      `heading ${t('recorded')} [level=1]`,
      `paragraph: 测试街道 · 测试社区 · ${title}`,
      `term: ${t('letter-no')}`,
      `definition: ${number()}`,
      `term: ${t('recorded-at')}`,
      `definition: ${moment(locale, 'date', Date.parse(time) / 1000)}`,
      `term: ${t('ballot-code')}`,
      `definition: ${code}`,
      `img ${t('see-board')}`,
      `paragraph: ${t('shows-nothing')}`,
      `button ${t('save-image')}`,
      `button ${t('save-file')}`,
      `link ${t('see-board')}`,
      `paragraph: ${t('how-to-check')}`,
      `heading ${t('what-next')} [level=2]`,
      `paragraph: ${t('may-close')}`,
      `paragraph: ${t('next-results', { when: moment(locale, 'date', e.closes) })}`,
      `paragraph: ${t('min-box', { n: 1 })}`,
      'paragraph',
      `link ${t('to-results')}`,
      ...foot,
    ])
    await d.close()
  })
}

// ---- in a messenger's browser

const WECHAT =
  'Mozilla/5.0 (Linux; Android 12; V2203A Build/SP1A.210812.003; wv) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 ' +
  'MicroMessenger/8.0.47.2560(0x28002F30) WeChat/arm64 Weixin NetType/3gnet Language/zh_CN ABI/arm64'

test('WeChat: a query before the fragment, no wasm, no worker, the receipt a picture; reloaded after', async () => {
  const d = await Device.open(browser, e.url, { userAgent: WECHAT, isMobile: true, hasTouch: true })
  const letter = (await next()).replace('/v#', '/v?from=groupmessage&isappinstalled=0&clicktime=1#')
  const page = await d.go(letter)
  const code = await vote(page, 'approval', [1, 0])
  assert.equal(page.url(), `${e.url}/v`)
  await rested(page)
  await page.getByRole('button', { name: '存为图片' }).tap()
  await expectText(page.locator('main'), '请长按下面的图片保存')
  assert.ok((await page.locator('img.receipt').boundingBox()).width > 200)
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0)
  assert.ok(d.requests.every((r) => !/wasm|worker/.test(r.url())))
  await page.reload()
  await expectText(page.locator('main'), '没看到回执，就是还没有投出')
  await d.go(letter.replace('&clicktime=1', '&clicktime=2'), page)
  await expectText(page.locator('.notice.good'), code)
  await d.assertClean()
  await d.close()
})

test('a page that comes back from the browser’s cache of pages shows no ballot', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(await next())
  page.on('dialog', (dialog) => void dialog.accept())
  await review(page, 'approval', [1, 0])
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expectText(page.locator('main'), '没看到回执，就是还没有投出')
  assert.equal(await page.locator('.review, .cards').count(), 0)
  await d.assertClean()
  await d.close()
})

await runTests()
