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
const GONE = '这一项的报价有误。'
const choice = [1, 0, 0, 0, 0]
const pages = {}
const phones = {
  early: await Device.open(browser, e.url),
  late: await Device.open(browser, e.url),
  desk: await Device.open(browser, e.url),
  fresh: await Device.open(browser, e.url),
}

test('one has voted, one is about to, and the desk is open', async () => {
  pages.early = await phones.early.go(await e.scan(1))
  await vote(pages.early, 'approval', choice)
  pages.late = await phones.late.go(await e.scan(2))
  await review(pages.late, 'approval', choice)
  pages.desk = await phones.desk.go(`${e.url}/station`)
  await pages.desk.locator('#scan').waitFor()
})

test('one project is withdrawn, by clerk and key holder', async () => {
  await e.tool('issue', 'withdraw', e.folder, '1', '--reason', GONE)
  await e.tool('trustee', 'withdraw', e.folder, ...e.key())
  await e.tool('issue', 'withdraw', e.folder, '--send')
})

test('who votes now reads why, and cannot choose it', async () => {
  pages.fresh = await phones.fresh.go(await e.scan(4))
  assert.match(await expectText(pages.fresh.locator('main'), GONE), /已撤下[^]*请在其他项目里选/)
  assert.equal(await pages.fresh.locator('.card.withdrawn s').count(), 1)
  assert.equal(await pages.fresh.locator('.card').first().getByRole('checkbox').count(), 0)
  await vote(pages.fresh, 'approval', [0, 1, 0, 0, 0])
})

test('who has voted is told that the ballot holds, and that there is no second', async () => {
  const page = await phones.early.go(await e.scan(1))
  assert.match(await expectText(page.locator('main'), GONE), /不再另投一次/)
})

test('the desk is told; it keys what the slip has, and reads it back', async () => {
  assert.match(await expectText(pages.desk.locator('main'), GONE), /照样录入/)
  await pages.desk.locator('#scan').fill(await e.scan(5))
  await pages.desk.locator('#scan').press('Enter')
  await pages.desk.locator('table.desk').waitFor()
  await pages.desk.keyboard.press('1')
  assert.match(await pages.desk.locator('table.desk').innerText(), /已撤下/)
  await pages.desk.keyboard.press('2')
  await pages.desk.keyboard.press('Enter')
  assert.match(await expectText(pages.desk.locator('.review.large'), '已撤下'), /1[^]*2/)
  await pages.desk.keyboard.press('Escape')
  await pages.desk.keyboard.press('Escape')
  await pages.desk.locator('#scan').waitFor()
})

for (const path of ['', 'board'])
  test(`/${path} tells of the project that is withdrawn`, async () => {
    const page = await phones.fresh.go(`${e.url}/${path}`)
    assert.match(await expectText(page.locator('main'), GONE), /1 号项目/)
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
