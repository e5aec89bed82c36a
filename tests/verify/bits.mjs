// SPDX-License-Identifier: Apache-2.0
// Finished elections with one bit turned, one end cut off, one line twice, one
// file too many … (the changes of tests/bits), by the second auditor: the same
// stage, exit, figures, steps and faults as the C's.
//
// usage: bits.mjs [ELECTION FLIPS OTHERS]: of election 0, 1 or 2 one bit of
// each FLIPS-th byte (0: all eight bits of all bytes), and each OTHERS-th of
// the other changes. Without them, a few hundred of all three. Every bit and
// every other change of one election: meson test -C build --benchmark verify-bits
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runTests, test } from '../browser/lib/tap.mjs'
import { load } from './lib/bundle.mjs'
import { assertSame, caseOf, options, source } from './lib/cases.mjs'

const SAMPLE = [
  ['0', '131', '29'],
  ['1', '223', '43'],
  ['2', '223', '43'],
]
const SHOWN = 20

// Most of a changed folder is as it was: what libsodium said of the same bytes
// before is not asked again. That makes the long run three times as fast.
const KEPT_MAX = 100000
const SLOW = /^crypto_(scalarmult|sign_verify|core_(ristretto255_(add|sub|from_hash|is_valid)|ed25519_is_valid))/
function remembering(sodium) {
  const kept = new Map()
  const remembered =
    (name) =>
    (...args) => {
      const key = [name, ...args.map((arg) => String.fromCharCode(...arg))].join('|')
      if (kept.size > KEPT_MAX) kept.clear()
      if (!kept.has(key)) kept.set(key, sodium[name](...args))
      return kept.get(key)
    }
  const slow = new Map()
  return new Proxy(sodium, {
    get(_, name) {
      if (!SLOW.test(name)) return sodium[name]
      if (!slow.has(name)) slow.set(name, remembered(name))
      return slow.get(name)
    },
  })
}
globalThis.remembering = remembering
const IMPORT = "import sodium from 'libsodium-wrappers-sumo'"
const { audit } = await load(
  'audit',
  ['audit'],
  [['audit/sodium.ts', IMPORT, `${IMPORT.replace('sodium', 'plain')}\nconst sodium = globalThis.remembering(plain)`]],
)

async function* cases(args) {
  const program = spawn(join(process.env.YIHU_RECORDERS, 'record-bits'), args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((done) => program.on('close', done))
  for await (const line of createInterface({ input: program.stdout })) yield caseOf(line)
  assert.equal(await ended, 0, `record-bits ${args.join(' ')}`)
}

function withChanges(files, changed) {
  const all = new Map(files)
  for (const [name, bytes] of Object.entries(changed)) bytes === null ? all.delete(name) : all.set(name, bytes)
  return all
}

/** A fault in one of many thousand must not end the others. */
async function difference(files, o, one) {
  try {
    assertSame(await audit.audit(source(files), o), one.verdict, one.name)
    return null
  } catch (error) {
    return `${one.name}: ${error.message}`
  }
}

async function compare(args) {
  const sums = { name: '', audits: 0, refused: 0, differences: [] }
  let [files, o] = [new Map(), {}]
  for await (const one of cases(args)) {
    if (one.files !== undefined)
      [files, o, sums.name] = [new Map(Object.entries(one.files)), options(one.options), one.name]
    const differs = await difference(withChanges(files, one.changed ?? {}), o, one)
    if (differs !== null) sums.differences.push(differs)
    if (++sums.audits % 10000 === 0)
      console.log(`# ${sums.audits} audits, ${sums.differences.length} otherwise than by the C`)
    sums.refused += one.verdict.exit === 1 ? 1 : 0
  }
  return sums
}

for (const args of process.argv.length > 2 ? [process.argv.slice(2)] : SAMPLE)
  test(`election ${args[0]}: every change is told as the C tells it`, async () => {
    const { name, audits, refused, differences } = await compare(args)
    console.log(
      `# ${name}: ${audits} audits, ${refused} of them refused, ${differences.length} otherwise than by the C`,
    )
    differences.slice(0, SHOWN).forEach((text) => console.log(text.replace(/^/gm, '# ')))
    assert.equal(differences.length, 0)
    assert.ok(refused > 100 && refused < audits)
  })

await runTests()
