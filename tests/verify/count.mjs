// SPDX-License-Identifier: Apache-2.0
// The second auditor's count (src/web/count) against the C's: definitions by
// fault and place, results.pb and results.json byte for byte.
// usage: count.mjs [ELECTIONS [FIRST]], of which the suite counts a few hundred
import assert from 'node:assert/strict'
import { runTests, test } from '../browser/lib/tap.mjs'
import { load } from './lib/bundle.mjs'
import { election, KINDS, RULES } from './lib/elections.mjs'
import { ask } from './lib/oracle.mjs'

const ELECTIONS = Number(process.argv[2] ?? 400)
const FIRST = Number(process.argv[3] ?? 0)
const PARTS = ['definition', 'count', 'results', 'rule_keys']
const code = await load('count', PARTS)

const utf8 = (s) => new Uint8Array(Buffer.from(s))
const hexBytes = (s) => new Uint8Array(Buffer.from(s, 'hex'))
const text = (bytes) => (bytes === null ? null : Buffer.from(bytes).toString())

/** The request as the TypeScript takes it. */
function tallyOf({ definition }, q) {
  const d = definition.readDefinition(q.bytes)
  const { eid, households, opens, closes, min_box: minBox, needed: t, holders: n } = q
  const openers = [1, 2, 3, 4, 5].filter((i) => q.openers & (1 << (i - 1)))
  return {
    definition: d,
    charter: { eid: hexBytes(eid), households, opens, closes, minBox, t, n },
    logSize: q.log_size, additions: q.additions, replacements: q.replacements, voids: q.voids, entitled: q.entitled, cast: q.cast,
    opening: q.opened ? { mixes: q.mixes, openers, ballots: q.ballots, voidAt: q.void_at, lot: hexBytes(q.lot) } : null,
  }
}

function counted(code, q) {
  const tally = tallyOf(code, q)
  const { eid } = tally.charter
  const o = tally.opening === null ? null : code.count.count(tally.definition, q.ballots, tally.opening.lot, { eid, cast: q.cast, entitled: q.entitled })
  return { outcome: o, pb: code.results.resultsPb(tally), json: code.results.resultsJson(tally, o) }
}

/** Counts them in both, `size` at a time; what each differs in. */
function differing(code, numbers) {
  const requests = numbers.map((i) => election(i)).map((q) => ({ ...q, bytes: utf8(q.text) }))
  const answers = ask(requests)
  const seen = new Set()
  const wrong = requests.filter((q, i) => {
    assert.equal(answers[i].code, 'ok', `election ${numbers[i]}: ${answers[i].words}`)
    const mine = counted(code, q)
    for (const p of mine.outcome?.projects ?? []) seen.add(p.verdict).add(p.orderedBy)
    seen.add(`${mine.outcome?.trace?.raiseEnd}`).add(`taken ${mine.outcome?.trace?.comparison?.taken}`)
    for (const round of mine.outcome?.trace?.rounds ?? []) seen.add(`round by ${round.by}`).add(round.emptied > 0 ? 'emptied' : 'rich')
    if (q.opened) seen.add(`${tallyOf(code, q).definition.kind} ${tallyOf(code, q).definition.rule}`)
    return text(mine.pb) !== text(answers[i].pb) || text(mine.json) !== text(answers[i].json)
  })
  return { wrong, seen, requests, answers }
}

const numbers = (from, n) => Array.from({ length: n }, (_, i) => from + i)

const EXPECTED = [
  'funded', 'no-quorum', 'no-support', 'not-more-for', 'below-threshold', 'not-eligible', 'below-support', 'too-poor', 'too-dear', 'after-stop',
  'votes', 'cost', 'lot', 'rule', 'exhaustive', 'over', 'taken greedy', 'taken shares', 'round by votes', 'round by cost', 'round by more-votes', 'round by lot', 'emptied',
  ...RULES.flatMap((rule) => (rule === 'majority' ? ['consent'] : rule === 'phragmen' ? KINDS.slice(0, 2) : KINDS).map((kind) => `${kind} ${rule}`)),
]

test(`${ELECTIONS} elections at random: the same results.pb and results.json`, () => {
  const all = new Set()
  for (let at = 0; at < ELECTIONS; at += 500) {
    const { wrong, seen, requests, answers } = differing(code, numbers(FIRST + at, Math.min(500, ELECTIONS - at)))
    for (const what of seen) all.add(what)
    for (const q of wrong.slice(0, 1)) {
      const i = requests.indexOf(q)
      const mine = counted(code, q)
      assert.equal(text(mine.pb), text(answers[i].pb), `election ${FIRST + at + i}:\n${q.text}`)
      assert.equal(text(mine.json), text(answers[i].json), `election ${FIRST + at + i}:\n${text(answers[i].pb)}`)
    }
  }
  assert.deepEqual(EXPECTED.filter((what) => !all.has(what)), [], 'what the elections never met')
})

await runTests()
