// SPDX-License-Identifier: Apache-2.0
// The second auditor's names of a public folder, held to the C library's table:
// which names there are, what each stands for, how large each may be, and what
// must be there with it. A name that is added to one of the two alone is found.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { runTests, test } from '../browser/lib/tap.mjs'
import { load } from './lib/bundle.mjs'

const table = JSON.parse(execFileSync(process.env.YIHU_NAMES_TABLE, { maxBuffer: 1 << 26 }).toString())
const parts = ['files', 'limits', 'names', 'types']
const web = await load('audit', parts)

const patterns = (names) => [...names.PATTERNS].sort()
const fromC = table.rows.map(({ pattern }) => pattern).sort()

test('both know the same names', () => assert.deepEqual(patterns(web.names), fromC))

test('a name that is added to the second auditor alone is found', async () => {
  const row = "['box', 'box'],"
  const { names } = await load('audit', ['names'], [['audit/names.ts', row, `${row} ['minutes', 'box'],`]])
  assert.notDeepEqual(patterns(names), fromC)
})

test('each name, and what is nearly one, stands for the same', () => {
  assert.ok(table.names.length > 300)
  for (const { name, part, number } of table.names) assert.deepEqual(web.names.partOf(name), { part, number }, name)
  const met = new Set(table.names.map(({ part }) => part))
  for (const { part } of table.rows) assert.ok(met.has(part), part)
})

test('each may be as large, in elections of every shape', () => {
  assert.ok(table.elections.some(({ known }) => !known))
  for (const e of table.elections) {
    const { households, additions, replacements, withdrawals } = e
    const charter = { households, additions, replacements, withdrawals }
    const definition = { width: e.width, projects: e.ids.map((id) => ({ id })) }
    const known = e.known ? { charter, definition } : { charter: null, definition: null }
    table.names.forEach(({ name }, i) => assert.equal(web.limits.mostBytes(name, known), e.limits[i], name))
    if (e.known) assert.equal(web.limits.mostEntries(charter), e.entries)
  }
})

test('the same files must be there with each', () => {
  const one = (pattern) => pattern.replace('#', '1').replace('tile/*', 'tile/0/000').replace('*', 'x')
  for (const { pattern, needs } of table.rows) {
    const missing = [...web.files.missing(web.names.inventory([one(pattern)]))]
    assert.deepEqual(missing.sort(), needs.map(one).sort(), pattern)
  }
})

test('the stages that files bring are stages of an audit', () => {
  const known = new Set(web.types.STAGES)
  // The poll's end has no stage of its own there: at-close is asked with the checkpoint.
  for (const { pattern, stage } of table.rows) assert.ok(known.has(stage) || stage === 'ended', pattern)
})

await runTests()
