// SPDX-License-Identifier: Apache-2.0
// A vote that is called off while people look at it: every page says so, with
// the reason, and nothing is lost without a word.
import assert from 'node:assert/strict'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { press } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'
import { confirmButton, review, vote } from './lib/voter.mjs'
import { expectText } from './lib/wait.mjs'

const WHY = '路灯的金额印错了，另行表决。'
const browser = await launch()
const e = await (await Election.make(definition(KINDS.approval), 5)).start()
const choice = [1, 0, 0, 0, 0]
const pages = {}
const phones = {
  early: await Device.open(browser, e.url),
  late: await Device.open(browser, e.url),
  desk: await Device.open(browser, e.url),
}

test('one has voted, one is about to, and the desk is open', async () => {
  pages.early = await phones.early.go(await e.scan(1))
  await vote(pages.early, 'approval', choice)
  pages.late = await phones.late.go(await e.scan(2))
  await review(pages.late, 'approval', choice)
  pages.desk = await phones.desk.go(`${e.url}/station`)
  await pages.desk.locator('#scan').waitFor()
})

test('it is called off', async () => {
  const print = /([0-9A-Z]{4})(?:-[0-9A-Z]{4}){5}/.exec(await e.tool('issue', 'status', e.folder))[1]
  await e.tool('issue', 'cancel', e.folder, '--reason', WHY, '--confirm', print)
})

test('the ballot that comes too late is refused, and told why', async () => {
  await press(confirmButton(pages.late))
  await expectText(pages.late.locator('main'), '这次表决已取消')
  pages.late = await phones.late.go(await e.scan(2))
  assert.match(await expectText(pages.late.locator('main'), WHY), /信件已经作废/)
})

test('who has voted keeps the receipt', async () => {
  pages.early = await phones.early.go(await e.scan(1))
  assert.match(await expectText(pages.early.locator('main'), WHY), /永远封存[^]*存为文件/)
})

test('the desk learns of it without a letter, and by one', async () => {
  assert.match(await expectText(pages.desk.locator('main'), WHY), /不要再收信件/)
  await pages.desk.locator('#scan').fill(await e.scan(3))
  await pages.desk.locator('#scan').press('Enter')
  await expectText(pages.desk.locator('.notice').nth(1), WHY)
})

for (const path of ['', 'board', 'results'])
  test(`/${path} says it, and why`, async () => {
    pages.late = await phones.late.go(`${e.url}/${path}`)
    await expectText(pages.late.locator('main'), WHY)
  })

test('/verify proves it', async () => {
  pages.late = await phones.late.go(`${e.url}/verify`)
  await pages.late.locator('#eid').fill(e.eid)
  await pages.late.locator('form button.main').first().click()
  await expectText(pages.late.locator('main'), `理由：${WHY}`)
  assert.equal(await pages.late.locator('.notice.good').count(), 1)
})

await runTests()
