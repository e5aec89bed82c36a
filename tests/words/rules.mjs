// SPDX-License-Identifier: Apache-2.0
// Pages tell the rule before the vote as paper does: rules.c reads the same table.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { runTests, test } from '../browser/lib/tap.mjs'
import { load } from '../verify/lib/bundle.mjs'

const ROW = /^([\w-]+) (.+) \| (.+)$/
globalThis.document = { documentElement: {} }
globalThis.navigator ??= { languages: [] }
const { i18n, rule } = await load('ui', ['i18n', 'rule'])
const { definition } = await load('protocol', ['definition'])
const rows = readFileSync(process.env.YIHU_RULES, 'utf8').trim().split('\n')

/** "rule;greedy budget;10": a line of META each; "_" stands for a blank. */
function define(keys) {
  const lines = keys.split(' ').map((line) => line.replace(/^(support;.*)_/, '$1 '))
  const text = `META\nkey;value\n${lines.join('\n')}\nPROJECTS\nproject_id;cost\n1;1\n2;2\nVOTES\nvoter_id;vote\n`
  return definition.parseDefinition(new TextEncoder().encode(text))
}

for (const row of rows.filter((line) => !line.startsWith('#')))
  test(row.split(' | ')[0], () => {
    const [, language, keys, wanted] = ROW.exec(row)
    i18n.setLanguage(language)
    assert.equal(rule.ruleLines({ definition: define(keys) }).join(' / '), wanted)
  })

await runTests()
