// SPDX-License-Identifier: Apache-2.0
// Pages tell the rule before the vote as paper does: rules.c reads the same table.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { runTests, test } from '../browser/lib/tap.mjs'
import { load } from '../verify/lib/bundle.mjs'

const ROW = /^([\w-]+) (.+) \| (.+)$/
globalThis.document = { documentElement: {} }
globalThis.navigator ??= { languages: [] }
const { controls, i18n, rule } = await load('ui', ['controls', 'i18n', 'rule'])
const { definition } = await load('protocol', ['definition'])
const rows = readFileSync(process.env.YIHU_RULES, 'utf8').trim().split('\n')

/** "rule;greedy budget;10": a line of META each; "_" stands for a blank. */
function define(keys) {
  const lines = keys.split(' ').map((line) => line.replace(/^(support;.*)_/, '$1 '))
  const [head, first, second] = keys.includes('excludes;') ? [';excludes', ';', ';1'] : ['', '', '']
  const projects = `project_id;cost;category;neighborhood${head}\n1;1;路;East${first}\n2;2;树;West${second}`
  const text = `META\nkey;value\n${lines.join('\n')}\nPROJECTS\n${projects}\nVOTES\nvoter_id;vote\n`
  return definition.parseDefinition(new TextEncoder().encode(text))
}

for (const row of rows.filter((line) => !line.startsWith('#')))
  test(row.split(' | ')[0], () => {
    const [, language, keys, wanted] = ROW.exec(row)
    i18n.setLanguage(language)
    assert.equal(rule.ruleLines({ definition: define(keys) }).join(' / '), wanted)
  })

// What a ballot breaks of parts and exclusions, as the voting page says it.
const PARTED = 'vote_type;approval ballot;approval rule;greedy budget;10 categories;路,树'
const BROKEN = [
  [`${PARTED} max_length_per_category;1`, [1, 1], null],
  [`${PARTED} min_length_per_category;1`, [1, 0], '树：至少要选 1 个'],
  [`${PARTED.replace('路,树', '路,树,灯')} max_length_per_category;1`, [1, 1], null],
  [`${PARTED} max_sum_cost_per_category;1,1.5`, [1, 1], '树：超出 0.50 元'],
  [`${PARTED} min_sum_cost_per_category;1,3`, [1, 1], '树：还要再选 1 元 的项目'],
  ['vote_type;approval ballot;approval rule;greedy budget;10 excludes;1', [1, 1], '1和2只能选一个'],
  ['vote_type;approval ballot;approval rule;greedy-exclusive budget;10 excludes;1', [1, 1], null],
  ['vote_type;approval ballot;approval rule;greedy budget;10 excludes;1', [0, 1], null],
  ['vote_type;scoring ballot;consent rule;majority excludes;1', [1, 2], null],
  ['vote_type;scoring ballot;consent rule;majority excludes;1', [1, 1], '1和2只能选一个'],
  ['vote_type;approval ballot;approval rule;greedy budget;10 min_sum_cost;2.5', [0, 1], '还要再选 0.50 元 的项目'],
  [
    'vote_type;cumulative ballot;cumulative max_sum_points;5 min_sum_points;3 rule;greedy budget;9',
    [1, 1],
    '一共至少要给出 3 分',
  ],
]
for (const [keys, digits, problem] of BROKEN)
  test(`${keys} | ${digits}: ${problem}`, () => {
    i18n.setLanguage('zh-CN')
    const e = { definition: define(keys), withdrawn: new Map() }
    const said = controls.summary(e, { digits, answered: [true, true] })
    assert.equal(said.problem?.replace(/(?<=\d) (?=元)| (?=的)/g, ' ') ?? null, problem)
  })

await runTests()
