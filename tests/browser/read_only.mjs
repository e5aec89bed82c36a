// SPDX-License-Identifier: Apache-2.0
// A box that was made again and is not whole: every page says so calmly, before
// anybody has chosen anything, and who has voted keeps the receipt.
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { runTests, test } from './lib/tap.mjs'
import { vote } from './lib/voter.mjs'
import { expectText } from './lib/wait.mjs'

const SAYS = '计票服务正在恢复，暂时不能投票'
const browser = await launch()
const e = await (await Election.make(definition(KINDS.approval), 5)).start()
const phone = await Device.open(browser, e.url)

test('one has voted, and the box is made again without its mark', async () => {
  await vote(await phone.go(await e.scan(1)), 'approval', [1, 0, 0, 0, 0])
  await e.stop()
  for (const name of ['box.db', 'mark']) await rm(join(e.box, name))
  await assert.rejects(e.tool('countd', e.box, '--rebuild'), /mark is gone/)
  await e.start()
})

test('a letter that has not voted is told before choosing, and stays valid', async () => {
  const page = await phone.go(await e.scan(2))
  assert.match(await expectText(page.locator('main'), SAYS), /信件仍然有效[^]*公告栏/)
  assert.equal(await page.locator('.bar').count(), 0)
})

test('who has voted keeps the receipt', async () => {
  const page = await phone.go(await e.scan(1))
  await expectText(page.locator('main'), '存为文件')
})

for (const path of ['', 'board'])
  test(`/${path} says it`, async () => {
    const page = await phone.go(`${e.url}/${path}`)
    assert.match(await expectText(page.locator('main'), SAYS), /信件仍然有效/)
  })

test('the desk learns of it without a letter, and by one', async () => {
  const page = await phone.go(`${e.url}/station`)
  assert.match(await expectText(page.locator('main'), SAYS), /先不要收票/)
  await page.locator('#scan').fill(await e.scan(3))
  await page.locator('#scan').press('Enter')
  await expectText(page.locator('.notice').nth(1), SAYS)
})

await runTests()
