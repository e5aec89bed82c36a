// SPDX-License-Identifier: Apache-2.0
// A committee at its window: a computer with a home folder, the program, and a browser that
// finds its way by what stands on the page alone.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { axeSource, Device, launch } from './browser.mjs'
import { seen } from './handbook.mjs'
import { axe } from './inspect.mjs'
import { press } from './press.mjs'
import { fourWays, inPlainWords, notTooWide, OFFICE } from './screen.mjs'
import { atEnd } from './tap.mjs'

export const programs = process.env.YIHU_BROWSER
export const HOUR = 3600

// ---- the computer

export const home = await mkdtemp(join(tmpdir(), 'yihu-console-'))
atEnd(async () => rmSync(home, { recursive: true, force: true }))
export const env = {
  ...process.env,
  HOME: home,
  // Programs of a test's own, before those of this computer.
  PATH: `${join(home, 'bin')}:${process.env.PATH}`,
  XDG_RUNTIME_DIR: home,
  LANGUAGE: 'zh_CN',
  YIHU_LOCALEDIR: join(process.env.YIHU_WEB, '../../po'),
  YIHU_TEST_CLOCK_FILE: join(home, '.clock'),
  YIHU_TEST_STICKS: join(home, '.machine'),
  YIHU_TEST_MIX_STOP: join(home, '.mix-stop'),
}
delete env.DISPLAY
export const clock = (seconds) => writeFile(join(home, '.clock'), String(seconds))
await clock(0)
/** What a program prints that is run as on a terminal; 'issue' is yihu-issue. */
export const command = async (name, ...words) =>
  (await promisify(execFile)(join(programs, `yihu-${name}`), words, { env })).stdout
/** The same, where a passphrase is typed. */
export async function typing(secret, name, ...words) {
  const running = promisify(execFile)(join(programs, `yihu-${name}`), words, { env })
  running.child.stdin.end(`${secret}\n`)
  return (await running).stdout
}
/** A program of this computer, as the test plays it: a script of sh. */
export async function program(name, text) {
  await mkdir(join(home, 'bin'), { recursive: true })
  await writeFile(join(home, 'bin', name), `#!/bin/sh\n${text}\n`)
  await chmod(join(home, 'bin', name), 0o755)
}
/** The programs that are at work on its elections, the daemon among them: [number, words]. */
export async function programsAtWork() {
  const found = []
  for (const pid of (await readdir('/proc')).filter((n) => /^\d+$/.test(n))) {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
    if (words.some((word) => word.startsWith(join(home, 'yihu/')))) found.push([Number(pid), words])
  }
  return found
}
/** Until a program of this name was stopped while it was at work. */
export async function standsStill(name) {
  for (;;) {
    const [pid] = (await programsAtWork()).find(([, words]) => words[0].endsWith(`yihu-${name}`)) ?? []
    const state = pid && (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))
    if (/\) T /.test(state)) return
  }
}
/** The time so many seconds from now, as options take it, and as a person in China types it. */
export const iso = (seconds) => new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+/, '')
export const local = (seconds) => iso(8 * HOUR + seconds).slice(0, 16)

/** The program, and what it says: its address. */
export class Window {
  static async open(more = []) {
    const w = new Window()
    // Its clock leaps by hours here, in which nobody asks.
    w.process = spawn(join(programs, 'yihu'), ['--no-browser', '--idle', '0', ...more], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    atEnd(async () => w.process.kill('SIGKILL'))
    w.ended = new Promise((done) => w.process.on('exit', done))
    const said = await new Promise((done) => w.process.stdout.once('data', (text) => done(String(text))))
    w.url = /http:\S+\//.exec(said)[0]
    w.code = /\d{4} \d{4}/.exec(said)[0]
    return w
  }
  entry() {
    return join(home, `.yihu-${this.process.pid}.html`)
  }
  async kill() {
    this.process.kill('SIGKILL')
    await this.ended
  }
}

/** The window, and a browser in front of it; after a kill, `again` opens both anew. */
export let w = await Window.open()
/** What its camera sees, once there is such a file (lib/pictures.mjs). */
export const camera = join(home, 'camera.y4m')
const browser = await launch([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${camera}`,
])
export const device = await Device.open(browser, w.url.slice(0, -1), { viewport: OFFICE })
await device.context.addInitScript(axeSource())
export const page = await device.context.newPage()

export async function again(more = []) {
  w = await Window.open(more)
  device.origin = w.url.slice(0, -1)
}

/** Every process of this computer ends at once, as when the power goes; by SIGTERM, as at a shutdown. */
export async function powerCut(by = 'SIGKILL') {
  const all = (await programsAtWork()).map(([pid]) => pid)
  for (const pid of [w.process.pid, ...all]) end(pid, by)
  await w.ended
}
function end(pid, by) {
  try {
    process.kill(pid, by)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/** Screenshots are called after the test. */
const shots = process.argv[1].replace(/.*\/(.*)\.mjs$/, '$1')

export const button = (name, within = page) => within.getByRole('button', { name }).first()
export const heading = (name) => page.getByRole('heading', { name })

/** Comes in by the code, as where no browser can be opened. */
export async function enter() {
  await page.goto(w.url)
  await page.getByLabel('代码').fill(w.code)
  await press(button('进入'))
  await heading('这台电脑上的表决').waitFor()
}

/** The same, and into the only election. */
export async function comeIn() {
  await enter()
  await press(button('打开'))
}

/** A link that opens another tab. */
export async function follow(name) {
  const link = page.getByRole('link', { name, exact: true })
  const [tab] = await Promise.all([device.context.waitForEvent('page'), press(link)])
  await tab.waitForLoadState()
  return tab
}

/** No secret stands in the page or is kept by it, and nothing went wrong on the way. */
export async function assertNothingKept() {
  for (const secret of device.secrets) {
    const kept = await page.evaluate(
      () => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.body.innerHTML,
    )
    assert.ok(!kept.includes(secret))
  }
  assertNoFaults()
}
export const assertNoFaults = () =>
  assert.deepEqual(
    device.faults.filter((f) => !f.includes('Password field')),
    [],
  )

/** A view as a clerk has it: fit for everyone, not wider than the screen, and in plain words. */
export async function look(name) {
  // The buttons that stay at the bottom edge cover nothing at the end.
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  await axe(page)
  await notTooWide(page)
  await inPlainWords(page, home)
  await seen(page, `${shots}-${name}`)
  if (process.env.YIHU_PICTURES !== undefined) await fourWays(page, join(process.env.YIHU_PICTURES, `${shots}-${name}`))
}

/** Chooses a file, or names a new one, in the field with this label. */
export async function choose(label, folder, name, { fresh = false } = {}) {
  const field = page.locator('.field', { hasText: label }).first()
  await press(field.locator('.path button').first())
  await press(field.getByRole('button', { name: `${folder}/`, exact: true }))
  await field.getByText(`${home}/${folder}`).waitFor()
  if (fresh) {
    await field.getByLabel('新文件叫什么').fill(name)
    await press(field.getByRole('button', { name: '就用这个文件夹' }))
  } else await press(field.getByRole('button', { name, exact: true }))
  await field.getByText(`已选：${name}`).waitFor()
}

export async function passphrase(text) {
  const first = page.getByLabel('口令 1', { exact: true })
  await first.or(page.getByLabel('经办人的口令', { exact: true })).fill(text)
  const again = page.getByLabel('口令 1，再输一次')
  if ((await again.count()) > 0) await again.fill(text)
}

/** Says that what is shown is right; what it was. */
export async function confirmSeen(name) {
  await page.getByLabel('确认要做').fill('确认')
  const shown = await page.locator('pre').textContent()
  assert.doesNotMatch(shown, /--seen|--passphrase/)
  await look(`${name}-seen`)
  const pre = await page.locator('pre').elementHandle()
  await press(button('以上内容都对'))
  await page.waitForFunction((x) => !x.isConnected, pre)
  return shown
}

/** The form is there: the press that led to it asks its program first. */
const formComes = () => page.getByRole('button', { name: /^(先看一看|开始)$/ }).waitFor()

/** From the form to the outcome: what is to be seen first is seen. */
export async function carryOut(name) {
  await formComes()
  // What most tests are not about.
  const skip = page.getByLabel('为什么不演练')
  if ((await skip.count()) > 0 && (await skip.inputValue()) === '') await skip.fill('测试')
  await look(`${name}-form`)
  const shows = (await button('先看一看').count()) > 0
  if (shows) {
    await press(button('先看一看'))
    const ended = heading(/^(做好了|没有做成)$/)
    for (let i = 1; ; i++) {
      await page.getByLabel('确认要做').or(ended).waitFor()
      if ((await ended.count()) > 0) break
      await confirmSeen(`${name}-${i}`)
    }
  } else await press(button(/^开始$/))
  return finish(name)
}

/** Until it ended well; all that stands there, also when it did not. */
export async function done() {
  await heading(/^(做好了|没有做成)$/).waitFor()
  const said = await page.locator('main').textContent()
  assert.equal(await page.locator('h1').textContent(), '做好了', said)
  return said
}

export async function backToSteps() {
  await press(button('返回各个步骤'))
  await button('重新查看').waitFor()
}

/** What the program said, once it has ended well. */
export async function finish(name) {
  await done()
  const said = await page.locator('pre').textContent()
  await look(`${name}-done`)
  await backToSteps()
  return said
}

/** The steps as they are now: the view that is there goes, for it takes no second press while the first is at work. */
export async function reload() {
  const old = await page.locator('h1').elementHandle()
  await press(button('重新查看'))
  await page.waitForFunction((h1) => !h1.isConnected, old)
  assert.equal(await heading('没有做成').count(), 0, await page.locator('main').innerText())
}

export const rowOf = (words) =>
  page.locator('li', { hasText: words }).filter({ has: page.getByRole('button', { name: '去做这一步' }) })

/** Presses a step of the list, by its words. */
export async function atStep(words) {
  const row = rowOf(words)
  // The daemon ends the poll by itself, a moment after its end.
  for (let i = 0; i < 300 && (await row.count()) === 0; i++) {
    await reload()
  }
  await press(button('去做这一步', row.first()))
}

/** Takes it by the form that the verb has. */
export async function step(words, name, fill = async () => {}) {
  await atStep(words)
  await formComes()
  await fill()
  return carryOut(name)
}
