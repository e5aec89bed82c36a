// SPDX-License-Identifier: Apache-2.0
// The day of the poll in the committee's window, to the published result: a second ballot
// box on a stick that fails, a power cut, the desk's sheets, the close, the result in words.
import assert from 'node:assert/strict'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  again,
  atStep,
  button,
  carryOut,
  clock,
  comeIn,
  command,
  env,
  device,
  finish,
  heading,
  home,
  HOUR,
  iso,
  local,
  look,
  page,
  powerCut,
  program,
  reload,
} from './lib/console.mjs'
import { definition, freePort, KINDS } from './lib/election.mjs'
import { press } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'

// The login manager's program: it runs what stands behind its options.
await program('systemd-inhibit', 'while [ "${1#--}" != "$1" ]; do shift; done\n"$@"')
const folder = join(home, 'yihu/夏天的表决')
const stick = join(home, 'U盘')

// ---- an election whose letters are out, by the command line

async function prepare() {
  await mkdir(join(home, 'yihu'), { recursive: true })
  await mkdir(stick)
  await writeFile(join(home, 'e.pb'), definition(KINDS.approval))
  await writeFile(join(home, 'h.csv'), `household\n${[1, 2, 3, 4, 5, 6].map((n) => `1-${n}\n`).join('')}`)
  const files = ['--election', join(home, 'e.pb'), '--households', join(home, 'h.csv')]
  const times = ['--opens', iso(HOUR), '--closes', iso(3 * HOUR)]
  const holders = ['--holders', '1', '--threshold', '1', '--min-box', '1', '--nobody-may-miss']
  const url = ['--url', `http://127.0.0.1:${await freePort()}`]
  await command('issue', 'init', folder, ...files, ...times, ...holders, ...url, '--unencrypted', '--seen')
  const key = ['--key', join(home, 'key')]
  await command('trustee', 'ceremony', folder, ...key, '--name', '王芳', '--unencrypted', '--seen')
  await command('issue', 'charter', folder, '--seen')
  await command('trustee', 'ceremony', folder, ...key, '--seen')
  await command('issue', 'charter', folder)
  await command('issue', 'letters', folder, '--skip-rehearsal', 'test')
}
await prepare()

const list = await readFile(join(folder, 'letters/list.csv'), 'utf8')
const letters = list.match(/0000(-[0-9A-Z]{4}){7,}/g)

async function cast(i) {
  const server = (await page.locator('.notice code').textContent()).trim()
  await writeFile(join(home, `.token-${i}`), `${letters[i]}\n`)
  const given = ['--token-file', join(home, `.token-${i}`), '--receipt', join(home, `receipt-${i}`)]
  await command('cast', server, ...given, '--typed', '--random', '--yes')
}

// ---- the tests

test('the counting service is started, with a second ballot box on a stick', async () => {
  await clock(1.5 * HOUR)
  await comeIn()
  await heading('计票服务没有开').waitFor()
  await look('stopped')
  await press(page.getByText('再存一份票箱到 U 盘'))
  await press(button('存在哪只 U 盘'))
  await press(button('U盘/'))
  await page.getByText(stick).waitFor()
  await press(button('就用这个文件夹'))
  await press(button('开始计票服务'))
  await heading('计票服务开着，正在投票').waitFor()
  await page.getByText('电脑就不会睡眠').waitFor()
  await page.getByText('在 夏天的表决.mirror').waitFor()
  await cast(0)
  await cast(1)
  await reload()
  await page.getByText('2 户，有投票权的共 6 户').waitFor()
  await look('runs')
})

test('the backup is a press away, and when it was made is told', async () => {
  await page.getByText('还没有做过').waitFor()
  await press(button('备份到 U 盘'))
  await page.getByRole('button', { name: '返回各个步骤' }).waitFor()
  await press(button('返回各个步骤'))
  await heading('计票服务开着').waitFor()
})

test('stopping is asked for', async () => {
  await press(button('停止计票服务'))
  await heading('要停止计票服务吗').waitFor()
  await look('stop')
  await press(button('返回各个步骤'))
  await heading('计票服务开着').waitFor()
})

test('the stick is pulled out: the page says so by itself, and goes on without it', async () => {
  await rename(stick, `${stick}-`)
  await heading('现在收不了票').waitFor()
  await page.getByText('请把那只 U 盘插回来').waitFor()
  await look('half')
  await press(button('那只 U 盘坏了'))
  await heading('不用那只 U 盘').waitFor()
  await look('alone')
  await press(button('那只 U 盘坏了'))
  await heading('计票服务开着，正在投票').waitFor()
  await page.getByText('2 户，有投票权的共 6 户').waitFor()
})

test('the power goes in the poll: what was taken is there, and one press goes on', async () => {
  await powerCut()
  env.YIHU_TEST_BOOT = 'b007'
  await again()
  await comeIn()
  await heading('上次没有正常关机，票箱没有在运行').waitFor()
  await look('cut-off')
  await press(page.getByLabel('以后开机就自动打开'))
  await press(button('接着开'))
  await heading('计票服务开着，正在投票').waitFor()
  await page.getByText('2 户，有投票权的共 6 户').waitFor()
  const entry = await readFile(join(home, '.config/autostart/yihu.desktop'), 'utf8')
  assert.match(entry, /^Exec="\S+\/yihu" --go-on --in "/m)
  await cast(2)
})

test('nothing vouches for the clock of a computer that was started anew: a person does', async () => {
  await page.getByText('没有别的可以作证').waitFor()
  await look('clock-doubted')
  await press(button('对一对钟'))
  await heading('电脑的钟准不准').waitFor()
  await look('clock')
  const other = page.getByLabel('别的钟现在是')
  await other.fill(local(3 * HOUR))
  await press(button('就是这个时间'))
  await page.getByText('两只钟对不上').waitFor()
  await look('clock-differs')
  await press(button('再对一次'))
  await other.fill(local(1.5 * HOUR))
  await press(button('就是这个时间'))
  await page.getByText('这台电脑的钟是准的').waitFor()
  await look('clock-believed')
  await press(button('返回各个步骤'))
  await heading('计票服务开着，正在投票').waitFor()
  await page.getByText('没有别的可以作证').waitFor({ state: 'detached' })
})

test('the computer is shut down in the poll: the page says so, and one press goes on', async () => {
  await powerCut('SIGTERM')
  await again()
  await comeIn()
  await heading('没有人停止计票服务').waitFor()
  await look('went-down')
  await press(button('接着开'))
  await heading('计票服务开着，正在投票').waitFor()
  await page.getByText('3 户，有投票权的共 6 户').waitFor()
})

test('the desk’s sheets are compared, and the box is closed by its number of ballots', async () => {
  await clock(4 * HOUR)
  await atStep('经办人封箱')
  await page.getByText('票箱里有 3 张选票').waitFor()
  const fill = async (label, value) => page.getByLabel(label).first().fill(value)
  await fill('已记录几张', '9')
  await fill('第一封信的编号', '0001')
  await fill('最后一封信的编号', '0099')
  await press(button('和票箱对一对'))
  await page.getByText('清单和票箱对不上').waitFor()
  await page.getByText('没有 0099 号信件').waitFor()
  await look('sheets')
  await fill('票箱里有几张选票', '4')
  await press(button(/^封箱$/))
  await heading('没有做成').waitFor()
  await page.getByText('票箱里有 3 张选票，不是 4 张').waitFor()
  await press(button('改一改再来'))
  await fill('票箱里有几张选票', '3')
  await press(button(/^封箱$/))
  await finish('close')
  await heading('计票：需要谁到场').waitFor()
  await page.getByText('还要 1 位，可以来的有：王芳').first().waitFor()
  await look('count')
})

test('the result is read out before it is signed, and can be put up once it is public', async () => {
  await command('trustee', 'count', folder, '--key', join(home, 'key'), '--seen')
  await reload()
  await atStep('经办人为结果签名')
  await heading('结果').waitFor()
  await page.getByText('请先念给在场的人听').waitFor()
  await look('result')
  await press(button('念过了，去签名'))
  await carryOut('sign')
  await atStep('公布结果')
  await carryOut('publish')
  await heading('结果已经公布').waitFor()
  await press(button('看结果'))
  await page.locator('pre').waitFor()
  await look('published')
})

test('English and large type; nothing else was asked for', async () => {
  await press(page.getByRole('button', { name: 'English' }))
  await heading('The result is public').waitFor()
  await press(page.getByRole('button', { name: 'Larger' }))
  await look('english')
  assert.deepEqual(
    device.faults.filter((f) => !f.includes('Password field')),
    [],
  )
})

await runTests()
