// SPDX-License-Identifier: Apache-2.0
// A committee rehearses its vote at the window, by what stands on it: from one press to the
// word in the real election; and, when something goes wrong, finds the way that is left.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  assertNoFaults,
  button,
  clock,
  command,
  follow,
  heading,
  home,
  look,
  page,
  reload,
  rowOf,
  w,
} from './lib/console.mjs'
import { confirm } from './lib/desk.mjs'
import { definition, KINDS } from './lib/election.mjs'
import { press } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'
import { vote } from './lib/voter.mjs'

const REAL = '锦绣花园'
const folder = join(home, 'yihu', REAL)

const banded = async (tab) => {
  await tab.getByRole('note').filter({ hasText: '演练' }).waitFor()
}

test('an election that waits for its letters', async () => {
  await writeFile(join(home, 'e.pb'), definition(KINDS.approval))
  await writeFile(join(home, 'h.csv'), 'household\n1-1\n1-2\n1-3\n')
  const local = (s) => new Date((Date.now() / 1000 + 8 * 3600 + s) * 1000).toISOString().slice(0, 16).replace('T', ' ')
  const times = ['--opens', local(86400), '--closes', local(2 * 86400)]
  const plan = ['--holders', '2', '--threshold', '2', '--nobody-may-miss', '--unencrypted', '--seen', ...times]
  const files = ['--election', join(home, 'e.pb'), '--households', join(home, 'h.csv')]
  await command('issue', 'init', folder, ...files, ...plan)
  await page.goto(`file://${w.entry()}`)
  await press(button('打开'))
  await heading(REAL).waitFor()
  const row = rowOf('制作信件之前，用样本把整个过程演练一遍')
  await press(row.getByText('做之前要知道的'))
  await row.getByText('以后真要动手的每个人').waitFor()
  await look('card')
  await press(row.getByRole('button'))
  await heading('演练一遍').waitFor()
  await look('prepare')
})

test('prepared by one press, and opened', async () => {
  await press(button('准备演练'))
  await heading(`${REAL}（演练）`).waitFor()
  await banded(page)
  await press(button('开始计票服务'))
  await page.getByText('请投其中三张').waitFor()
  await look('vote')
})

test('three specimens are cast, one of them at the desk; each page says what it is', async () => {
  for (const n of [1, 2]) {
    const tab = await follow(`替样本 ${n}投票`)
    await banded(tab)
    await vote(tab, 'approval', [n & 1, 1, 0])
    await tab.close()
  }
  const third = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^样本 3/ }) })
  const serial = /\d{4}/.exec(await third.getByRole('heading').textContent())[0]
  const code = await third.locator('code').textContent()
  const desk = await follow('投票台')
  await banded(desk)
  await desk.locator('#scan').fill(code)
  await desk.keyboard.press('Enter')
  await desk.locator('table.desk').waitFor()
  for (const key of ['1', 'Enter']) await desk.keyboard.press(key)
  await desk.locator('.review.large').waitFor()
  await confirm(desk, Number(serial))
  await desk.locator('#scan').waitFor()
  await desk.close()
  for (const name of ['公告板', '首页']) {
    const tab = await follow(name)
    await banded(tab)
    await tab.close()
  }
  await reload()
  await page.getByText('已经投了 3 张').waitFor()
})

test('closed, counted and published by one press; audited, and recorded in the real one', async () => {
  await clock(11 * 60)
  for (let i = 0; i < 300 && (await button('封箱、计票、公布').count()) === 0; i++) await reload()
  await look('over')
  await press(button('封箱、计票、公布'))
  await button('核验，演练做完了').waitFor()
  await look('published')
  const results = await follow('看结果')
  await results.getByText('演练 · 不是真的表决').waitFor()
  await results.close()
  await press(button('核验，演练做完了'))
  await heading('演练做完了').waitFor()
  await look('done')
  await press(button('去真的表决'))
  await heading(REAL).waitFor()
  assert.equal(await rowOf('制作信件之前，用样本把整个过程演练一遍').count(), 0)
  const status = JSON.parse(await command('issue', 'status', folder, '--json'))
  assert.equal(status.rehearsed.how, 'held')
  assert.equal(status.rehearsed.ballots, 3)
})

test('what went wrong leads into the step that is still possible', async () => {
  await press(button('出了事'))
  await heading('出了什么事？').waitFor()
  await look('troubles')
  await press(button('金额或者名字写错了'))
  await page.getByText('章程里写的谁也不能改').waitFor()
  await page.getByText('现在这个阶段不能：和密钥保管人一起撤下').waitFor()
  await look('trouble')
  await press(button(/^去这一步：.*校对稿/))
  await heading(/校对稿/).waitFor()
  await press(button('出了事'))
  await press(button('打印机卡纸了'))
  await page.getByText('把里面的纸全拿出来').waitFor()
  assert.equal(await button(/^去这一步/).count(), 0)
})

test('English, and the larger type', async () => {
  await press(page.getByRole('button', { name: 'English' }))
  await press(button('Something went wrong'))
  await heading('What went wrong?').waitFor()
  await press(button('Back to the steps'))
  await page.getByText('Before you begin').first().waitFor()
  await press(page.getByRole('button', { name: 'Larger' }))
  await look('english')
  assertNoFaults()
})

await runTests()
