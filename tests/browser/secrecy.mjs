// SPDX-License-Identifier: Apache-2.0
// The letter's secret stays in memory, no ballot outlives its page, and no
// page speaks to anyone else.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { press } from './lib/press.mjs'
import { recordWire } from './lib/proxy.mjs'
import { runTests, test } from './lib/tap.mjs'
import { cast, review, vote } from './lib/voter.mjs'
import { expectText } from './lib/wait.mjs'

const browser = await launch()
const e = await (await Election.make(definition(KINDS.consent), 12)).start()
const DIGITS = [1, 2, 0, 1, 2]
let serial = 0
const nextLetter = () => e.scan(++serial)
/** Every file below a folder, as text. */
async function filesOf(folder) {
  const files = (await readdir(folder, { withFileTypes: true, recursive: true })).filter((f) => f.isFile())
  return Promise.all(files.map((f) => readFile(join(f.parentPath ?? f.path, f.name), 'latin1')))
}
const blank = (page) => expectText(page.locator('main'), '没看到回执，就是还没有投出')

test('neither the wire nor the daemon’s log nor its folder has the letter', async () => {
  const wire = await recordWire(e.port)
  const d = await Device.open(browser, wire.url)
  const page = await d.go((await nextLetter()).replace(e.url, wire.url))
  await vote(page, 'consent', DIGITS)
  await press(page.getByText('在投票公示里查看'))
  await page.locator('#search').waitFor()
  await d.close()
  const { typed } = (await e.list())[serial - 1]
  assert.ok(
    [...d.secrets].some((form) => typed.startsWith(form)),
    'the forms looked for are those of this letter',
  )
  const sent = wire.bytes().toString('latin1')
  assert.match(sent, /POST \/api\/ballot/)
  assert.match(sent, /GET \/v\?? HTTP/)
  await e.restart()
  const kept = [e.log, ...(await filesOf(e.box))]
  for (const secret of d.secrets)
    for (const text of [sent, ...kept]) assert.ok(!text.includes(secret), 'the secret is there')
})

test('a whole vote leaves the letter nowhere: requests, storage, history, page', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(`${e.url}/`)
  await d.go(await nextLetter(), page)
  await page.locator('ol.cards').waitFor()
  assert.equal(page.url(), `${e.url}/v`)
  await d.assertClean()
  await review(page, 'consent', DIGITS)
  await d.assertClean()
  await cast(page)
  await d.assertClean()
  await press(page.getByText('在投票公示里查看'))
  await page.locator('#search').waitFor()
  await d.assertClean()
  await d.close()
})

test('back, forward and reload show no ballot, and the vote stays', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(`${e.url}/board`)
  await d.go(await nextLetter(), page)
  const code = await vote(page, 'consent', DIGITS)
  await page.reload()
  await blank(page)
  await page.goBack()
  await page.goForward()
  await blank(page)
  await d.assertClean()
  assert.equal((await e.api(`/api/serial/${serial}`)).code, code)
  await d.close()
})

test('leaving before the vote is in asks, and staying keeps the choice', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(await nextLetter())
  await review(page, 'consent', DIGITS)
  const asked = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await page.close({ runBeforeUnload: true })
  for (let i = 0; asked.length === 0 && i < 600; i++) await page.waitForTimeout(100)
  assert.deepEqual(asked, ['beforeunload'])
  await cast(page)
  await expectText(page.locator('.notice'), '投好了')
  await page.close({ runBeforeUnload: true })
  assert.deepEqual(asked, ['beforeunload'], 'nothing is asked once it is in')
  await d.close()
})

test('reloaded before casting: the letter is scanned again and votes', async () => {
  const d = await Device.open(browser, e.url)
  const letter = await nextLetter()
  const page = await d.go(letter)
  await review(page, 'consent', DIGITS)
  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await blank(page)
  await d.go(`${letter.replace('/v#', '/v?again#')}`, page)
  await vote(page, 'consent', DIGITS)
  await d.assertClean()
  await d.close()
})

test('another letter opened in the same tab is that letter', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(await nextLetter())
  await page.locator('ol.cards').waitFor()
  page.on('dialog', (dialog) => void dialog.accept())
  await d.go(await nextLetter(), page)
  await expectText(page.locator('.facts'), `000${serial} 号信件`)
  assert.equal(page.url(), `${e.url}/v`)
  await d.assertClean()
  await d.close()
})

test('the code typed from the letter votes too', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(`${e.url}/v`)
  const [typed] = (await e.list()).slice(serial, ++serial).map((row) => row.typed)
  await page.locator('#typed').fill(typed.toLowerCase().replace(/1/g, 'l'))
  await page.keyboard.press('Enter')
  await vote(page, 'consent', DIGITS)
  d.secrets.add(typed).add(typed.replace(/-/g, ''))
  await d.assertClean()
  await d.close()
})

test('the receipt is saved as the exact bytes of the daemon, and as a picture', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(await nextLetter())
  const code = await vote(page, 'consent', DIGITS)
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent('download'), press(page.getByRole('button', { name }))])
    return readFile(await download.path())
  }
  const proof = await saved('存为文件')
  assert.equal(proof.toString(), (await e.api(`/api/serial/${serial}`)).receipt)
  assert.equal((await saved('存为图片')).subarray(1, 4).toString(), 'PNG')
  assert.match(await page.locator('img.receipt').getAttribute('alt'), new RegExp(code))
  await d.assertClean()
  await d.close()
})

test('every page says what may be loaded, and nothing from elsewhere', async () => {
  for (const path of ['/', '/v', '/check', '/board', '/station']) {
    const { headers } = await fetch(e.url + path)
    const policy = headers.get('content-security-policy')
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/)
    assert.equal(policy.includes('wasm-unsafe-eval'), path === '/station')
    assert.deepEqual(
      ['x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy', 'cache-control'].map((name) =>
        headers.get(name),
      ),
      ['nosniff', 'no-referrer', 'same-origin', 'no-store'],
    )
  }
})

test('the policy bites: a script in the page does not run', async () => {
  const d = await Device.open(browser, e.url)
  const page = await d.go(`${e.url}/board`)
  await page.locator('#search').waitFor()
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.broken = true'
    document.body.append(script)
    const image = new Image()
    image.src = 'https://example.org/x.png'
    document.body.append(image)
  })
  assert.equal(await page.evaluate(() => window.broken), undefined)
  for (let i = 0; d.faults.filter((f) => f.startsWith('policy:')).length < 2 && i < 600; i++)
    await page.waitForTimeout(100)
  assert.equal(d.faults.filter((f) => f.startsWith('policy:')).length, 2)
  assert.ok(d.requests.every((r) => !r.url().startsWith('https://example.org') || r.failure() !== null))
  await d.close()
})

test('texts of the election file are text, whatever they hold', async () => {
  const evil = '<img src=x onerror=alert(1)>'
  const turning = '\u202e路\u2067灯\u200f'
  const rows = [
    ['p1', 100, evil, `${evil}<script>1</script>`, `"${evil} {n}"`, evil],
    ['p2', 200, turning, 'two', `'${turning}'`, 'b'],
  ] // paper is printed in English: it refuses such marks
  const pb = definition({ ...KINDS.approval, description: evil }, 2, rows)
  await assert.rejects(Election.make(pb, 2), /U\+202E/, 'no new election has such marks')
  const other = await (await Election.make(pb, 2, 1, { YIHU_TEST_TAKES_ANY_TEXT: '1' }, 'en')).start()
  const d = await Device.open(browser, other.url)
  const page = await d.go(await other.scan(1))
  await page.locator('ol.cards').waitFor()
  assert.equal(await page.locator('.card h2').last().textContent(), `2 ${turning}`)
  const [number, name] = await page
    .locator('.card h2')
    .last()
    .evaluate((h2) => {
      const range = document.createRange()
      range.selectNodeContents(h2.lastChild)
      return [h2.firstChild.getBoundingClientRect().left, range.getBoundingClientRect().left]
    })
  assert.ok(number < name, 'a mark that turns the writing turns its own name alone')
  await review(page, 'approval', [1, 0])
  assert.equal(await page.locator('.review .name').last().textContent(), turning)
  await cast(page)
  await d.go(`${other.url}/board`, page)
  await page.locator('#search').waitFor()
  assert.equal(await page.locator('main img, main script').count(), 0)
  await expectText(page.locator('main'), evil)
  await expectText(page.locator('main'), turning)
  await d.assertClean()
  await d.close()
  await other.end()
})

await runTests()
