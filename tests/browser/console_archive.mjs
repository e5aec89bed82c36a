// SPDX-License-Identifier: Apache-2.0
// After the result, by what stands on the window alone: an objection and its answer, the
// public folder onto a stick, the check with a letter, the archive, and what is kept.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  button,
  clock,
  command,
  device,
  done,
  enter,
  env,
  heading,
  home,
  HOUR,
  iso,
  look,
  page,
  programs,
} from './lib/console.mjs'
import { back, chooseStick, toAfter } from './lib/after.mjs'
import { definition, KINDS } from './lib/election.mjs'
import { press } from './lib/press.mjs'
import { runTests, test } from './lib/tap.mjs'

const exec = promisify(execFile)
const folder = join(home, 'yihu/我们的公园 2027')

/** A small election that nobody votes in, up to its result. */
async function hold() {
  await writeFile(join(home, 'e.pb'), definition(KINDS.approval))
  await writeFile(join(home, 'h.csv'), 'household\n1-1\n1-2\n')
  const key = ['--key', join(home, 'k'), '--seen']
  const lists = ['--election', join(home, 'e.pb'), '--households', join(home, 'h.csv'), '--unencrypted', '--seen']
  const numbers = ['--holders', '1', '--threshold', '1', '--min-box', '1', '--nobody-may-miss']
  await command('issue', 'init', folder, ...lists, ...numbers, '--opens', iso(HOUR), '--closes', iso(2 * HOUR))
  await command('trustee', 'ceremony', folder, ...key, '--name', '王芳', '--unencrypted')
  await command('issue', 'charter', folder, '--seen')
  await command('trustee', 'ceremony', folder, ...key)
  await command('issue', 'charter', folder, '--seen').catch(() => {})
  await command('issue', 'letters', folder, '--skip-rehearsal', 'test')
  await clock(3 * HOUR)
  await command('tally', 'close', folder)
  await command('issue', 'sign', folder, '--seen')
  await command('tally', 'publish', folder)
}
let eid

test('an election has its result', async () => {
  await mkdir(join(home, 'yihu'), { recursive: true })
  await mkdir(join(home, 'U盘'))
  // It needs no clock of the test's, and so is not built among these.
  await symlink(process.env.YIHU_AUDIT, join(programs, 'yihu-audit')).catch((error) => {
    if (error.code !== 'EEXIST') throw error
  })
  await hold()
  eid = /[0-9a-f]{64}/.exec(await command('issue', 'status', folder))[0]
})

test('an objection is written down, answered, and the answer is public', async () => {
  await enter()
  await press(button('打开'))
  await toAfter()
  await look('after')
  await press(button('写下异议，或者答复'))
  await press(button('写下一条异议'))
  await press(button('写下来'))
  await page.getByText('请先写几个字').waitFor()
  await page.getByLabel('异议说了什么').fill('王大爷说：公告栏贴晚了。\n1栋没有看到。')
  await look('objection')
  await press(button('写下来'))
  await heading('异议').waitFor()
  await page.getByText('还没有答复。').waitFor()
  await press(button('答复第 1 条'))
  await page.getByLabel('公开的答复').fill('已经补贴，公示期顺延一天。')
  await press(button('写下来'))
  await page.getByText('答复：已经补贴').waitFor()
  await look('objections')
  await press(button('签名公布'))
  await done()
  const shown = await readFile(join(folder, 'box/public/site/complaints.txt'), 'utf8')
  assert.match(shown, /^filed 1$/m)
  assert.match(shown, /^answer 已经补贴，公示期顺延一天。$/m)
  assert.ok(!shown.includes('王大爷'))
  await back()
})

test('the public folder goes onto a stick, and is checked with a letter', async () => {
  await toAfter()
  await press(button('放到 U 盘'))
  await press(button('放到 U 盘'))
  await page.getByText('请先插上 U 盘').waitFor()
  await chooseStick()
  await look('copy')
  await press(button('放到 U 盘'))
  await done()
  await back()
  await exec(process.env.YIHU_AUDIT, [join(home, 'U盘/我们的公园 2027-public'), '--eid', eid], { env })
  await toAfter()
  await press(button('核对'))
  await page.getByLabel('信上的表决编号').fill(eid.replace('a', 'b').replace(/^./, (c) => (c === '0' ? '1' : '0')))
  await press(button('核对'))
  await page.getByText('核对没有通过').waitFor()
  await press(button('再核对一次'))
  await page.getByLabel('信上的表决编号').fill(eid.match(/.{8}/g).join(' '))
  await look('audit')
  await press(button('核对'))
  await page.getByText('核对通过').waitFor()
  await look('audited')
  await back()
})

test('the archive: what is missing is said, two files are made, and an auditor opens one', async () => {
  await toAfter()
  await press(button('归档'))
  await chooseStick()
  await look('archive')
  await press(button('看看要归档什么'))
  await page.getByLabel('确认要做').waitFor()
  const seen = await page.locator('pre').textContent()
  assert.match(seen, /还没有做[^]*密钥保管人/)
  await look('archive-seen')
  await page.getByLabel('确认要做').fill('确认')
  await press(button('以上内容都对'))
  await done()
  await look('archived')
  await back()
  const file = join(home, 'U盘/我们的公园 2027-public.zip')
  await exec(process.env.YIHU_AUDIT, [file, '--eid', eid], { env })
  const names = (await exec('unzip', ['-Z1', file.replace('public.zip', 'personal.zip')])).stdout
  assert.match(names, /^paper\/objections$/m)
  assert.doesNotMatch(names, /secret|letters|key|public/)
  await toAfter()
  await page.getByText('已经归过档').waitFor()
  await press(button('看看要保管什么'))
  await heading('七、结束了，还要保管什么').waitFor()
  await look('kept')
  await back()
})

test('all that can be done is listed, in English and large too', async () => {
  await press(button('别的能做的事'))
  await heading('别的能做的事').waitFor()
  await heading('密钥保管人').waitFor()
  await look('all')
  await press(page.getByRole('button', { name: 'English' }))
  await heading('All that can be done').waitFor()
  await page.getByText('copy the public folder to a stick', { exact: true }).waitFor()
  await press(page.getByRole('button', { name: 'Larger' }))
  await look('all-english')
  await press(button('Back to the steps'))
  await press(button('Go on with it'))
  await page.getByRole('heading', { name: 'After the result', level: 1 }).waitFor()
  await look('after-english')
  assert.deepEqual(
    device.faults.filter((f) => !f.includes('Password field')),
    [],
  )
})

await runTests()
