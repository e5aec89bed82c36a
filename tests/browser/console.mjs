// SPDX-License-Identifier: Apache-2.0
// A committee runs a vote by its window alone, by what stands on it: from the project and
// household tables to the published result. Households vote as they would; in the poll
// the window is killed and opened again.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  again,
  assertNothingKept,
  atStep,
  button,
  carryOut,
  choose,
  clock,
  device,
  env,
  finish,
  heading,
  home,
  HOUR,
  local,
  look,
  page,
  passphrase,
  programs,
  reload,
  step,
  w,
} from './lib/console.mjs'
import { definition, freePort, KINDS } from './lib/election.mjs'
import { press } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'

const exec = promisify(execFile)
const PASS = '正大光明一二三四五'
const KEY = '青山绿水六七八九十'
device.secrets.add(PASS).add(KEY)

// What the committee brings, and a stick.
await mkdir(join(home, '材料'))
await mkdir(join(home, 'U盘'))
await writeFile(join(home, '材料/项目.pb'), definition(KINDS.approval))
await writeFile(join(home, '材料/住户.csv'), 'household\n1-1\n1-2\n1-3\n')

test('the browser comes in by the entry file, which is gone then', async () => {
  await page.goto(`file://${w.entry()}`)
  await heading('这台电脑上的表决').waitFor()
  assert.deepEqual(
    (await readdir(home)).filter((n) => n.startsWith('.yihu-')),
    [],
  )
  assert.equal(new URL(page.url()).hash, '')
  await look('shelf')
})

test('started a second time, it is the same window, and its browser comes in again', async () => {
  await exec(join(programs, 'yihu'), ['--no-browser'], { env })
  await page.goto(`file://${w.entry()}`)
  await heading('这台电脑上的表决').waitFor()
})

test('a vote is begun from the tables, and shown before it is', async () => {
  await press(button('新建一次表决'))
  await press(button('一张长表'))
  await page.getByLabel('给它起个名字').fill('我们的公园 2027')
  await press(page.locator('summary'))
  await choose('表决文件（Pabulib', '材料', '项目.pb')
  await choose('谁可以投票', '材料', '住户.csv')
  await page.getByLabel('什么时候开始投票').fill(local(HOUR))
  await page.getByLabel('什么时候截止').fill(local(3 * HOUR))
  await page.getByLabel('服务器的 https').fill(`http://127.0.0.1:${await freePort()}`)
  await page.getByLabel('密钥保管人有几位').fill('1')
  await page.getByLabel('几位可以开箱').fill('1')
  await page.getByLabel('至少有多少张选票').fill('1')
  await press(page.getByLabel('密钥保管人计票时必须全部到场'))
  await passphrase(PASS)
  await carryOut('init')
  await heading('我们的公园 2027').waitFor()
  await look('steps')
})

/** A step of key holders whose keys lie in a folder: by the program's own form. */
async function byForm(words, form, name, fill) {
  await atStep(words)
  await press(page.getByText('密钥不在 U 盘上'))
  await press(button(form))
  await page.getByRole('button', { name: /^(先看一看|开始)$/ }).waitFor()
  await fill()
  return carryOut(name)
}

test('the key holder’s key and the charter', async () => {
  await byForm('各密钥保管人公布密钥', '用表格：公布密钥', 'announce', async () => {
    await page.getByLabel('您是几号密钥保管人').fill('1')
    await choose('您的密钥文件', 'U盘', '王芳.key', { fresh: true })
    await page.getByLabel('您的姓名').fill('王芳')
    await passphrase(KEY)
  })
  await atStep('经办人制定章程')
  await page.getByLabel('经办人的口令').fill(PASS)
  await press(button('先看章程'))
  await press(button('我已看过'))
  await heading('做好了').waitFor()
  await press(button('继续'))
  await heading('分发份额').waitFor()
  await press(button('返回各个步骤'))
  await byForm('各密钥保管人分发', '用表格：一起做仪式', 'accept', async () => {
    await choose('密钥文件', 'U盘', '王芳.key')
    await passphrase(KEY)
  })
})

let letters
test('letters, which lie ready to be printed and stay in their folder', async () => {
  await step('经办人制作信件', 'letters', async () => {
    await page.getByLabel('名单上一共有几户').fill('3')
    await passphrase(PASS)
  })
  await press(page.getByText('要打印的'))
  await page.getByRole('button', { name: /打开 信件 / }).waitFor()
  const list = await readFile(join(home, 'yihu/我们的公园 2027/letters/list.csv'), 'utf8')
  letters = list.match(/0000(-[0-9A-Z]{4}){7,}/g)
  assert.equal(letters.length, 3)
})

test('the poll: the daemon outlives the window, which is killed and opened again', async () => {
  await clock(1.5 * HOUR)
  await reload()
  await press(button('开始计票服务'))
  await heading('计票服务开着').waitFor()
  await look('served')
  await w.kill()
  await press(button('重新查看'))
  await heading('这个窗口已经关闭').waitFor()
  await look('gone')
  await again()
  await page.goto(w.url)
  await page.getByLabel('代码').fill('1111 1111')
  await press(button('进入'))
  await page.getByText('代码不对').waitFor()
  await page.getByLabel('代码').fill(w.code)
  await press(button('进入'))
  await press(button('打开'))
  await heading('计票服务开着').waitFor()
  const station = await page.getByRole('link', { name: '投票台' }).getAttribute('href')
  assert.equal((await fetch(station)).status, 200)
})

test('households vote, and the box is closed, counted and published', async () => {
  const server = (await page.locator('.notice code').textContent()).trim()
  for (const [i, token] of letters.slice(0, 2).entries()) {
    await writeFile(join(home, `.token-${i}`), `${token}\n`)
    const given = ['--token-file', join(home, `.token-${i}`), '--receipt', join(home, `receipt-${i}`)]
    await exec(join(programs, 'yihu-cast'), [server, ...given, '--typed', '--random', '--yes'], { env })
  }
  await clock(4 * HOUR)
  await reload()
  await atStep('经办人封箱')
  await page.getByLabel('票箱里有几张选票').fill('2')
  await page.getByLabel('经办人的口令').fill(PASS)
  await press(button('封箱'))
  await finish('close')
  const withKey = async () => {
    await choose('密钥文件', 'U盘', '王芳.key')
    await passphrase(KEY)
  }
  await byForm('封箱要', '用表格：一起计票', 'count', withKey)
  await atStep('经办人为结果签名')
  await press(button('念过了，去签名'))
  await passphrase(PASS)
  await carryOut('sign')
  if ((await page.getByText('还需 1 位').count()) > 0)
    await byForm('为结果签名', '用表格：为结果签名', 'sign-key', withKey)
  await step('公布结果', 'publish')
  await look('published')
})

test('what the window did is what the command line goes on with', async () => {
  const folder = join(home, 'yihu/我们的公园 2027')
  const { stdout } = await exec(join(programs, 'yihu-issue'), ['status', folder, '--json'], { env })
  assert.equal(JSON.parse(stdout).stage, 'published')
  const eid = /[0-9a-f]{64}/.exec((await exec(join(programs, 'yihu-issue'), ['status', folder], { env })).stdout)[0]
  await exec(process.env.YIHU_AUDIT, [join(folder, 'box/public'), '--eid', eid, '--receipt', join(home, 'receipt-0')], {
    env,
  })
  const text = (await exec(join(programs, 'yihu'), ['--text'], { env })).stdout
  assert.ok(text.includes('我们的公园 2027'), text)
  await press(button('停止计票服务'))
  await heading('要停止计票服务吗').waitFor()
  await press(button('停止计票服务'))
  await heading('计票服务开着').waitFor({ state: 'detached' })
})

test('no passphrase is kept by the page; English and large type', async () => {
  await press(page.getByRole('button', { name: 'English' }))
  await page.getByText('key holders erase their shares').first().waitFor()
  await press(page.getByRole('button', { name: 'Larger' }))
  await look('english')
  await assertNothingKept()
  assert.equal(await page.evaluate(() => document.cookie), '')
})

await runTests()
