// SPDX-License-Identifier: Apache-2.0
// A real election in a temporary folder: programs, letters, daemon, count.
// Its poll opened half an hour ago and ends in two hours; `clock` moves it.
import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { atEnd } from './tap.mjs'

const run = promisify(execFile)
const programs = process.env.YIHU_BROWSER
const HOUR = 3600

const iso = (seconds) => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')

/** One that stays free while a daemon is away. */
export async function freePort() {
  const { stdout } = await run('python3', [join(process.env.YIHU_SOURCE, 'tests/lib/free_port.py')])
  return Number(stdout)
}

const PROJECTS = ['路灯更换', '儿童游乐区', '电动车充电棚', '楼道照明', '绿化补种']

/** election.pb of a ballot kind; meta: further lines of META. */
export function definition(meta, n = 5, rows = null) {
  const projects =
    rows ??
    Array.from({ length: n }, (_, i) => [
      `p${i + 1}`,
      (i + 1) * 1000,
      PROJECTS[i % 5] + (i >= 5 ? i + 1 : ''),
      `Project ${i + 1}`,
      `第 ${i + 1} 项的说明`,
      `What project ${i + 1} is`,
    ])
  const lines = Object.entries({
    description: '测试社区年度项目表决',
    description_en: 'A test vote',
    country: '中国',
    unit: '测试街道',
    subunit: '测试社区',
    instance: '2026',
    num_projects: projects.length,
    num_votes: 0,
    budget: 9000,
    rule: 'greedy',
    date_begin: '2026-01-01',
    date_end: '2026-12-31',
    ...meta,
  }).map(([key, value]) => `${key};${value}`)
  const header =
    meta.vote_type === 'approval' || meta.vote_type === 'ordinal' ? 'voter_id;vote' : 'voter_id;vote;points'
  return [
    'META',
    'key;value',
    ...lines,
    'PROJECTS',
    'project_id;cost;name;name_en;description;description_en',
    ...projects.map((p) => p.join(';')),
    'VOTES',
    header,
    '',
  ].join('\n')
}

/** The definition with one more column of its projects: what stands there, by id. */
export function withColumn(pb, name, values) {
  const lines = pb.split('\n')
  const [from, to] = [lines.indexOf('PROJECTS') + 1, lines.indexOf('VOTES')]
  return lines
    .map((line, i) =>
      i < from || i >= to ? line : `${line};${i === from ? name : (values[line.split(';')[0]] ?? '')}`,
    )
    .join('\n')
}

export const KINDS = {
  approval: { vote_type: 'approval', ballot: 'approval', max_length: 3 },
  knapsack: { vote_type: 'approval', ballot: 'approval', max_sum_cost: 9000 },
  consent: { vote_type: 'scoring', ballot: 'consent', rule: 'majority', quorum: '>1/2', support: '>1/2 cast' },
  scoring: { vote_type: 'scoring', ballot: 'scoring', max_points: 5 },
  cumulative: { vote_type: 'cumulative', ballot: 'cumulative', max_sum_points: 10 },
  ordinal: { vote_type: 'ordinal', ballot: 'ordinal', max_length: 4 },
}

export class Election {
  /** pb: the definition's text; households: how many. Up to its letters. All
   * holders are needed to open. env: what its programs are told besides;
   * language: of letters and results; files: what lies beside the definition, by name. */
  static async make(pb, households, holders = 1, env = {}, language = 'zh', files = {}) {
    const e = new Election()
    e.language = language
    e.log = ''
    e.options = []
    e.holders = Array.from({ length: holders }, (_, i) => `holder-${i + 1}`)
    e.dir = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'yihu-browser-'))
    atEnd(() => e.end())
    e.folder = join(e.dir, 'e')
    e.box = join(e.folder, 'box')
    e.port = await freePort()
    e.url = `http://127.0.0.1:${e.port}`
    e.opens = Math.floor(Date.now() / 1000) - HOUR / 2
    e.closes = e.opens + 2.5 * HOUR
    e.env = { ...process.env, ...env, YIHU_TEST_CLOCK_FILE: join(e.dir, 'clock') }
    await e.clock(-HOUR)
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(e.dir, name), bytes)
    await e.prepare(pb, households)
    await e.clock(0)
    return e
  }

  /** Moves the programs' clock, the running daemon's too: seconds from now. */
  async clock(seconds) {
    await writeFile(join(this.dir, 'clock'), String(seconds))
  }

  /** What an act shows has been looked at. */
  async tool(name, ...args) {
    const begins = ['init', 'charter', 'accept', 'ceremony', 'replace', 'void', 'add', 'withdraw']
    const ends = ['box', 'count', 'shuffle', 'open', 'sign', 'final', 'retire']
    if (`${name} ${args[0]}` !== 'tally count' && [...begins, ...ends].includes(args[0])) args.push('--seen')
    const { stdout } = await run(join(programs, `yihu-${name}`), args, { env: this.env, maxBuffer: 1 << 26 })
    return stdout
  }
  key() {
    return this.holders.flatMap((name) => ['--key', join(this.dir, `${name}.key`)])
  }

  async prepare(pb, households) {
    const file = (name, text) => writeFile(join(this.dir, name), text).then(() => join(this.dir, name))
    const rooms = Array.from({ length: households }, (_, i) => `1-${i + 1}`)
    await this.tool(
      'issue',
      'init',
      this.folder,
      '--election',
      await file('e.pb', pb),
      '--households',
      await file('h.csv', ['household', ...rooms, ''].join('\n')),
      '--url',
      this.url,
      '--opens',
      iso(this.opens),
      '--closes',
      iso(this.closes),
      '--holders',
      this.holders.length,
      '--threshold',
      this.holders.length,
      '--nobody-may-miss',
      '--min-box',
      '1',
      '--unencrypted',
    )
    const named = this.holders.flatMap((name) => ['--key', join(this.dir, `${name}.key`), '--name', name])
    await this.tool('trustee', 'ceremony', this.folder, ...named, '--unencrypted')
    await this.tool('issue', 'charter', this.folder)
    await this.tool('trustee', 'ceremony', this.folder, ...this.key())
    await this.tool('issue', 'charter', this.folder)
    await this.tool('issue', 'letters', this.folder, '--lang', this.language, '--skip-rehearsal', 'test')
    this.eid = /[0-9a-f]{64}/.exec(await this.tool('issue', 'status', this.folder))[0]
  }

  /** What a phone reads from the letter's picture: the whole address. */
  async scan(serial) {
    const png = join(this.folder, 'letters/qr', `${String(serial).padStart(4, '0')}.png`)
    return (await run('zbarimg', ['--quiet', '--nodbus', '--raw', '-Sdisable', '-Sqrcode.enable', png])).stdout.trim()
  }
  /** The columns of letters/list.csv by name, letter by letter. */
  async list() {
    const [head, ...rows] = (await readFile(join(this.folder, 'letters/list.csv'), 'utf8'))
      .replace('\ufeff', '')
      .trim()
      .split(/\r?\n/)
    return rows.map((row) =>
      Object.fromEntries(row.split(',').map((cell, i) => [head.split(',')[i], cell.replace(/^"\t?|"$/g, '')])),
    )
  }

  async start() {
    await rm(join(this.box, 'address'), { force: true })
    const words = [this.box, '--listen', `127.0.0.1:${this.port}`, ...this.options]
    this.daemon = spawn(join(programs, 'yihu-countd'), words, {
      env: this.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.daemon.stderr.on('data', (text) => {
      this.log += text
    })
    this.ended = new Promise((done) => this.daemon.on('exit', done))
    for (let i = 0; i < 2400; i++) {
      if (existsSync(join(this.box, 'address'))) return this
      if (this.daemon.exitCode !== null) throw new Error(`the daemon ended: ${this.log}`)
      await new Promise((done) => setTimeout(done, 50))
    }
    throw new Error(`the daemon does not start: ${this.log}`)
  }
  async stop(signal = 'SIGTERM') {
    if (this.daemon === undefined) return
    this.daemon.kill(signal)
    await this.ended
    this.daemon = undefined
  }
  async restart(signal = 'SIGTERM') {
    await this.stop(signal)
    await this.start()
  }

  async api(path) {
    return (await fetch(this.url + path)).json()
  }

  /** Ends the poll, counts and publishes. */
  async count() {
    await this.clock(3 * HOUR)
    if (this.daemon === undefined) await this.start()
    await this.close()
    await this.tool('trustee', 'count', this.folder, ...this.key())
    await this.tool('issue', 'sign', this.folder)
    await this.tool('tally', 'publish', this.folder)
  }
  /** The daemon that runs ends the poll by itself, a moment after its end. */
  async close() {
    const until = Date.now() + 180000
    for (;;) {
      try {
        return await this.tool('tally', 'close', this.folder)
      } catch (error) {
        if (Date.now() > until) throw error
        await new Promise((done) => setTimeout(done, 200))
      }
    }
  }
  /** The C audit of what is there; throws its words when it finds a fault. */
  async audit() {
    const { stdout } = await run(process.env.YIHU_AUDIT, [join(this.box, 'public'), '--eid', this.eid])
    return stdout
  }
  /** The counted votes: a list of "1,2" or "1,2;3,-1" rows, sorted. */
  async votes() {
    const pb = await readFile(join(this.box, 'public/results.pb'), 'utf8')
    return pb
      .slice(pb.indexOf('\nVOTES\n'))
      .split('\n')
      .slice(3, -1)
      .map((row) => row.slice(row.indexOf(';') + 1))
      .sort()
  }

  async end() {
    await this.stop('SIGKILL')
    await rm(this.dir, { recursive: true, force: true })
  }
}
