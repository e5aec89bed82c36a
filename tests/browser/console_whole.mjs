// SPDX-License-Identifier: Apache-2.0
// A whole vote by the committee's window alone, by what stands on it: from 住户名单.xlsx and
// 项目表.xlsx to the archive, with all that goes wrong on the way. At the end the commands
// go on with the same folder, and the window after them.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { answer, back, onStick, onto, toAfter } from './lib/after.mjs'
import {
  again,
  assertNothingKept,
  atStep,
  backToSteps,
  button,
  carryOut,
  clock,
  comeIn,
  command,
  confirmSeen,
  device,
  done,
  enter,
  env,
  finish,
  follow,
  heading,
  home,
  HOUR,
  local,
  look,
  page,
  passphrase,
  powerCut,
  programs,
  reload,
  standsStill,
  step,
  typing,
} from './lib/console.mjs'
import { kept, tally } from './lib/desk.mjs'
import { bring, field, next, take } from './lib/draft.mjs'
import { freePort } from './lib/election.mjs'
import { BACKUP_STICK, backupOf, fillNewKey, NAMES, passphraseOf, radio } from './lib/holders.mjs'
import { card, find, printer, room } from './lib/letters.mjs'
import { letters, readPaper, scan, voteByPhone } from './lib/neighbours.mjs'
import { press } from './lib/press.mjs'
import { folderOf, plug, pull } from './lib/sticks.mjs'
import { runTests, test } from './lib/tap.mjs'
import { expectText } from './lib/wait.mjs'

const exec = promisify(execFile)
const TITLE = '锦绣花园公共收益表决'
const PASS = '正大光明一二三四五'
const DAY = 24 * HOUR
device.secrets.add(PASS)
const folder = join(home, 'yihu', TITLE)
const url = `http://127.0.0.1:${await freePort()}`

// ---- what the committee brings: its tables, and a printer

await bring('项目表.xlsx', [
  ['路灯', '8.6万', '换成 LED'],
  ['长椅', '36,800元', '中庭六张'],
  ['儿童滑梯', '198000', '更新老化的'],
])
await bring('住户名单.xlsx', [
  ['1栋', '1单元', '101', '王芳'],
  ['1栋', '1单元', '102', '李强'],
  ['1栋', '1单元', '103', '赵永红'],
  ['2栋', '1单元', '101', '陈静', '空置'],
  ['2栋', '1单元', '102', '周平'],
  ['2栋', '1单元', '201', '孙丽'],
  ['2栋', '1单元', '202', '何军'],
])
await printer(`pdfinfo "$(ls -t ${home}/tray/*.pdf | head -1)" | sed -n 's/^Pages: */completed,/p'`)
// It needs no clock of the test's, and so is not built among these.
await symlink(process.env.YIHU_AUDIT, join(programs, 'yihu-audit')).catch((error) => {
  if (error.code !== 'EEXIST') throw error
})

// ---- the tests

test('a vote is made of the two tables', async () => {
  await enter()
  await press(button('新建一次表决'))
  await press(button('接着填'))
  await press(page.getByLabel('对，和手机上的时间一样'))
  await field('这次表决叫什么').fill(TITLE)
  await field('哪个小区表决').fill('锦绣花园')
  await next()
  await take('项目表（', '项目表.xlsx')
  await press(page.getByLabel('选几个项目，有个上限'))
  await field('最多选几个').fill('2')
  await field('一共有多少钱').fill('30万')
  await page.getByText('读作 300,000.00 元').waitFor()
  await page.getByLabel('谁入选').selectOption({ index: 1 })
  await next()
  await take('住户名单（', '住户名单.xlsx')
  await press(page.getByRole('radio', { name: /^不参加/ }))
  await page.getByText('一共 6 户，6 封信').waitFor()
  await next()
  await field('开始投票').fill(local(2 * DAY))
  await field('截止').fill(local(3 * DAY))
  await press(page.getByLabel('4 位，2 位开箱'))
  await page.getByText('可以缺 1 位。', { exact: true }).waitFor()
  await field('落款是谁').fill('锦绣花园业主委员会')
  await press(page.getByText('更多（多半不用填）'))
  await field('服务器的网址').fill(url)
  await field('至少收到几张选票才开箱').fill('3')
  await next()
  await field('口令').fill(PASS)
  await field('口令再输一次').fill(PASS)
  for (const [i, name] of ['孙丽', '何军'].entries()) {
    await field(`核对人 ${i + 1} 的姓名`).fill(name)
    await press(page.getByLabel(`核对人 ${i + 1}：已核对`))
  }
  await press(button('看最后一遍，然后建好'))
  await confirmSeen('init')
  await done()
  await backToSteps()
  await heading(TITLE).waitFor()
})

test('four key holders, each with two sticks', async () => {
  await atStep('各密钥保管人公布密钥')
  for (const [i, name] of NAMES.entries()) {
    await heading(`现在请 ${i + 1} 号保管人`).waitFor()
    await plug(name)
    await radio(/^密钥放在哪个/, name).waitFor()
    await plug(backupOf(name))
    await radio(BACKUP_STICK, backupOf(name)).waitFor()
    await fillNewKey(i)
    await press(button('做密钥'))
    await done()
    await pull()
    await press(button(i < 3 ? '下一位保管人' : '继续'))
  }
})

test('the charter, signed by all at once', async () => {
  await heading('制定章程').waitFor()
  await page.getByLabel('经办人的口令').fill(PASS)
  await press(button('先看章程'))
  await press(button('我已看过'))
  await done()
  await press(button('继续'))
  await heading('分发份额').waitFor()
  await plug(...NAMES)
  await heading('人都到了').waitFor()
  for (const i of NAMES.keys()) await passphraseOf(i)
  await press(button('大家一起做'))
  await press(button('我已看过'))
  await done()
  await pull()
  await backToSteps()
})

test('letters, printed and counted, and their files destroyed', async () => {
  await step('经办人制作信件', 'letters', async () => {
    await page.getByLabel('名单上一共有几户').fill('6')
    await page.getByLabel('为什么不演练').fill('去年刚办过，都会了')
    await passphrase(PASS)
  })
  await room()
  for (const [i, name] of ['001-1栋', '002-2栋'].entries()) {
    await press(button(`打印 ${name}`))
    await card(name).getByText('张数对得上').waitFor()
    await readPaper(`${i + 1}.pdf`)
  }
  assert.deepEqual([...letters.keys()].sort(), ['王芳', '李强', '赵永红', '周平', '孙丽', '何军'].sort())
  await destroy('6')
})

async function destroy(printed) {
  await page.getByLabel('一共印出了几封信').fill(printed)
  await press(button('销毁信件文件'))
  await heading('信件文件销毁了').waitFor()
  await backToSteps()
}

test('a letter is lost: another in its place, by two people', async () => {
  await press(button('找一户'))
  await find('孙')
  await press(button('补发'))
  await press(page.getByLabel('信件丢失'))
  await page.getByLabel('第一位的姓名').fill('王芳')
  await page.getByLabel('第二位的姓名').fill('何军')
  await page.getByLabel('经办人的口令').fill(PASS)
  await press(button('先看一看'))
  assert.match(await confirmSeen('replace'), /2栋-1单元-201[^]*信件丢失/)
  await done()
  await backToSteps()
  letters.set('旧信', letters.get('孙丽'))
  await room()
  await look('replaced')
  await press(button('打印 0007'))
  await card('0007').getByText('张数对得上').waitFor()
  await readPaper('3.pdf')
  assert.equal(letters.get('孙丽').number, '0007')
  await destroy('1')
})

test('the poll opens, and two households vote by their phones', async () => {
  await clock(2 * DAY + HOUR)
  await reload()
  await press(button('开始计票服务'))
  await heading('计票服务开着，正在投票').waitFor()
  assert.equal((await page.locator('.notice code').textContent()).trim(), url)
  const { phone, tab } = await scan('旧信')
  await tab.getByText('它已由 0007 号信件代替').waitFor()
  await phone.close()
  await voteByPhone('王芳', ['路灯', '长椅'])
  await voteByPhone('孙丽', ['路灯'])
})

let desk
test('the power goes: nothing of it is lost, and the desk keeps a slip until one press goes on', async () => {
  desk = await follow('投票台')
  await kept(desk)
  await powerCut()
  const { number, code } = letters.get('周平')
  await desk.getByLabel('扫描二维码').fill(code)
  await desk.keyboard.press('Enter')
  await desk.getByRole('row', { name: '儿童滑梯' }).waitFor()
  for (const key of ['2', '3', 'Enter']) await desk.keyboard.press(key)
  await desk.getByText('念给住户核对').waitFor()
  await desk.keyboard.press('1')
  await desk.getByLabel('复核人').fill(number.slice(-2))
  await desk.keyboard.press('Enter')
  await expectText(tally(desk), '等待 1 张')
  await again()
  await comeIn()
  await heading('上次没有正常关机，票箱没有在运行').waitFor()
  await look('cut')
  await press(button('接着开'))
  await heading('计票服务开着，正在投票').waitFor()
  await expectText(tally(desk), '已记录 1 张 · 等待 0 张')
  await reload()
  await page.getByText('3 户，有投票权的共 6 户').waitFor()
  await voteByPhone('何军', ['儿童滑梯', '路灯'])
})

test('the box is closed by its number of ballots', async () => {
  await clock(3 * DAY + HOUR)
  await atStep('经办人封箱')
  await page.getByLabel('已记录几张').fill('1')
  await page.getByLabel('第一封信的编号').fill(letters.get('周平').number)
  await page.getByLabel('最后一封信的编号').fill(letters.get('周平').number)
  await press(button('和票箱对一对'))
  await page.getByText('清单和票箱对得上').waitFor()
  await page.getByLabel('票箱里有几张选票').fill('4')
  await page.getByLabel('经办人的口令').fill(PASS)
  await press(button(/^封箱$/))
  await finish('close')
})

/** Key holders by their number from 0, with their sticks: all of the count that is left. */
async function countWith(...who) {
  await plug(...who.map((i) => NAMES[i]))
  await heading('人都到了').waitFor()
  await page.getByText('人数够了，不用等').waitFor()
  await look('together')
  for (const i of who) await passphraseOf(i)
  await press(button('大家一起做'))
}

test('the count goes without the one who lost a stick, and through a power cut in a shuffle', async () => {
  await rm(folderOf(NAMES[1]), { recursive: true })
  await atStep('封箱要')
  await press(page.getByText('U 盘丢了'))
  await page.getByText('这一步还要 3 位，另外还可以缺 1 位').waitFor()
  await writeFile(join(home, '.mix-stop'), '2')
  await countWith(0, 2, 3)
  await press(button('我已看过'))
  await standsStill('trustee')
  await powerCut()
  await rm(join(home, '.mix-stop'))
  await again()
  await comeIn()
  await page.getByText('还要 1 位，可以来的有：李强、张敏、赵平').first().waitFor()
  await atStep('打乱选票')
  await countWith(0, 2, 3)
  await press(button('我已看过'))
  await done()
  await pull()
  await backToSteps()
})

test('the result is read out, signed and published', async () => {
  await atStep('经办人为结果签名')
  await button('念过了，去签名').waitFor()
  const said = await page.locator('pre').textContent()
  for (const row of [/路灯 +86,000 元 3 票/, /长椅 +36,800 元 2 票/, /儿童滑梯 +198,000 元 2 票/])
    assert.match(said, row)
  await press(button('念过了，去签名'))
  await passphrase(PASS)
  await carryOut('sign')
  await step('公布结果', 'publish')
  await heading('结果已经公布').waitFor()
})

test('an objection is filed and answered', async () => {
  await toAfter()
  await press(button('写下异议，或者答复'))
  await press(button('写下一条异议'))
  await page.getByLabel('异议说了什么').fill('何大爷说：公告栏贴晚了。')
  await press(button('写下来'))
  await answer(PASS, 1, '已经补贴，公示期顺延一天。')
})

const STICK = '存档'

test('the public folder on a stick, and the archive', async () => {
  await plug(STICK)
  await toAfter()
  await press(button('放到 U 盘'))
  await onto(STICK, '放到 U 盘')
  await done()
  await back()
  const copied = await readFile(join(folderOf(STICK), `${TITLE}-public/site/complaints.txt`), 'utf8')
  assert.match(copied, /^filed 1$[^]*^answer 已经补贴，公示期顺延一天。$/m)
  await toAfter()
  await press(button('归档'))
  await onto(STICK, '看看要归档什么')
  assert.match(await confirmSeen('archive'), /还没有做[^]*密钥保管人/)
  await done()
  await back()
})

test('the archive is audited in the window, with the id from a letter', async () => {
  await toAfter()
  await press(button('核对'))
  await page.getByLabel('信上的表决编号').fill(letters.get('何军').eid)
  await press(page.getByText('核对 U 盘上的档案'))
  const { place, way } = onStick('档案（…-public.zip）', STICK)
  await press(way)
  await press(place.getByRole('button', { name: `${TITLE}-public.zip` }))
  await press(button(/^核对$/))
  await page.getByText('核对通过').waitFor()
  await back()
  await pull()
})

test('the keys are destroyed; the stick that is lost is not forgotten', async () => {
  await toAfter()
  await press(button('销毁密钥'))
  for (const [i, name] of NAMES.entries()) {
    await heading('销毁份额').waitFor()
    await plug(...(i === 1 ? [] : [name]), backupOf(name))
    await page.getByText(new RegExp(`认出来了：.*${backupOf(name)}`)).waitFor()
    await passphraseOf(i)
    await press(button('销毁份额'))
    await press(button('我已看过，销毁'))
    await done()
    await pull()
    if (i < 3) await press(button('下一位保管人'))
  }
  await backToSteps()
  await toAfter()
  await page.getByText('李强（共 2 份文件，已销毁 1 份）').waitFor()
  await page.getByText('归档不用等它').waitFor()
  await look('lost')
  await press(button('销毁密钥'))
  await page.getByText('李强（共 2 份文件，已销毁 1 份）').waitFor()
  assert.equal(await page.getByText('把 U 盘插上').count(), 0, 'someone is asked for who has done it')
  await backToSteps()
})

test('the commands go on with the same folder, and the window after them, and back', async () => {
  await writeFile(join(home, 'objection.txt'), '孙大妈说：长椅放错了地方。\n')
  await command('tally', 'objection', folder, '--text', join(home, 'objection.txt'))
  await toAfter()
  await page.getByText('收到 2 条异议，1 条还没有答复').waitFor()
  await press(button('写下异议，或者答复'))
  await page.getByText('孙大妈说').waitFor()
  await answer(PASS, 2, '改放在东门。')
  await clock(15 * DAY)
  await typing(PASS, 'tally', 'final', folder, '--seen', '--passphrase-fd', '0')
  await toAfter()
  await page.getByText('异议期已过，结果已经宣布').waitFor()
  await plug(STICK)
  await press(button('归档'))
  await onto(STICK, '看看要归档什么')
  await confirmSeen('again')
  await done()
  await back()
  const status = JSON.parse(await command('issue', 'status', folder, '--json'))
  const stateOf = (id) => status.steps.find((x) => x.id === id).state
  assert.deepEqual([status.stage, stateOf('final'), stateOf('archive')], ['retired', 'done', 'done'])
  const now = await page.getByRole('list', { name: '办到哪里了' }).locator('[aria-current]').textContent()
  assert.equal(now, '8 归档保管')
  const eid = letters.get('王芳').eid.replace(/\s/g, '')
  for (const place of [join(folder, 'box/public'), join(folderOf(STICK), `${TITLE}-public.zip`)])
    await exec(process.env.YIHU_AUDIT, [place, '--eid', eid], { env })
  await assertNothingKept()
})

await runTests({ chained: true })
