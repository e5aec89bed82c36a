// SPDX-License-Identifier: Apache-2.0
// Letters by the window: a test page before the camera, made after the number of
// households was typed, printed by a spooler that loses a sheet, one of them again; a
// household found, its letter replaced and made void, one added; counted, destroyed.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { definition, KINDS } from './lib/election.mjs'
import {
  assertNoFaults,
  button,
  camera,
  command,
  confirmSeen,
  device,
  done,
  heading,
  home,
  HOUR,
  iso,
  look,
  page,
  programsAtWork,
  reload,
  w,
} from './lib/console.mjs'
import { film } from './lib/pictures.mjs'
import { card, find, printer, room } from './lib/letters.mjs'
import { press, rested } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'

const exec = promisify(execFile)
const NAME = '锦绣花园'
const folder = join(home, 'yihu', NAME)
const HOUSEHOLDS = 60

// ---- what is there: an election whose letters are next, and a spooler

const flats = Array.from({ length: HOUSEHOLDS }, (_, i) => {
  const [building, floor, door] = [1 + Math.floor(i / 20), 1 + Math.floor((i % 20) / 4), 1 + (i % 4)]
  return `${building}栋,1单元,${floor}0${door},${'王李张陈'[i % 4]}${i}`
})
await mkdir(join(home, 'yihu'), { recursive: true })
await writeFile(join(home, '项目.pb'), definition(KINDS.approval))
await writeFile(join(home, '住户.csv'), `building,unit,room,name\n${flats.join('\n')}\n`)
await command(
  'issue',
  ...['init', folder, '--election', join(home, '项目.pb'), '--households', join(home, '住户.csv')],
  ...['--opens', iso(HOUR), '--closes', iso(3 * HOUR), '--holders', '1', '--threshold', '1', '--min-box', '1'],
  ...['--nobody-may-miss', '--unencrypted', '--seen'],
)
const key = ['--key', join(home, '王芳.key')]
await command('trustee', 'ceremony', folder, ...key, '--name', '王芳', '--unencrypted')
await command('issue', 'charter', folder, '--seen')
await command('trustee', 'ceremony', folder, ...key, '--seen')

await printer(`cat ${home}/sheets`)
await writeFile(join(home, 'sheets'), 'completed,2\n')

// ---- ways

const openElection = async () => {
  await press(button('打开'))
  await heading(NAME).waitFor()
}

test('a test page is printed, and read by the camera', async () => {
  await page.goto(`file://${w.entry()}`)
  await openElection()
  await room()
  await press(button('做一份试印页'))
  await press(button('打印 试印页'))
  await page.getByText('打印任务 Brother-1：打完了').waitFor()
  await look('test-page')
  const crop = ['-x', '200', '-y', '1340', '-W', '760', '-H', '760']
  const paper = join(folder, 'paper/test-page.pdf')
  await exec('pdftoppm', ['-png', '-r', '300', '-f', '1', '-singlefile', ...crop, paper, join(home, 'code')])
  await film(device.context.browser(), join(home, 'code.png'), camera)
  await press(button('用摄像头读试印页'))
  await heading('读出来了').waitFor()
  await look('camera')
  await press(button('返回打印'))
  await page.getByText('摄像头读出来了').waitFor()
  assert.match(await readFile(join(home, 'printed'), 'utf8'), /-d Brother .*sides=one-sided/)
})

/** The process that makes the letters. */
async function making() {
  for (;;) {
    const found = (await programsAtWork()).find(([, words]) => words.includes('letters'))
    if (found !== undefined) return found[0]
  }
}

test('letters are made for the number that was typed, also when the window is closed meanwhile', async () => {
  await press(button('返回各个步骤'))
  await press(page.getByRole('button', { name: /去做这一步.*制作信件/ }).first())
  await page.getByText('打印机试印过了').waitFor()
  await look('letters')
  await press(button(/^开始$/))
  await page.getByText('请先填名单上一共有几户').waitFor()
  await page.getByLabel('为什么不演练').fill('测试')
  await page.getByLabel('名单上一共有几户').fill('59')
  await press(button(/^开始$/))
  await page.getByText('60').waitFor()
  assert.ok((await page.locator('pre').textContent()).includes('59'))
  await press(button('改一改再来'))
  await page.getByLabel('名单上一共有几户').fill('60')
  await press(button(/^开始$/))
  const pid = await making()
  process.kill(pid, 'SIGSTOP')
  await page.reload()
  await openElection()
  await heading('正在进行：').waitFor()
  await look('at-work')
  process.kill(pid, 'SIGCONT')
  await press(button('看看做到哪里了'))
  await heading('做好了').waitFor()
  await press(button('返回各个步骤'))
  await page.getByText('刚才做完了').waitFor()
})

test('a building is printed, and a sheet that is missing is said', async () => {
  await room()
  await page.getByText('一定要单面打印').waitFor()
  await writeFile(join(home, 'sheets'), 'completed,40\n')
  // As a hand does that trembles: one job all the same.
  await rested(page)
  await button('打印 001-1栋').dblclick()
  await card('001-1栋').getByText('少了 1 张').waitFor()
  assert.equal(
    await card('001-1栋')
      .getByText(/打印任务/)
      .count(),
    1,
  )
  await press(button('打印 001-1栋'))
  await heading('001-1栋 已经送去打印过了').waitFor()
  await look('print-twice')
  await press(button('返回打印'))
  await look('printed')
  await press(card('001-1栋').locator('summary'))
  await card('001-1栋').getByLabel('一共出来了几张纸').fill('43')
  await card('001-1栋').getByLabel('其中卡坏').fill('2')
  await press(button('记下 001-1栋'))
  await card('001-1栋').getByText('张数对得上').waitFor()
})

test('one letter is printed again', async () => {
  await page.getByLabel('哪一户，或信件的号码').fill('1栋1单元101室')
  await press(button('做这一封的文件'))
  await page
    .locator('.notice')
    .getByText(/letters\/pdf\/\d{4}\.pdf/)
    .waitFor()
  await card(/^\d{4}$/).waitFor()
  await press(button('返回各个步骤'))
})

const twoNames = async () => {
  await page.getByLabel('第一位的姓名').fill('王芳')
  await press(button('先看一看'))
  await page.getByText('请填两个人的姓名').waitFor()
  await page.getByLabel('第二位的姓名').fill('李强')
}
const doSeen = async () => {
  await press(button('先看一看'))
  const shown = await confirmSeen('change')
  await done()
  return shown
}
const toFind = async () => {
  await press(button('返回各个步骤'))
  await press(button('找一户'))
  await heading('找一户').waitFor()
}

test('a household is found as it is spoken of, and its letter replaced by two people', async () => {
  await press(button('找一户'))
  await find('王')
  assert.equal(await page.locator('.card').count(), 15)
  await find('三栋1单元103')
  await page.getByRole('heading', { name: '3栋-1单元-103 张42' }).waitFor()
  await page.getByText('未投票').waitFor()
  await look('found')
  await press(button('补发'))
  await press(button('先看一看'))
  await page.getByText('请选一个原因').waitFor()
  await press(page.getByLabel('信件丢失'))
  await twoNames()
  await look('replace')
  const shown = await doSeen()
  for (const words of ['3栋-1单元-103', '信件丢失', '王芳', '李强']) assert.ok(shown.includes(words), shown)
})

test('another is made void in own words, and a household added', async () => {
  await toFind()
  await find('1-1-104')
  await press(button(/^作废/))
  await press(page.getByLabel('别的原因，写在下面'))
  await page.getByLabel('别的原因', { exact: true }).fill('房子拆了')
  await twoNames()
  await doSeen()
  await toFind()
  await find('9栋-901')
  await page.getByText('没有找到').waitFor()
  await press(button('增补这一户'))
  await press(page.getByLabel('名单漏登'))
  await twoNames()
  await doSeen()
  await toFind()
  await page.getByText('原因：房子拆了').waitFor()
  await page.getByText('原因：信件丢失').waitFor()
  assert.equal(await page.getByText('同意的人：王芳').count(), 3)
  await look('changed')
  await press(button('返回各个步骤'))
})

test('what was carried is counted a building at a time', async () => {
  await press(button('送信回来清点'))
  const fill = async (building, delivered, returned) => {
    await page.getByLabel(`${building}: 送到`).fill(delivered)
    await page.getByLabel(`${building}: 带回`).fill(returned)
  }
  await fill('1栋', '18', '0')
  await press(button('记下'))
  await page.getByText('少 1 封').waitFor()
  await look('delivery')
  await fill('1栋', '18', '1')
  await fill('2栋', '20', '0')
  await fill('3栋', '20', '0')
  await fill('没有写楼栋的', '1', '0')
  await press(button('记下'))
  await page.getByText('对得上', { exact: true }).nth(3).waitFor()
  await press(button('返回各个步骤'))
})

test('the files are destroyed once the number that was counted is right', async () => {
  await room()
  const shred = async (n) => {
    await page.getByLabel('一共印出了几封信').fill(n)
    await press(button('销毁信件文件'))
  }
  await shred('61')
  await heading('没有销毁').waitFor()
  await press(button('返回打印'))
  await shred('62')
  await heading('信件文件销毁了').waitFor()
  await look('shredded')
  await assert.rejects(readFile(join(folder, 'letters/list.csv')))
  await press(button('把经办人的资料备份到'))
  await page.getByText('哪只 U 盘').first().waitFor()
  await press(button('返回各个步骤'))
  await reload()
})

test('English and large type', async () => {
  await press(page.getByRole('button', { name: 'English' }))
  await press(page.getByRole('button', { name: 'Larger' }))
  await press(button('Find a household'))
  await heading('Find a household').waitFor()
  await look('english')
  assertNoFaults()
})

await runTests()
