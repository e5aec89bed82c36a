// SPDX-License-Identifier: Apache-2.0
// Folders on a disk, under several options: the second auditor and yihu-audit
// --json. And what the second auditor alone must see.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { edgeCases } from '../browser/lib/ed25519-cases.mjs'
import { atEnd, runTests, test } from '../browser/lib/tap.mjs'
import { load } from './lib/bundle.mjs'
import { options, recorded, source as memory } from './lib/cases.mjs'

const { audit, looks, sodium, words } = await load('audit', ['audit', 'looks', 'sodium', 'words'])
const { ed25519, group } = await load('protocol', ['ed25519', 'group'])
await sodium.ready()
const vectors = join(process.env.YIHU_TEST_DATA, 'vectors')
const earlier = join(process.env.YIHU_SOURCE, 'tests/upgrade')
const work = await mkdtemp(join(tmpdir(), 'yihu-folders-'))
atEnd(() => rm(work, { recursive: true, force: true }))

const secrets = async (name) => JSON.parse(await readFile(join(vectors, name, 'secrets.json'), 'utf8'))
const unhex = (text) => new Uint8Array(Buffer.from(text, 'hex'))

async function source(dir) {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true })
  const name = (e) => relative(dir, join(e.parentPath ?? e.path, e.name))
  return {
    names: entries.filter((e) => e.isFile()).map(name),
    irregular: entries.filter((e) => !e.isFile() && !e.isDirectory()).map(name),
    whole: true,
    read: async (file) => new Uint8Array(await readFile(join(dir, file))),
  }
}

function byC(dir, args) {
  try {
    return JSON.parse(
      execFileSync(process.env.YIHU_AUDIT, [dir, '--json', ...args], {
        stdio: ['ignore', 'pipe', 'ignore'],
      }).toString(),
    )
  } catch (error) {
    return JSON.parse(error.stdout.toString())
  }
}

const kinds = (faults) => faults.map(({ check, code, file }) => [check, code, file]).sort()
async function assertAsTheC(dir, options, args) {
  const mine = await audit.audit(await source(dir), options)
  const theirs = byC(dir, args)
  for (const key of ['exit', 'eid', 'stage', 'figures', 'result']) assert.deepEqual(mine[key], theirs[key], key)
  assert.deepEqual(kinds(mine.faults), kinds(theirs.faults))
  assert.deepEqual([...mine.notices].sort(), [...theirs.notices].sort())
  assert.deepEqual(
    mine.doubts,
    theirs.doubts.map(({ file }) => file),
  )
  assert.deepEqual(
    mine.steps.map((s) => [s.check, s.ran, s.count]),
    theirs.steps.map((s) => [s.check, s.ran, s.count]),
  )
  return mine
}

async function copy(name) {
  const dir = await mkdtemp(join(work, `${name}-`))
  await cp(join(vectors, name, 'public'), dir, { recursive: true })
  return dir
}

for (const name of ['approval', 'consent']) {
  const dir = join(vectors, name, 'public')
  test(`${name}: verified under its election id`, async () => {
    const { eid } = await secrets(name)
    const r = await assertAsTheC(dir, { eid: unhex(eid) }, ['--eid', eid])
    assert.deepEqual([r.exit, r.stage, r.eid], [0, 'opened', eid])
  })
  test(`${name}: self-consistent without it, a fault under another`, async () => {
    assert.equal((await assertAsTheC(dir, {}, [])).exit, 3)
    assert.equal((await assertAsTheC(dir, { eid: new Uint8Array(32) }, ['--eid', '0'.repeat(64)])).exit, 1)
  })
  test(`${name}: the lot is the one that was drawn up`, async () => {
    assert.equal((await audit.audit(await source(dir), {})).result.lot, (await secrets(name)).lot_seed)
  })
}

test('what earlier versions published is verified', async () => {
  const kept = await readdir(earlier, { withFileTypes: true })
  for (const version of kept.filter((e) => e.isDirectory()).map((e) => e.name)) {
    const dir = await mkdtemp(join(work, `${version}-`))
    execFileSync('tar', ['-xJf', join(earlier, version, 'published.tar.xz'), '-C', dir])
    const r = await assertAsTheC(join(dir, 'd/box/public'), {}, [])
    assert.deepEqual([r.exit, r.stage, r.faults], [3, 'published', []])
  }
})

test('names that begin with a dot, and site/, are passed over', async () => {
  const dir = await copy('approval')
  await mkdir(join(dir, 'mix/.git/refs'), { recursive: true })
  await mkdir(join(dir, 'site/.hidden'), { recursive: true })
  for (const name of ['.note', 'mix/.git/HEAD', 'mix/.git/refs/x', 'site/index.html', 'site/.hidden/x'])
    await writeFile(join(dir, name), 'x')
  const r = await assertAsTheC(dir, {}, [])
  assert.deepEqual([r.exit, r.notices.sort()], [3, ['.note', 'mix/.git']])
})

test('a symbolic link ends it', async () => {
  const dir = await copy('approval')
  await symlink('charter', join(dir, 'charter-again'))
  const r = await audit.audit(await source(dir), {})
  assert.deepEqual(
    r.faults.map((f) => [f.check, f.code]),
    byC(dir, []).faults.map((f) => [f.check, f.code]),
  )
  assert.equal(r.exit, 1)
})

test('a file that is named and cannot be read is a fault, whichever it is', async () => {
  const all = await source(join(vectors, 'approval/public'))
  for (const gone of all.names) {
    const r = await audit.audit({ ...all, read: async (name) => (name === gone ? null : all.read(name)) }, {})
    assert.ok(
      r.faults.some((f) => f.code === 'missing-file' && f.file === gone),
      gone,
    )
  }
})

test('a file that is larger than its kind can be is told and not read', async () => {
  const all = await source(join(vectors, 'approval/public'))
  const large = {
    'mix/1': 2 ** 20,
    charter: 2 ** 20,
    'log/tile/entries/000.p/14': 2 ** 20,
    box: 2 ** 18,
    register: 2 ** 20,
  }
  for (const [name, size] of Object.entries(large)) {
    const read = []
    const r = await audit.audit(
      { ...all, size: (n) => (n === name ? size : 0), read: async (n) => (read.push(n), all.read(n)) },
      {},
    )
    assert.ok(
      r.faults.some((f) => f.check === 'files' && f.code === 'too-big' && f.file === name),
      name,
    )
    assert.ok(!read.includes(name) && r.exit === 1, name)
  }
  const honest = await audit.audit({ ...all, size: () => 2 ** 16 }, {})
  assert.deepEqual(honest.faults, [])
})

/** What /verify asks a site for that serves these files. */
async function askedFor(files) {
  const asked = []
  const before = globalThis.fetch
  globalThis.fetch = async (url) => {
    const name = new URL(url).pathname.slice(1)
    asked.push(name)
    return files.has(name) ? new Response(files.get(name)) : new Response('', { status: 404 })
  }
  try {
    const { site } = await load('ui', ['site'])
    await site.openSite('https://site.example', () => {})
  } finally {
    globalThis.fetch = before
  }
  return asked
}

test('a site is asked for nothing of a size that nobody signed', async () => {
  const all = await source(join(vectors, 'approval/public'))
  const files = new Map(await Promise.all(all.names.map(async (name) => [name, await all.read(name)])))
  const tiles = (asked) => asked.filter((name) => name.startsWith('log/tile/')).length
  assert.equal(tiles(await askedFor(files)), 2)
  const checkpoint = Buffer.from(files.get('log/checkpoint')).toString()
  const larger = new Map(files).set('log/checkpoint', Buffer.from(checkpoint.replace('\n14\n', '\n4000000000\n')))
  assert.equal(tiles(await askedFor(larger)), 0)
  const charter = Buffer.from(files.get('charter')).toString()
  const other = await askedFor(
    new Map(files).set('charter', Buffer.from(charter.replace('households 15', 'households 16'))),
  )
  assert.equal(other.filter((name) => /^(log\/tile|mix|open)\//.test(name)).length, 0)
})

test('progress goes on to the end of every long check', async () => {
  const last = new Map()
  const progress = (check, done, total) => {
    assert.ok(done <= total && done >= (last.get(check)?.done ?? 0), `${check} ${done} of ${total}`)
    last.set(check, { done, total })
  }
  await audit.audit(await source(join(vectors, 'approval/public')), { progress })
  for (const check of ['register', 'entries', 'mixes', 'openings', 'decoding'])
    assert.equal(last.get(check)?.done, last.get(check)?.total, check)
})

// ---- a receipt by itself, over what tests/audit/evidence.c brings before the audit

const folders = recorded('evidence')
  .flatMap(({ cases }) => cases)
  .filter(({ options: o }) => o.receipts.length === 1 && o.checkpoints.length === 0 && o.at_close === null)
const asked = folders.map(({ files, options: o, verdict }) => ({
  from: memory(new Map(Object.entries(files))),
  ...options(o),
  verdict,
  charter: Buffer.from(files.charter, 'base64').toString(),
}))
/** One of a ballot, and it holds. */
const ballotReceipt = () =>
  asked.find(({ verdict, receipts: [r] }) => verdict.exit === 0 && /^extra Q/m.test(Buffer.from(r.bytes).toString()))
const logKey = (charter) => /^log (.*)$/m.exec(charter)[1]

test('with a folder a receipt holds where the whole audit says so, and fails with its word', async () => {
  const seen = new Set()
  for (const {
    from,
    eid,
    receipts: [receipt],
    verdict,
  } of asked) {
    const others = verdict.faults.filter(([check]) => check !== 'evidence')
    if (others.length > 0) continue
    const r = await audit.checkReceipt(from, receipt, { eid })
    assert.equal(r.fault?.code, verdict.faults[0]?.[1])
    assert.equal(r.holds, verdict.faults.length === 0)
    if (r.folder === 'folder-older')
      assert.equal((await audit.audit(from, { eid, receipts: [receipt] })).newerEvidence, 1)
    seen.add(r.fault?.code ?? r.folder)
  }
  for (const word of ['in-it', 'folder-older', 'two-histories', 'inclusion', 'format'])
    assert.ok(seen.has(word), `none is told as ${word}: ${[...seen].join()}`)
})

test('by itself it holds under the log’s key, tells its ballot, and fails with any bit turned', async () => {
  const {
    eid,
    receipts: [receipt],
    charter,
  } = ballotReceipt()
  const with_ = { eid, logKey: logKey(charter) }
  const r = await audit.checkReceipt(null, receipt, with_)
  assert.deepEqual([r.holds, r.fault, r.type, r.folder, r.log], [true, null, 'B', null, with_.logKey.split('+')[0]])
  assert.ok(r.serial > 0 && /^(\w{4}-){3}\w{4}$/.test(r.code))
  for (let i = 0; i < receipt.bytes.length; i += 7) {
    const turned = receipt.bytes.map((v, k) => (k === i ? v ^ (1 << i % 8) : v))
    assert.equal((await audit.checkReceipt(null, { ...receipt, bytes: turned }, with_)).holds, false, `byte ${i}`)
  }
})

test('it holds under no other key and no other election, and without a key nothing is said', async () => {
  const {
    eid,
    receipts: [receipt],
    charter,
  } = ballotReceipt()
  const issuer = /^issuer (.*)$/m.exec(charter)[1]
  const fails = async (o) => (await audit.checkReceipt(null, receipt, o)).fault?.code
  assert.equal(await fails({ eid, logKey: issuer }), 'checkpoint')
  assert.equal(await fails({ eid: new Uint8Array(32), logKey: logKey(charter) }), 'vote-signature')
  assert.equal(await fails({ eid }), 'argument')
})

// ---- the arithmetic

// The same pairs as in tests/base/looks.c.
test('two names look alike where case folding and compatibility make them one', () => {
  const project = (name, i) => ({
    fields: new Map([
      ['project_id', `${i}`],
      ['name', name],
    ]),
  })
  const alike = (...names) => looks.definitionDeceives({ meta: new Map(), projects: names.map(project) })
  for (const pair of [
    ['straße', 'STRASSE'],
    ['straße', 'STRAẞE'],
    ['ΟΔΟΣ', 'οδος'],
    ['Bench', 'Ｂｅｎｃｈ'],
    ['长椅㈠', '长椅(一)'],
  ])
    assert.equal(alike(...pair), true, pair[1])
  for (const pair of [
    ['ısı', 'isi'],
    ['长椅', '长倚'],
    ['Bench A', 'BenchA'],
  ])
    assert.equal(alike(...pair), false, pair[1])
})

test('Ed25519: libsodium.js accepts exactly what the protocol’s equation does', () => {
  for (const c of edgeCases(group)) {
    assert.equal(sodium.verify(c.signature, c.message, c.pk), ed25519.verify(c.signature, c.message, c.pk), c.name)
    assert.equal(sodium.publicKeyValid(c.pk), ed25519.publicKeyValid(c.pk), `key of ${c.name}`)
  }
})

test('ristretto255: products and sums are noble’s, zero and the identity too', () => {
  const scalars = [0n, 1n, 2n, group.Q - 1n, ...Array.from({ length: 12 }, () => group.randomScalar())].map(
    group.scalarBytes,
  )
  const points = [sodium.IDENTITY, ...scalars.slice(1).map((s) => sodium.base(s))]
  for (const [i, s] of scalars.entries())
    for (const [k, p] of points.entries()) {
      assert.deepEqual(
        sodium.mul(s, p),
        group.encode(group.mulPublic(group.scalar(s), group.point(p))),
        `${i} times ${k}`,
      )
      assert.deepEqual(
        sodium.add(p, points[i % points.length]),
        group.encode(group.point(p).add(group.point(points[i % points.length]))),
      )
    }
  assert.equal(sodium.scalarValid(group.scalarBytes(group.Q - 1n)), true)
  for (const v of [group.Q, group.Q + 1n, 2n ** 255n, 2n ** 256n - 1n])
    assert.equal(sodium.scalarValid(group.scalarBytes(v)), false)
})

test('a word is found behind its point up to its bound, and none beyond', () => {
  for (const [bound, lookups] of [
    [1, 1],
    [16, 3],
    [59049, 1],
    [65536, 1000],
  ]) {
    const table = new words.Words(bound, lookups)
    const some = [0, 1, 255, 256, 257, bound - 2, bound - 1].filter((m) => m >= 0 && m < bound)
    for (const m of some) assert.equal(table.find(sodium.base(sodium.small(m))), m)
    for (const m of [bound, bound + 1, 70000 + bound]) assert.equal(table.find(sodium.base(sodium.small(m))), null)
    assert.equal(table.find(sodium.base(group.scalarBytes(group.Q - 1n))), null)
  }
})

await runTests()
