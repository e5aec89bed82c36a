// SPDX-License-Identifier: Apache-2.0
// Four key holders and their sticks at the committee's window: keys with backups, one of
// them made on the holder's own computer; the charter; the count, at which a stick is lost
// and its backup stands in; the shares erased.
import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  again,
  assertNothingKept,
  atStep,
  backToSteps,
  button,
  clock,
  command,
  done,
  env,
  heading,
  home,
  HOUR,
  iso,
  look,
  page,
  w,
} from './lib/console.mjs'
import { BACKUP_STICK, backupOf, fillNewKey, KEY_STICK, NAMES, passphraseOf, radio } from './lib/holders.mjs'
import { definition, Election, freePort, KINDS } from './lib/election.mjs'
import { press } from './lib/press.mjs'
import { folderOf, plug, pull } from './lib/sticks.mjs'
import { atEnd, runTests, test } from './lib/tap.mjs'

// ---- an election that waits for its keys

const folder = join(home, 'yihu/我们的公园')
const port = await freePort()
await mkdir(join(home, 'yihu'), { recursive: true })
await writeFile(join(home, 'e.pb'), definition(KINDS.approval))
await writeFile(join(home, 'h.csv'), 'household\n1-1\n1-2\n1-3\n')
const init = ['--election', join(home, 'e.pb'), '--households', join(home, 'h.csv'), '--min-box', '1', '--seen']
const times = ['--opens', iso(HOUR), '--closes', iso(3 * HOUR), '--url', `http://127.0.0.1:${port}`]
await command('issue', 'init', folder, ...init, ...times, '--holders', '4', '--threshold', '2', '--unencrypted')

// ---- the tests

test('a key is made on the stick that is plugged in, with a backup on another', async () => {
  await page.goto(`file://${w.entry()}`)
  await press(button('打开'))
  await atStep('各密钥保管人公布密钥')
  await heading('建密钥').waitFor()
  await heading('现在请 1 号保管人').waitFor()
  await page.getByText('请插上 U 盘，等它出现在这里').first().waitFor()
  await look('new-empty')
  await plug(NAMES[0])
  await radio(KEY_STICK, NAMES[0]).waitFor()
  assert.ok(await radio(KEY_STICK, NAMES[0]).isChecked())
  assert.ok(await radio(BACKUP_STICK, NAMES[0]).isDisabled(), 'the backup is on the same stick')
  await fillNewKey(0)
  await press(button('做密钥'))
  await page.getByRole('alert').getByText('备份放在哪个 U 盘上').waitFor()
  await plug(backupOf(NAMES[0]))
  await radio(BACKUP_STICK, backupOf(NAMES[0])).waitFor()
  assert.ok(await radio(BACKUP_STICK, backupOf(NAMES[0])).isChecked())
  await look('new-key')
  await press(button('做密钥'))
  assert.match(await done(), /第二份|读回/)
  await look('new-done')
  const files = await readdir(folderOf(backupOf(NAMES[0])))
  assert.equal(files.filter((f) => f.endsWith('.key')).length, 1)
})

test('a passphrase that is too easy makes no key, and another’s stick is not taken', async () => {
  await press(button('下一位保管人'))
  await heading('现在请 2 号保管人').waitFor()
  await page.getByText(`上面已经有${NAMES[0]}的密钥`).first().waitFor()
  assert.ok(await radio(KEY_STICK, NAMES[0]).isDisabled())
  await pull()
  await plug(NAMES[1], backupOf(NAMES[1]))
  await radio(BACKUP_STICK, backupOf(NAMES[1])).waitFor()
  await fillNewKey(1)
  await page.getByLabel('口令', { exact: true }).fill('12345678')
  await press(button('做密钥'))
  await page.getByText('两次输入的口令不一样').waitFor()
  await page.getByLabel('口令，再输一次').fill('12345678')
  await press(button('做密钥'))
  await heading('没有做成').waitFor()
  await press(button('改一改再来'))
  assert.equal(await page.getByLabel('口令', { exact: true }).inputValue(), '')
  await fillNewKey(1)
  await radio(BACKUP_STICK, backupOf(NAMES[1])).waitFor()
  await press(button('做密钥'))
  await done()
  await pull()
  await plug(NAMES[2], backupOf(NAMES[2]))
  await press(button('下一位保管人'))
  await radio(BACKUP_STICK, backupOf(NAMES[2])).waitFor()
  await fillNewKey(2)
  await press(button('做密钥'))
  await done()
})

test('the fourth is at another computer: a stick goes out, its key is made there, and it comes back', async () => {
  await pull()
  await plug('路上')
  await press(button('下一位保管人'))
  await press(button('有人不到场'))
  await heading('不到场的保管人').waitFor()
  await page.getByRole('radio', { name: /路上/ }).waitFor()
  await look('rounds')
  await press(button('带给 4 号保管人'))
  await done()
  await backToSteps()
  await press(page.getByRole('button', { name: '返回', exact: true }))
  await press(button('我是密钥保管人'))
  await heading('我们的公园-4').waitFor()
  await look('holder')
  await press(button('看看要做什么'))
  await heading('建密钥').waitFor()
  await heading('您是 4 号保管人').waitFor()
  await plug(NAMES[3], backupOf(NAMES[3]))
  await page.getByText('这是经办人的 U 盘，要还回去').first().waitFor()
  await radio(BACKUP_STICK, backupOf(NAMES[3])).waitFor()
  await fillNewKey(3)
  await look('holder-key')
  await press(button('做密钥'))
  await done()
  await pull(NAMES[3], backupOf(NAMES[3]))
  await page.goto(w.url)
  await press(button('打开'))
  await atStep('还要公布密钥')
  await press(button('有人不到场'))
  await press(button(/^从.*路上.*收回/))
  assert.match(await done(), /赵平/)
})

test('the clerk makes the charter on the same page, and all sign it at once', async () => {
  await pull()
  await backToSteps()
  await atStep('经办人制定章程')
  await heading('制定章程').waitFor()
  await page.getByLabel('经办人的口令').fill('没有口令的密钥也不碍事')
  await look('charter')
  await press(button('先看章程'))
  await page.getByText('路灯更换').first().waitFor()
  await press(button('我已看过'))
  await done()
  await press(button('继续'))
  await heading('分发份额').waitFor()
  await page.getByText(`现在请 1 号保管人${NAMES[0]}把 U 盘插上`).waitFor()
  await look('deal-empty')
  await plug(NAMES[0])
  await page.getByText(`认出来了：U 盘“${NAMES[0]}”`).waitFor()
  await page.getByText(`现在请 2 号保管人${NAMES[1]}把 U 盘插上`).waitFor()
  await plug(...NAMES)
  await heading('人都到了').waitFor()
  for (const i of NAMES.keys()) await passphraseOf(i)
  await look('deal-all')
  await press(button('大家一起做'))
  await heading('请一起看清楚').waitFor()
  await page.getByText('路灯更换').first().waitFor()
  await look('seen')
  await press(button('我已看过'))
  await done()
})

test('the poll, in which one stick is lost', async () => {
  await command('issue', 'letters', folder, '--skip-rehearsal', 'test')
  const e = Object.assign(new Election(), { folder, box: join(folder, 'box'), port, env, log: '', options: [] })
  const list = await readFile(join(folder, 'letters/list.csv'), 'utf8')
  const token = /0000(-[0-9A-Z]{4}){7,}/.exec(list)[0]
  await writeFile(join(home, '.token'), `${token}\n`)
  await clock(1.5 * HOUR)
  await e.start()
  atEnd(() => e.stop('SIGKILL'))
  const given = ['--token-file', join(home, '.token'), '--receipt', join(home, 'receipt')]
  await command('cast', `http://127.0.0.1:${port}`, ...given, '--typed', '--random', '--yes')
  await clock(4 * HOUR)
  await e.close()
  await e.stop()
  await pull()
  await rm(folderOf(NAMES[1]), { recursive: true })
})

test('the count goes on with its backup, all who are needed at once', async () => {
  await backToSteps()
  await atStep('封箱要')
  await heading('签封票箱').waitFor()
  await press(page.getByText('U 盘丢了'))
  await page.getByText('这一步还要 3 位，另外还可以缺 1 位').waitFor()
  await look('count-empty')
  await plug(NAMES[0], NAMES[2])
  await page.getByText(`认出来了：U 盘“${NAMES[2]}”`).waitFor()
  assert.equal(await heading('人都到了').count(), 0)
  await plug(backupOf(NAMES[1]))
  await page.getByText(`认出来了：U 盘“${backupOf(NAMES[1])}”`).waitFor()
  await heading('人都到了').waitFor()
  for (const i of [0, 1, 2]) await passphraseOf(i)
  await press(button('大家一起做'))
  await page.getByText('选票：1 张，有投票权的住户：3 户').waitFor()
  await page.getByText('同一台电脑上').waitFor() // whatever the program says besides
  assert.equal((await readdir(join(folder, 'ceremony'))).filter((f) => f.startsWith('box-')).length, 0)
  await look('box-seen')
  await press(button('我已看过'))
  await page.getByText('要签名的是这份结果').waitFor()
  await page.getByText('路灯更换').first().waitFor()
  assert.equal((await readdir(join(folder, 'ceremony'))).filter((f) => f.startsWith('results-')).length, 0)
  await look('result-seen')
  await press(button('我已看过'))
  await done()
  assert.equal(JSON.parse(await command('issue', 'status', folder, '--json')).stage, 'opened')
})

test('once it is published, a holder erases stick and backup in one go', async () => {
  await command('issue', 'sign', folder, '--seen')
  await command('tally', 'publish', folder)
  await pull()
  await backToSteps()
  await atStep('销毁份额')
  await heading('销毁份额').waitFor()
  await plug(NAMES[0], backupOf(NAMES[0]))
  await page.getByText(new RegExp(`认出来了：.*${backupOf(NAMES[0])}`)).waitFor()
  await passphraseOf(0)
  await look('retire')
  await press(button('销毁份额'))
  await page.getByText(`要永久销毁的是${NAMES[0]}的份额`).waitFor()
  await look('retire-seen')
  await press(button('我已看过，销毁'))
  await done()
  await press(page.getByText('程序说的话'))
  assert.doesNotMatch(await page.locator('main').innerText(), /2 份文件.*1 份/)
  await press(button('下一位保管人'))
  await page.getByText('这一步做完了').waitFor()
})

test('no passphrase is kept by the page; English and large type', async () => {
  await press(page.getByRole('button', { name: 'English' }))
  await heading('Erase the keys').waitFor()
  await press(page.getByRole('button', { name: 'Larger' }))
  await look('english')
  await assertNothingKept()
})

test('a key holder’s own window shows no election of the clerk’s', async () => {
  await pull()
  await w.kill()
  await again(['--holder'])
  await page.goto(`file://${w.entry()}`)
  await heading('我是密钥保管人').waitFor()
  await page.getByText('请把经办人给您的 U 盘插上').waitFor()
  assert.equal(await page.getByText('我们的公园').count(), 0)
  await plug('路上')
  await heading('我们的公园-4').waitFor()
})

await runTests()
