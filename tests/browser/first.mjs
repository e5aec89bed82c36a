// SPDX-License-Identifier: Apache-2.0
// How long the committee's window takes from its start to its first screen, in seconds and
// beside the start of the same browser on an empty page; with 0, 1 and 20 elections.
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { launch } from './lib/browser.mjs'
import { definition, KINDS } from './lib/election.mjs'

const exec = promisify(execFile)
const programs = process.env.YIHU_BROWSER
const ROUNDS = 5
const home = await mkdtemp(join(tmpdir(), 'yihu-first-'))
const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, LANGUAGE: 'zh_CN' }
delete env.DISPLAY
await writeFile(join(home, 'e.pb'), definition(KINDS.approval))
await writeFile(join(home, 'h.csv'), 'household\n1-1\n1-2\n1-3\n')

async function election(name) {
  const times = ['--opens', '2040-06-01 08:00', '--closes', '2040-06-07 20:00']
  const files = ['--election', join(home, 'e.pb'), '--households', join(home, 'h.csv')]
  await exec(
    join(programs, 'yihu-issue'),
    ['init', join(home, 'yihu', name), ...files, ...times, '--unencrypted', '--seen'],
    {
      env,
    },
  )
}

const now = () => performance.now() / 1000
async function empty() {
  const began = now()
  const browser = await launch()
  const page = await browser.newPage()
  await page.goto('about:blank')
  const took = now() - began
  await browser.close()
  return took
}

/** The program says its address, and a browser is opened on its entry file. */
async function window() {
  const began = now()
  const yihu = spawn(join(programs, 'yihu'), ['--no-browser'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((done) => yihu.stdout.once('data', done))
  const browser = await launch()
  const page = await browser.newPage({ locale: 'zh-CN' })
  await page.goto(`file://${home}/.yihu-${yihu.pid}.html`)
  await page.getByRole('heading', { name: '这台电脑上的表决' }).waitFor()
  const took = now() - began
  await browser.close()
  yihu.kill()
  await new Promise((done) => yihu.once('exit', done))
  return took
}
const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1]

try {
  let made = 0
  for (const wanted of [0, 1, 20]) {
    while (made < wanted) await election(`表决 ${++made}`)
    const rounds = []
    for (let i = 0; i < ROUNDS; i++) rounds.push([await empty(), await window()])
    const [base, took] = [median(rounds.map((r) => r[0])), median(rounds.map((r) => r[1]))]
    const figures = `${took.toFixed(2)} s, ${(took / base).toFixed(2)} times an empty page (${base.toFixed(2)} s)`
    console.log(`${wanted} elections: first screen after ${figures}`)
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}
process.exit(0)
