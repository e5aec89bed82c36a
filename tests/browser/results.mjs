// SPDX-License-Identifier: Apache-2.0
// The page of the results: fit for everyone, on a phone and on paper, in both
// languages; and a reader who has nothing but the page comes to the same count.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { axeSource, DESKTOP, launch, PHONE, SMALL } from './lib/browser.mjs'
import { definition, KINDS } from './lib/election.mjs'
import { axe } from './lib/inspect.mjs'
import { atEnd, runTests, test } from './lib/tap.mjs'

const browser = await launch()
const dir = await mkdtemp(join(tmpdir(), 'yihu-results-'))
atEnd(() => rm(dir, { recursive: true, force: true }))
const program = (name, args, input = '') =>
  execFileSync(join(process.env.YIHU_BROWSER, name), args, { input, encoding: 'utf8', maxBuffer: 1 << 26 })

const HOUSEHOLDS = 60
const VALID = 40
const LOT = 'ab'.repeat(32)

const projectsOf = (pb) =>
  pb
    .slice(pb.indexOf('\nPROJECTS\n'), pb.indexOf('\nVOTES\n'))
    .split('\n')
    .slice(3)
    .map((row) => row.split(';'))

/** VALID votes, later projects with fewer: voter i is for project k when this
 * says so. Equal numbers come about by themselves. */
const supports = (i, k, n) => (i * 7 + k * 5) % 11 < 9 - Math.floor((6 * k) / n)
function votes(pb) {
  const projects = projectsOf(pb)
  const points = pb.includes('\nvoter_id;vote;points\n')
  return Array.from({ length: VALID }, (_, i) => {
    const ids = projects.filter((_, k) => supports(i, k, projects.length)).map(([id]) => id)
    return `${i + 1};${ids.join(',')}${points ? `;${ids.map((_, k) => ((i + k) % 3 === 0 ? -1 : 1)).join(',')}` : ''}\n`
  }).join('')
}

/** results.json of an election over pb, counted by yihu-tally. */
async function results(name, pb, more = {}) {
  const file = join(dir, `${name}.pb`)
  await writeFile(file, pb.replace('num_votes;0', `num_votes;${VALID}`) + votes(pb))
  const counted = JSON.parse(
    program('yihu-tally', ['count', file, '--json', '--lot', LOT, '--entitled', String(HOUSEHOLDS)]),
  )
  const { title, community, instance, currency, valid, lot, ...rest } = counted
  delete rest.version
  return {
    version: 'yihu-results-v1',
    eid: '01'.repeat(32),
    title,
    community,
    instance,
    currency,
    opens: '2026-06-01T00:00:00Z',
    closes: '2026-06-08T12:00:00Z',
    households: HOUSEHOLDS,
    additions: 0,
    replacements: 0,
    voids: 0,
    entitled: HOUSEHOLDS,
    log_size: VALID + 3,
    cast: VALID + 2,
    min_box: 2,
    opened: true,
    valid,
    void: 2,
    void_at: [3, 17],
    holders: 3,
    needed: 2,
    mixes: 2,
    openers: [1, 3],
    lot,
    ...rest,
    ...more,
  }
}

const eight = (meta) => definition({ vote_type: 'approval', ballot: 'approval', ...meta }, 8)
const pocket = await readFile(join(process.env.YIHU_SOURCE, 'ballots/pocket-park/election.pb'), 'utf8')
const PAGES = {
  pocket: await results('pocket', pocket.replace('max_sum_cost;300000\n', '')),
  consent: await results('consent', eight({ ...KINDS.consent, budget: 9000 })),
  shares: await results('shares', eight({ rule: 'equalshares/add1u', comparison: 1 })),
  phragmen: await results('phragmen', eight({ rule: 'phragmen' })),
  hundred: await results('hundred', definition({ vote_type: 'approval', ballot: 'approval', budget: 1000000 }, 100)),
}

async function draw(name, language) {
  const file = join(dir, `${name}-${language}.html`)
  await writeFile(file, program('results-page', [language], JSON.stringify(PAGES[name])))
  return `file://${file}`
}
async function open(name, language, options = {}) {
  const context = await browser.newContext({ viewport: PHONE, bypassCSP: true, ...options })
  await context.addInitScript(axeSource())
  const page = await context.newPage()
  await page.goto(await draw(name, language))
  return page
}
const width = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

for (const name of Object.keys(PAGES))
  for (const language of ['zh', 'en'])
    test(`${name}, ${language}: axe finds nothing; 320 px, phone, desktop, paper`, async () => {
      const page = await open(name, language)
      for (const viewport of [SMALL, PHONE, DESKTOP]) {
        await page.setViewportSize(viewport)
        assert.ok((await width(page)) <= 0, `${viewport.width} px`)
        if (process.env.YIHU_PICTURES !== undefined && viewport === PHONE)
          await page.screenshot({ path: join(process.env.YIHU_PICTURES, `results-${name}-${language}.png`) })
      }
      await page.setViewportSize(language === 'zh' ? SMALL : DESKTOP)
      await axe(page)
      await page.locator('label.large').click()
      await page.setViewportSize(SMALL)
      assert.ok((await width(page)) <= 0, 'in large type')
      const points = (selector) =>
        page.locator(selector).evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize))
      assert.ok((await points('main > div')) >= 1.3 * (await points('body')))
      if (process.env.YIHU_PICTURES !== undefined)
        await page.screenshot({ path: join(process.env.YIHU_PICTURES, `results-${name}-${language}-large.png`) })
      await page.setViewportSize({ width: 700, height: 990 })
      await page.emulateMedia({ media: 'print' })
      assert.ok((await width(page)) <= 0, 'print')
      await page.context().close()
    })

test('it asks for nothing, and its own policy keeps it so', async () => {
  const context = await browser.newContext()
  const asked = []
  context.on('request', (r) => asked.push(r.url()))
  const page = await context.newPage()
  const faults = []
  page.on('console', (m) => faults.push(m.text()))
  const url = await draw('pocket', 'zh')
  await page.goto(url)
  assert.deepEqual([asked, faults], [[url], []])
  await context.close()
})

// ---- by hand

/** What stands on the page, and nothing else: of each project its number, name,
 * cost, votes, mark and how it came. */
const rowsOf = (page) =>
  page.locator('tbody tr').evaluateAll((rows) =>
    rows.map((tr) => {
      const [, name, place] = /^\d+ ([^\n]*)\n(?:第 (\d+) 名)?/.exec(tr.cells[0].innerText)
      const number = (text) => Number(text.replace(/,/g, ''))
      return {
        place: Number(place),
        name,
        cost: number(/费用 ([\d,.]+) 元/.exec(tr.cells[0].innerText)[1]),
        votes: number(/([\d,]+) 票/.exec(tr.cells[1].innerText)[1]),
        funded: tr.cells[2].innerText.startsWith('✓'),
        how: tr.cells[2].innerText,
      }
    }),
  )

test('pocket-park counted again with a pencil, from the page alone', async () => {
  const page = await open('pocket', 'zh')
  const text = await page.locator('main').innerText()
  // What the page says that the rule is.
  assert.match(
    text,
    /按票数从多到少，逐个看余款：够就入选，不够就跳过，接着看下一个。\s+票数相同的，费用低的在前；费用也相同的，由抽签定先后。/,
  )
  const [, budget, spent, rest] = /共 ([\d,.]+) 元，用去 ([\d,.]+) 元，余 ([\d,.]+) 元/
    .exec(text)
    .map((n) => Number(n.replace(/,/g, '')))
  const rows = await rowsOf(page)
  assert.equal(rows.length, 10)
  const mine = [...rows].sort((a, b) => b.votes - a.votes || a.cost - b.cost)
  assert.deepEqual(
    mine.map((r) => r.name),
    rows.map((r) => r.name),
    'in the order of the count',
  )
  let left = budget
  const yuan = (n) => n.toLocaleString('en-US', { minimumFractionDigits: Number.isInteger(n) ? 0 : 2 })
  for (const [i, row] of mine.entries()) {
    assert.equal(row.place, i + 1)
    assert.equal(row.funded, row.cost <= left, row.name)
    const says = row.funded
      ? `轮到时余 ${yuan(left)} 元，够用，付后余 ${yuan(left - row.cost)} 元。`
      : `轮到时只余 ${yuan(left)} 元，差 ${yuan(row.cost - left)} 元，跳过。`
    assert.ok(row.how.includes(says), `${row.name}: ${row.how}; by hand: ${says}`)
    if (row.funded) left -= row.cost
  }
  assert.deepEqual([budget - left, left], [spent, rest])
  const funded = mine
    .filter((r) => r.funded)
    .map((r) => `「${r.name}」`)
    .join('、')
  assert.equal(
    await page.locator('.result').innerText(),
    `${mine.filter((r) => r.funded).length} 个项目入选：${funded}。`,
  )
  assert.ok(mine.some((r) => r.funded) && mine.some((r) => !r.funded))
  await page.context().close()
})

test('the page says where the ballots are, and how to check by browser and by command', async () => {
  const page = await open('pocket', 'en')
  const text = await page.locator('main').innerText()
  for (const part of ['results.pb', '/verify', `yihu-audit PUBLIC_DIR --eid ${'01'.repeat(32)}`, 'id bench'])
    assert.ok(text.includes(part), part)
  await page.context().close()
})

await runTests()
