// SPDX-License-Identifier: Apache-2.0
// Every audit that the C's own tests run, by the second auditor: the same
// stage, exit, figures, steps and faults. Among them are all lies of tests/lies.
import assert from 'node:assert/strict'
import { runTests, test } from '../browser/lib/tap.mjs'
import { load } from './lib/bundle.mjs'
import { assertSameAudit, recorded } from './lib/cases.mjs'

const { audit } = await load('audit', ['audit'])
let audits = 0
let refused = 0

for (const program of [
  'lies',
  'odd',
  'evidence',
  'roll',
  'forged',
  'forged_log',
  'others',
  'barred',
  'folder',
  'withdrawn',
])
  for (const { name, cases } of recorded(program)) {
    if (cases.length === 0) continue // what only a key holder sees, and tables
    test(`${program}: ${name}`, async () => {
      for (const [i, one] of cases.entries()) {
        await assertSameAudit(audit.audit, one, `audit ${i + 1} of ${name}`)
        audits++
        refused += one.verdict.exit === 1 ? 1 : 0
      }
    })
  }

test('there were lies among them, and honest folders', () => {
  console.log(`# ${audits} audits, ${refused} of them refused`)
  assert.ok(refused > 300 && audits - refused > 50)
})

await runTests()
