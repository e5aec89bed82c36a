// SPDX-License-Identifier: Apache-2.0
// Pages write counts, money and moments as paper and results do: forms.c reads
// the same table.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { runTests, test } from '../browser/lib/tap.mjs'
import { load } from '../verify/lib/bundle.mjs'

const ROW = /^(\w+) ([\w-]+) (\d+)(?: (\w+))? \| (.+)$/
const { forms } = await load('ui', ['forms'])
const rows = readFileSync(process.env.YIHU_FORMS, 'utf8').trim().split('\n')

for (const row of rows.filter((line) => !line.startsWith('#')))
  test(row, () => {
    const [, kind, language, n, currency, wanted] = ROW.exec(row)
    const number = Number(n)
    const said =
      {
        count: () => forms.count(language, number),
        money: () => forms.money(language, number, currency),
      }[kind] ?? (() => forms.moment(language, kind, number))
    assert.equal(said(), wanted)
  })

await runTests()
