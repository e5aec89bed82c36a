// SPDX-License-Identifier: Apache-2.0
// The page that verifies: from a folder, from the daemon, from a plain host and
// from one file without any server it says what yihu-audit says.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { axeSource, Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { inspect } from './lib/inspect.mjs'
import { plainHost } from './lib/plain.mjs'
import { press } from './lib/press.mjs'
import { atEnd, runTests, test } from './lib/tap.mjs'
import { expectText } from './lib/wait.mjs'

const VECTORS = join(process.env.YIHU_SOURCE, 'tests/data/vectors')
const FILE = join(process.env.YIHU_WEB, '..', 'verify.html')
const CAST = 5
const browser = await launch()
const e = await (await Election.make(definition(KINDS.approval), 9, 2)).start()
const receipt = join(e.dir, 'vote.tlog-proof')

async function castSome() {
  for (let serial = 1; serial <= CAST; serial++) {
    const token = join(e.dir, `letter-${serial}`)
    await writeFile(token, await e.scan(serial))
    const choice = join(e.dir, `choice-${serial}`)
    await writeFile(choice, `p${serial}\n`)
    await e.tool(
      'cast',
      e.url,
      '--token-file',
      token,
      '--choose-file',
      choice,
      ...(serial === 1 ? ['--receipt', receipt] : []),
    )
  }
}
await castSome()
const early = join(e.dir, 'early-checkpoint')
await writeFile(early, Buffer.from(await (await fetch(`${e.url}/log/checkpoint`)).arrayBuffer()))
/** What the page says while the poll is open. */
async function verifyOpen() {
  const device = await Device.open(browser, e.url)
  const page = await device.go(`${e.url}/verify`)
  await page.locator('#eid').fill(e.eid)
  await page.locator('form button.main').click()
  await page.locator('.notice').waitFor()
  const said = { text: await page.locator('main').innerText(), faults: device.faults }
  await device.close()
  return said
}
const whileOpen = await verifyOpen()
await e.count()
const PUBLIC = join(e.box, 'public')

// ---- what the C says

/** yihu-audit --json, whatever its verdict. */
function cAudit(folder, ...args) {
  return new Promise((done, fail) =>
    execFile(
      process.env.YIHU_AUDIT,
      [folder, '--json', ...args],
      { env: e.env, maxBuffer: 1 << 26 },
      (error, stdout) => (stdout === '' ? fail(error) : done(JSON.parse(stdout))),
    ),
  )
}

const byWords = (a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))
/** What both say in the same words: all but sentences. */
const compared = (r) => ({
  ...r,
  version: '',
  steps: r.steps.map(({ check, ran, count }) => ({ check, ran, count })),
  faults: r.faults.map(({ check, code, file }) => ({ check, code, file: file.split('/').pop() })).sort(byWords),
})

// ---- hands

const form = (page) => page.locator('form')
const choose = (page, way) => page.locator(`input[value=${way}]`).check()
const start = (page) => press(page.locator('form button.main'))
const more = (page) => page.locator('form summary').click()

async function pick(page, folder) {
  await choose(page, 'folder')
  await page.locator('#folder').setInputFiles(folder)
  // Its name moves the button down, away from a click that is on its way.
  await page.locator('.chosen').first().filter({ hasText: /./ }).waitFor()
}

/** As from the file manager: the browser's own event, with a real folder. */
async function drop(page, path) {
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await session.send('Input.dispatchDragEvent', {
      type,
      x: 100,
      y: 200,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    })
}

/** The report that it ends with, as the page saves it. */
async function ended(page, heading) {
  await page
    .locator('.notice')
    .first()
    .waitFor({ timeout: 120000 })
    .catch(async (error) => {
      throw new Error(`it did not end; the page says: ${await page.locator('main').innerText()}`, { cause: error })
    })
  await expectText(page.locator('h1'), heading)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /保存核验报告|Save the report/ }).click(),
  ])
  return JSON.parse(await readFile(await download.path(), 'utf8'))
}

async function assertSame(page, heading, folder, ...args) {
  const [mine, theirs] = [await ended(page, heading), await cAudit(folder, ...args)]
  assert.deepEqual(compared(mine), compared(theirs))
  for (const [name, n] of Object.entries(theirs.figures ?? {}))
    if (n !== null) assert.equal(await page.locator(`dd[data-figure=${name}]`).textContent(), String(n))
  return mine
}

/** A page at the daemon that nothing may be wrong with. */
async function atDaemon(run, { script, ...options } = {}) {
  const device = await Device.open(browser, e.url, options)
  if (script !== undefined) await device.context.addInitScript(script)
  const page = await device.go(`${e.url}/verify`)
  await form(page).waitFor()
  await run(page, device)
  await device.assertClean({ quiet: false })
  await device.close()
}

/** The one file, without any server: nothing at all may be asked for. */
async function fromFile(run, options = {}) {
  const device = await Device.open(browser, 'file:', options)
  const page = await device.go(pathToFileURL(FILE).href)
  await form(page).waitFor()
  await run(page, device)
  assert.deepEqual(device.faults, [])
  const asked = device.requests.map((r) => r.url()).filter((url) => !/^(file|data|blob):/.test(url))
  assert.deepEqual(
    asked.filter((url) => !url.startsWith(`${options.site ?? 'none'}/`)),
    [],
  )
  await device.close()
}

async function damaged(name, damage) {
  const copy = join(e.dir, name)
  await cp(PUBLIC, copy, { recursive: true })
  await damage(copy)
  return copy
}
async function flip(file) {
  const bytes = await readFile(file)
  bytes[bytes.length >> 1] ^= 1
  await writeFile(file, bytes)
}

// ---- verdicts

for (const kind of ['approval', 'consent'])
  test(`the known answers' ${kind} election: self-consistent, and verified by its id`, async () => {
    const folder = join(VECTORS, kind, 'public')
    const { eid } = await cAudit(folder)
    await fromFile(async (page) => {
      await pick(page, folder)
      await start(page)
      const alone = await assertSame(page, '文件之间没有矛盾，但还不能确认就是这次表决', folder)
      assert.equal(alone.exit, 3)
      await page.locator('.notice button').click()
      await page.locator('#eid').fill(eid)
      await start(page)
      const r = await assertSame(page, '核验通过', folder, '--eid', eid)
      assert.ok(r.verified)
    })
  })

test('a whole election from the daemon: verified, with what is funded', () =>
  atDaemon(async (page) => {
    await page.locator('#eid').fill(e.eid)
    await more(page)
    await page.locator('#receipts').setInputFiles(receipt)
    await page.locator('#checkpoints').setInputFiles(early)
    await start(page)
    const r = await assertSame(page, '核验通过', PUBLIC, '--eid', e.eid, '--receipt', receipt, '--checkpoint', early)
    assert.equal(r.stage, 'published')
    assert.equal(r.figures.cast, CAST)
    assert.equal(r.steps.at(-1).count, 2, 'receipt and checkpoint were checked')
    await expectText(page.locator('.notice'), '结果已经签字公布', '入选')
    await expectText(page.locator('main'), '看不到多出来的文件')
  }))

// Chromium gives no page the folders below /dev, where the election lies.
const dropped = await mkdtemp(join(tmpdir(), 'yihu-dropped-'))
atEnd(() => rm(dropped, { recursive: true, force: true }))
await cp(PUBLIC, join(dropped, 'park/box/public'), { recursive: true })
await cp(join(e.folder, 'ceremony'), join(dropped, 'park/ceremony'), { recursive: true })

test('the folder dropped on the page, the committee’s own folder too', () =>
  fromFile(async (page) => {
    for (const [folder, label] of [
      ['park/box/public', 'public'],
      ['park', 'park/box/public'],
    ]) {
      await drop(page, join(dropped, folder))
      await expectText(page.locator('.chosen').first(), `“${label}”`)
      await page.locator('#eid').fill(e.eid.toUpperCase().replace(/(.{8})/g, '$1 '))
      await start(page)
      await assertSame(page, '核验通过', PUBLIC, '--eid', e.eid)
    }
  }))

test('while the poll is open: verified so far, and no result', () => {
  assert.deepEqual(whileOpen.faults, [])
  assert.match(whileOpen.text, /核验通过/)
  assert.match(whileOpen.text, /正在投票，或还没有封箱/)
  assert.match(whileOpen.text, new RegExp(`已投选票\\s+${CAST}\\s`))
  assert.match(whileOpen.text, /打乱选票\s*：\s*文件夹里还没有这一部分/)
  assert.doesNotMatch(whileOpen.text, /入选/)
})

const DAMAGE = [
  ['a turned bit of a mix', 'mixes', async (copy) => flip(join(copy, 'mix/2'))],
  ['a turned bit of an opening', 'openings', async (copy) => flip(join(copy, 'open/1'))],
  [
    'another number in the results',
    'results',
    async (copy) => {
      const name = join(copy, 'results.json')
      await writeFile(name, (await readFile(name, 'utf8')).replace('"valid":5', '"valid":6'))
    },
  ],
  ['a stray file', 'files', async (copy) => writeFile(join(copy, 'mix/notes.txt'), 'x')],
  ['a missing file', 'files', async (copy) => rm(join(copy, 'register'))],
]
for (const [what, check, damage] of DAMAGE)
  test(`${what}: the same fault, and what to do`, () =>
    fromFile(async (page) => {
      const copy = await damaged(check + what.length, damage)
      await pick(page, copy)
      await page.locator('#eid').fill(e.eid)
      await start(page)
      const r = await assertSame(page, '核验没有通过', copy, '--eid', e.eid)
      assert.ok(r.faults.some((f) => f.check === check))
      assert.equal(await page.locator('.faults > li').count(), r.faults.length)
      for (const li of await page.locator('.faults > li p:nth-of-type(2)').allTextContents()) assert.match(li, /请/)
      assert.match(await page.locator(`.checks li[data-check=${check}]`).getAttribute('class'), /faulty/)
    }))

test('another election’s id is a fault of the charter', () =>
  atDaemon(async (page) => {
    const other = e.eid.replace(/^./, (c) => (c === '0' ? '1' : '0'))
    await page.locator('#eid').fill(other)
    await start(page)
    await assertSame(page, '核验没有通过', PUBLIC, '--eid', other)
    await expectText(page.locator('.faults'), '请再与信件对照一遍')
  }))

test('over the network a stray file is not seen, and the page says so', async () => {
  const copy = await damaged('stray-at-host', async (folder) => {
    await writeFile(join(folder, 'stray'), 'x')
    await mkdir(join(folder, 'site'), { recursive: true })
    await cp(FILE, join(folder, 'site/verify.html'))
  })
  const host = await plainHost(copy)
  const device = await Device.open(browser, host.url)
  const page = await device.go(`${host.url}/community/site/verify.html`)
  await page.locator('#eid').fill(e.eid)
  await start(page)
  const { figures } = await cAudit(PUBLIC)
  assert.deepEqual((await ended(page, '核验通过')).figures, figures)
  await expectText(page.locator('main'), '看不到多出来的文件')
  await expectText(page.locator('li[data-check=files]'), '有没有多余的，从这里看不到')
  assert.ok(
    host.asked.every((path) => path.startsWith('/community/') && !path.includes('/api/')),
    host.asked.join(' '),
  )
  await device.assertClean({ quiet: false })
  await device.close()
})

test('from the one file, the election at an address; an address that is none', () =>
  fromFile(
    async (page) => {
      await choose(page, 'site')
      await page.locator('#eid').fill(e.eid)
      await page.locator('#site').fill(`${e.url}/`)
      await start(page)
      await assertSame(page, '核验通过', PUBLIC, '--eid', e.eid)
      await page.getByRole('button', { name: '核验别的' }).click()
      await page.locator('#site').fill(`${e.url}/api`)
      await start(page)
      await expectText(page.locator('.notice.bad'), '连不上', '没有表决资料')
    },
    { site: e.url },
  ))

// ---- receipts alone

async function receiptVerdict(page, bytes, heading) {
  if ((await form(page).count()) === 0) await page.getByRole('button', { name: '核验别的' }).click()
  await choose(page, 'receipt')
  await page
    .locator('#receipts')
    .setInputFiles({ name: 'vote.tlog-proof', mimeType: 'text/plain', buffer: Buffer.from(bytes) })
  await start(page)
  await expectText(page.locator('.notice h1'), heading)
  return page.locator('main').textContent()
}

test('a receipt alone: genuine, with its ballot’s code; damaged; of another log', async () => {
  const good = await readFile(receipt, 'utf8')
  const { code } = await e.api('/api/serial/1')
  await atDaemon(async (page) => {
    const said = await receiptVerdict(page, good, '回执是真的')
    assert.ok(said.includes(code) && said.includes('这张选票在公开的日志里'), said)
    await receiptVerdict(
      page,
      good.replace(/(\nindex )(\d+)/, (_, before, n) => before + (Number(n) + 1)),
      '回执不成立',
    )
    await receiptVerdict(page, 'x', '回执不成立')
  })
  const key = /^log (.*)$/m.exec(await readFile(join(PUBLIC, 'charter'), 'utf8'))[1]
  await fromFile(async (page) => {
    await choose(page, 'receipt')
    await page.locator('#log-key').fill(key)
    await page.locator('#eid').fill(e.eid)
    assert.ok((await receiptVerdict(page, good, '回执是真的')).includes(code))
    await page.getByRole('button', { name: '核验别的' }).click()
    await page
      .locator('#log-key')
      .fill(/^log (.*)$/m.exec(await readFile(join(VECTORS, 'approval/public/charter'), 'utf8'))[1])
    await receiptVerdict(page, good, '回执不成立')
  })
})

// ---- the form

test('what is missing or mistyped is said where it is', () =>
  atDaemon(async (page) => {
    const says = async (text, field) => {
      await start(page)
      await expectText(page.locator('.problem'), text)
      assert.equal(await page.evaluate(() => document.activeElement.id), field)
    }
    await page.locator('#eid').fill('0FM3-T6XJ-08JN-WZCB-TDSN-V38D')
    await says('这是短码', 'eid')
    await page.locator('#eid').fill('abc')
    await says('现在是 3 位', 'eid')
    await page.locator('#eid').fill('')
    await choose(page, 'folder')
    await says('请先选择文件夹', 'folder')
    await pick(page, PUBLIC)
    await more(page)
    await page.locator('#salt').fill('00')
    await says('要一起提供', 'salt')
    await choose(page, 'receipt')
    await says('请先选择回执', 'receipts')
  }))

test('the page saved from the site is the page, byte for byte', () =>
  atDaemon(async (page) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '把本页存为文件' }).click(),
    ])
    assert.equal(download.suggestedFilename(), 'yihu-verify.html')
    assert.deepEqual(await readFile(await download.path()), await readFile(FILE))
  }))

test('/verify bears the headers of every page, and may run WebAssembly and its own worker', async () => {
  const [verify, board] = await Promise.all(['/verify', '/board'].map((path) => fetch(e.url + path)))
  const policy = verify.headers.get('content-security-policy')
  const directives = Object.fromEntries(
    policy
      .split(';')
      .map((d) => d.trim().split(' '))
      .map(([name, ...sources]) => [name, sources]),
  )
  assert.deepEqual(directives['default-src'], ["'none'"])
  assert.deepEqual(directives['worker-src'], ['blob:'])
  assert.deepEqual(directives['connect-src'], ["'self'"])
  assert.deepEqual(directives['frame-ancestors'], ["'none'"])
  assert.ok(
    directives['script-src'].every((s) => /^'(sha256-.{44}|wasm-unsafe-eval)'$/.test(s)),
    policy,
  )
  assert.ok(
    directives['style-src'].every((s) => /^'sha256-.{44}'$/.test(s)),
    policy,
  )
  // How it is kept is its own: it is the same bytes for everybody, and compressed before.
  for (const [name, value] of board.headers)
    if (!/^(date|content-(length|security-policy|encoding)|accept-ranges|cache-control|etag|vary)$/.test(name))
      assert.equal(verify.headers.get(name), value, name)
})

// ---- for everyone

test('with the keyboard alone', () =>
  atDaemon(async (page) => {
    const tabTo = async (id) => {
      for (
        let tabs = 0;
        (await page.evaluate(
          () => document.activeElement.id || document.activeElement.value || document.activeElement.className,
        )) !== id;
        tabs++
      ) {
        assert.ok(tabs < 12, `${id} is a few tabs away`)
        await page.keyboard.press('Tab')
      }
      assert.equal(
        await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle),
        'solid',
        `${id} is seen`,
      )
    }
    await tabTo('here')
    await tabTo('eid')
    await page.keyboard.type(e.eid)
    await tabTo('main')
    await page.keyboard.press('Enter')
    await expectText(page.locator('h1'), '核验通过')
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', 'the verdict has the focus')
  }))

/** Each view by the steps that lead there. */
const VIEWS = [
  [
    'form',
    async (page) => {
      await page.locator('form summary').click()
      await choose(page, 'folder')
      await page.locator('form summary').click()
    },
  ],
  [
    'self-consistent',
    async (page) => {
      await choose(page, 'here')
      await start(page)
      await page.locator('.notice.part').waitFor()
    },
  ],
  [
    'verified',
    async (page) => {
      await page.locator('.notice button').click()
      await page.locator('#eid').fill(e.eid)
      await start(page)
      await page.locator('.notice.good').waitFor()
    },
  ],
  [
    'a fault',
    async (page) => {
      await page.locator('.buttons button').last().click()
      await page.locator('#eid').fill('0'.repeat(64))
      await start(page)
      await page.locator('.faults').waitFor()
      await page.locator('.faults summary').click()
    },
  ],
  [
    'receipt',
    async (page) => {
      await page.locator('.buttons button').last().click()
      await page.locator('#eid').fill('')
      await choose(page, 'receipt')
      await page.locator('#receipts').setInputFiles(receipt)
      await start(page)
      await page.locator('.notice.good').waitFor()
    },
  ],
]
/** English words are longer: it is there that lines could be too wide. */
const LONG = ['form', 'a fault', 'receipt']
for (const locale of ['zh-CN', 'en'])
  test(`${locale}: axe finds nothing; 320 px, phone, desktop; larger type`, () =>
    atDaemon(
      async (page) => {
        for (const [name, go] of VIEWS) {
          await go(page)
          if (locale === 'zh-CN' || LONG.includes(name)) await inspect(page, name)
        }
      },
      { locale, bypassCSP: true, script: axeSource() },
    ))

test('under way: each check is named, and it can be stopped', () =>
  atDaemon(async (page) => {
    await page.route('**/mix/1', () => {}) // never answered
    await start(page)
    await expectText(page.locator('[role=status]'), '正在读取文件')
    assert.equal(await page.locator('.checks li').count(), (await cAudit(PUBLIC)).steps.length)
    await page.getByRole('button', { name: '停止' }).click()
    await form(page).waitFor()
  }))

await runTests()
