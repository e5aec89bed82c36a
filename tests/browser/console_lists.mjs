// SPDX-License-Identifier: Apache-2.0
// A clerk prepares a vote in the window, by what stands on it: from 项目表.xlsx and
// 住户名单.xlsx, as committees fill them in, to the folder; faults are mended where they are
// shown, the window is killed in the middle, and another vote is typed and pasted.
import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  again,
  assertNoFaults,
  button,
  device,
  enter,
  heading,
  home,
  HOUR,
  local,
  look,
  page,
  w,
} from './lib/console.mjs'
import { bring, field, next, part, take } from './lib/draft.mjs'
import { press } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'

const PASS = '正大光明一二三四五'
device.secrets.add(PASS)

// ---- what the committee brings: the templates of this project, filled in

await bring('项目表.xlsx', [
  ['路灯', '8.6万', '换成 LED'],
  ['长椅', '36,800元', '中庭六张'],
  ['儿童滑梯', '约20万', '更新老化的'],
])
await bring('住户名单.xlsx', [
  ['1栋', '1单元', '101', '王芳'],
  ['1栋', '1单元', '102', '李强'],
  ['1栋', '1单元', '1月3日', '赵永红'],
  ['2栋', '1单元', '101', '陈静', '空置'],
  ['2栋', '1单元', '102', '周平'],
])

// ---- the tests

test('what is missing is listed before anything is filled in', async () => {
  await enter()
  await press(button('新建一次表决'))
  await heading('新的表决').waitFor()
  for (const words of ['电脑的钟还没有确认', '项目表', '住户名单', '什么时候开始投票'])
    await page.getByText(words, { exact: true }).first().waitFor()
  await look('overview')
  await press(button('接着填'))
  await heading('1 开始').waitFor()
  await press(page.getByLabel('对，和手机上的时间一样'))
  await field('这次表决叫什么').fill('锦绣花园公共收益表决')
  await field('哪个小区表决').fill('锦绣花园')
  await page.getByText('会放在文件夹“锦绣花园公共收益表决”里').waitFor()
  await look('begin')
})

test('projects out of the spreadsheet; an estimate is mended in its cell', async () => {
  await next()
  await take('项目表（', '项目表.xlsx')
  const ask = page.getByRole('group', { name: /E 列|B 列/ }).first()
  await ask.getByText('约20万').waitFor()
  await look('projects-asked')
  await ask.getByLabel('或者把这一格改成').fill('19.8万')
  await press(button('改好这一格', ask))
  await page.getByText('没有拿不准的地方。').waitFor()
  const table = page.getByRole('region', { name: '读到的项目' })
  await table.getByText('198,000.00').waitFor()
  await table.getByText('320,800.00').waitFor()
  await press(page.getByLabel('选几个项目，有个上限'))
  await field('最多选几个').fill('2')
  await field('一共有多少钱').fill('30万')
  await page.getByText('读作 300,000.00 元').waitFor()
  await page.getByLabel('谁入选').selectOption({ index: 1 })
  const example = page.getByRole('region', { name: '例子' })
  await example.getByText('入选。').first().waitFor()
  assert.match(await example.innerText(), /路灯[\s\S]*✓/)
  await look('projects')
})

test('households: a date is mended, a vacant flat is left out, and buildings are counted', async () => {
  await next()
  await take('住户名单（', '住户名单.xlsx')
  await page.getByText('有 2 处要您定').waitFor()
  await look('households-asked')
  const date = page.getByRole('group', { name: /C 列/ }).first()
  await date.getByLabel('或者把这一格改成').fill('103')
  await press(button('改好这一格', date))
  await page.getByText('有 1 处要您定').waitFor()
  await press(page.getByRole('radio', { name: /^不参加/ }))
  await page.getByText('一共 4 户，4 封信').waitFor()
  await page.getByRole('row', { name: '1栋 3 户' }).waitFor()
  await page.getByText('1栋-1单元-103').waitFor()
  await look('households')
})

test('a column that was taken wrong is put right', async () => {
  await press(page.getByText(/^各列读成了什么/))
  await page.getByLabel('D 列读成').selectOption({ label: '不用' })
  await page
    .getByRole('listitem')
    .filter({ hasText: '1栋-1单元-103' })
    .filter({ hasNotText: '赵永红' })
    .first()
    .waitFor()
  await look('columns')
  await page.getByLabel('D 列读成').selectOption({ label: '户主姓名' })
  await page.getByRole('listitem').filter({ hasText: '赵永红' }).first().waitFor()
})

test('killed in the middle, it goes on where it was; and only its user can read it', async () => {
  await next()
  await heading('4 时间与人').waitFor()
  await field('联系电话').fill('028-1234567')
  const kept = join(home, 'yihu/.draft')
  await press(button('看还缺什么'))
  await heading('新的表决').waitFor()
  await w.kill()
  assert.equal((await stat(kept)).mode & 0o777, 0o700)
  for (const name of await readdir(kept)) assert.equal((await stat(join(kept, name))).mode & 0o777, 0o600, name)
  await again()
  await enter()
  await press(button('新建一次表决'))
  await heading('新的表决').waitFor()
  await part('3 住户')
  await page.getByText('一共 4 户，4 封信').waitFor()
  await part('4 时间与人')
  assert.equal(await field('联系电话').inputValue(), '028-1234567')
})

test('times with weekday and zone; nobody may be missing only when it is meant', async () => {
  await field('开始投票').fill(local(48 * HOUR))
  await field('截止').fill(local(72 * HOUR))
  await page.getByText(/开始 .*周/).waitFor()
  await field('落款是谁').fill('锦绣花园业主委员会')
  await press(page.getByText('别的人数，还有一位都不能缺的'))
  await press(page.getByLabel('3 位，2 位开箱'))
  await page.getByText('丢一个 U 盘').waitFor()
  await part('5 校对，建好')
  await page.getByText('一位密钥保管人都不能缺，还没有确认').waitFor()
  await part('4 时间与人')
  await press(page.getByLabel('4 位，2 位开箱'))
  await page.getByText('可以缺 1 位。', { exact: true }).waitFor()
  await look('times')
})

test('without two people who checked the proof sheet nothing is made', async () => {
  await next()
  await heading('要定下来的是').waitFor()
  await field('口令').fill(PASS)
  await field('口令再输一次').fill(PASS)
  await press(button('看最后一遍，然后建好'))
  await page.getByText('要有两个不同的人核对过校对稿').waitFor()
  await field('核对人 1 的姓名').fill('孙丽')
  await field('核对人 2 的姓名').fill('孙丽')
  await press(page.getByLabel('核对人 1：已核对'))
  await press(page.getByLabel('核对人 2：已核对'))
  await press(button('看最后一遍，然后建好'))
  await page.getByText('要有两个不同的人核对过校对稿').waitFor()
  await look('finish')
  await press(button('打开校对稿来打印'))
  // It comes after what was pressed before it. There may be no screen for it here.
  const proof = () => readFile(join(home, 'yihu/.draft/proof.pdf'), 'latin1').catch(() => '')
  while (!(await proof()).startsWith('%PDF')) await new Promise((soon) => setTimeout(soon, 50))
})

test('read back, confirmed, and made; what was typed is gone', async () => {
  await field('核对人 2 的姓名').fill('何军')
  await press(button('看最后一遍，然后建好'))
  await heading('请一起看清楚').waitFor()
  await page.getByLabel('确认要做').fill('确认')
  assert.match(await page.locator('pre').innerText(), /儿童滑梯/)
  await press(button('以上内容都对'))
  await heading('做好了').waitFor()
  const made = join(home, 'yihu/锦绣花园公共收益表决')
  assert.match(await readFile(join(made, 'households.csv'), 'utf8'), /1栋-1单元-103/)
  assert.match(await readFile(join(made, 'election.pb'), 'utf8'), /3;198000;儿童滑梯/)
  assert.match(await readFile(join(made, 'paper/options'), 'utf8'), /phone 028-1234567/)
  assert.deepEqual(
    (await readdir(join(home, 'yihu'))).filter((n) => n.startsWith('.draft')),
    [],
  )
})

test('the next one like it, and a table that is pasted', async () => {
  await press(button('返回各个步骤'))
  await button('重新查看').waitFor()
  await press(page.getByRole('button', { name: '返回', exact: true }))
  await press(button('新建一次表决'))
  await press(button('像以前的一次那样'))
  await press(button('像“锦绣花园公共收益表决”那样'))
  await heading('已照“锦绣花园公共收益表决”填好').waitFor()
  await press(button('下一步'))
  assert.equal(await field('哪个小区表决').inputValue(), '锦绣花园')
  await next()
  assert.equal(await field('第 1 行 金额').inputValue(), '86000')
  await field('第 2 行 项目名称').evaluate((cell) => {
    const data = new DataTransfer()
    data.setData('text/plain', '凉亭\t5.5万\r\n花坛\t叁万元整\r\n')
    cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await page.getByRole('region', { name: '读到的项目' }).getByText('55,000.00').waitFor()
  await page
    .getByRole('row', { name: /30,000\.00/ })
    .first()
    .waitFor()
  await look('typed')
  await press(page.getByRole('button', { name: 'English' }))
  await press(page.getByRole('button', { name: 'Larger' }))
  await look('english')
  await press(button('See what is missing'))
  await press(button('Throw it away'))
  await press(button('Yes, throw it away'))
  await button('Begin an election').waitFor()
  assert.ok(!(await readdir(join(home, 'yihu'))).includes('.draft'))
  assertNoFaults()
})

await runTests()
