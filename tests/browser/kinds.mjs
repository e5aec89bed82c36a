// SPDX-License-Identifier: Apache-2.0
// A letter's QR, a browser, a daemon, a count: for each ballot kind what was
// clicked is what is opened.
import assert from 'node:assert/strict'
import { Device, launch } from './lib/browser.mjs'
import { confirm, openDesk, openDevice, press, scanner } from './lib/desk.mjs'
import { definition, Election, KINDS, withColumn } from './lib/election.mjs'
import { runTests, test } from './lib/tap.mjs'
import { choose, vote } from './lib/voter.mjs'
import { expectText } from './lib/wait.mjs'

/** Two households' digits each. */
const CHOICES = {
  approval: [
    [1, 0, 1, 0, 1],
    [0, 0, 0, 0, 0],
  ],
  knapsack: [
    [1, 1, 0, 0, 1],
    [0, 0, 0, 1, 1],
  ],
  consent: [
    [1, 2, 0, 1, 2],
    [0, 0, 1, 1, 1],
  ],
  scoring: [
    [5, 0, 3, 1, 2],
    [0, 0, 0, 0, 1],
  ],
  cumulative: [
    [7, 0, 3, 0, 0],
    [0, 1, 2, 0, 1],
  ],
  ordinal: [
    [2, 0, 1, 3, 4],
    [0, 0, 0, 1, 0],
  ],
}

/** The row of results.pb that these digits are (PROTOCOL §10). */
function row(kind, digits) {
  const used = digits.map((digit, i) => ({ digit, id: `p${i + 1}` })).filter(({ digit }) => digit !== 0)
  if (kind === 'ordinal')
    return used
      .sort((a, b) => a.digit - b.digit)
      .map((v) => v.id)
      .join(',')
  const ids = used.map((v) => v.id).join(',')
  if (kind === 'approval' || kind === 'knapsack') return ids
  return `${ids};${used.map((v) => (kind === 'consent' && v.digit === 2 ? -1 : v.digit)).join(',')}`
}

const browser = await launch()

async function castAll(e, kind) {
  const codes = []
  for (const [i, digits] of CHOICES[kind].entries()) {
    const device = await Device.open(browser, e.url)
    const page = await device.go((await e.scan(i + 1)).replace('/v#', '/v?from=singlemessage#'))
    codes.push(await vote(page, kind, digits))
    await device.assertClean()
    await device.close()
  }
  return codes
}

for (const kind of Object.keys(KINDS)) {
  let e
  test(`${kind}: a letter's QR opens the page and casts`, async () => {
    e = await (await Election.make(definition(KINDS[kind]), 3)).start()
    const codes = await castAll(e, kind)
    for (const [i, code] of codes.entries()) assert.equal((await e.api(`/api/serial/${i + 1}`)).code, code)
  })
  test(`${kind}: what is opened is what was clicked`, async () => {
    await e.count()
    assert.deepEqual(await e.votes(), CHOICES[kind].map((digits) => row(kind, digits)).sort())
  })
  test(`${kind}: the audit accepts it`, async () => {
    assert.match(await e.audit(), /VERIFIED/)
    await e.end()
  })
}

/** One of each part at most, the first part for at most 2,500, and p1 or p4. */
const PARTED = withColumn(
  withColumn(
    definition({
      ...KINDS.approval,
      categories: '道路,院落',
      max_length_per_category: 1,
      max_sum_cost_per_category: '2500,9000',
    }),
    'category',
    { p1: '道路', p2: '道路', p3: '道路', p4: '院落', p5: '院落' },
  ),
  'excludes',
  { p1: 'p4' },
)
let parted

test('parts and exclusions: the page says them, and takes no mark that breaks them', async () => {
  parted = await (await Election.make(PARTED, 3)).start()
  const device = await Device.open(browser, parted.url)
  const page = await device.go(await parted.scan(1))
  const box = (i) => page.locator('ol.cards > li').nth(i).getByRole('checkbox')
  const refuses = async (why) => {
    await expectText(page.locator('.bar'), why)
    assert.ok(await page.locator('.bar button.main').isDisabled(), why)
  }
  await choose(page, 'approval', [0, 0, 1, 0, 0])
  await refuses('道路：超出 500 元')
  await expectText(page.locator('main'), '只能建其中一个：1 号或 4 号。选的时候也只能选其中一个')
  await box(2).uncheck()
  await box(0).check()
  await box(1).check()
  await refuses('道路：最多选 1 个')
  await box(1).uncheck()
  await box(3).check()
  await refuses('路灯更换和楼道照明只能选一个')
  await box(0).uncheck()
  await box(3).uncheck()
  await vote(page, 'approval', [0, 1, 0, 1, 0])
  await device.assertClean()
  await device.close()
})
test('parts and exclusions: the desk takes no mark that breaks them either', async () => {
  const device = await openDevice(browser, parted)
  const page = await openDesk(parted, device)
  await scanner(page, await parted.scan(2))
  await page.locator('table.desk').waitFor()
  await press(page, ['1', '2', 'Enter'])
  await expectText(page.locator('.problem'), '道路：最多选 1 个')
  await press(page, ['2', '4', 'Enter'])
  await expectText(page.locator('.problem'), '路灯更换和楼道照明只能选一个')
  await press(page, ['4', '5', 'Enter'])
  await page.locator('.review.large').waitFor()
  assert.deepEqual(await page.locator('.review.large .number').allTextContents(), ['1', '5'])
  await confirm(page, 2)
  await page.locator('.notice.good').waitFor()
  await device.close()
})
test('parts and exclusions: what is opened is what was marked, and the audit accepts it', async () => {
  await parted.count()
  assert.deepEqual(await parted.votes(), ['p1,p5', 'p2,p4'])
  assert.match(await parted.audit(), /VERIFIED/)
  await parted.end()
})
await runTests()
