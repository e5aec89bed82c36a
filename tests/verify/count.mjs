// SPDX-License-Identifier: Apache-2.0
// The second auditor's count (src/web/count) against the C's: definitions by
// fault and place, results.pb and results.json byte for byte.
// usage: count.mjs [ELECTIONS [FIRST]], of which the suite counts a few hundred
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runTests, test } from '../browser/lib/tap.mjs'
import { load } from './lib/bundle.mjs'
import { broken, byHand, good } from './lib/definitions.mjs'
import { edges, election, KINDS, RULES } from './lib/elections.mjs'
import { ask } from './lib/oracle.mjs'
import { Random } from './lib/random.mjs'
import { COUNT_SLIPS, DEFINITION_SLIPS, STANDING_SLIPS } from './lib/slips.mjs'

/** Elections in which effective votes or moments are equal, costs too, and the
 * votes decide: so rare that they are named. */
const RARE = [1374, 1391, 1468, 3957]
const ELECTIONS = Number(process.argv[2] ?? 400)
const DEFINITIONS = 3 * ELECTIONS
const FIRST = Number(process.argv[3] ?? 0)
const data = process.env.YIHU_TEST_DATA
const PARTS = ['definition', 'digits', 'count', 'results', 'rule_keys']
/** The count, with changes to files of src/web/count. */
const loadCount = (...changes) =>
  load(
    'count',
    PARTS,
    changes.map(([file, from, to]) => [join('count', file), from, to]),
  )
const code = await loadCount()
const page = await load('protocol', ['definition'])

const numbers = (from, n) => Array.from({ length: n }, (_, i) => from + i)
const utf8 = (s) => new Uint8Array(Buffer.from(s))
const hexBytes = (s) => new Uint8Array(Buffer.from(s, 'hex'))
const text = (bytes) => (bytes === null ? null : Buffer.from(bytes).toString())

// ---- definitions

const place = (words) => /^(line \d+(, column \d+)?: )?/.exec(words)[0]

/** Code and place of what is wrong with it. */
function fault({ definition, rule_keys }, bytes) {
  try {
    rule_keys.requireCountable(definition.readDefinition(bytes))
    return ['ok', '']
  } catch (error) {
    return [error.code ?? String(error), place(error.message)]
  }
}

function sameFaults(definitions) {
  const answers = ask(definitions.map(({ bytes }) => ({ op: 'read', bytes })))
  definitions.forEach(({ name, bytes }, i) => {
    const { code: slug, words } = answers[i]
    assert.deepEqual(fault(code, bytes), [slug, place(words)], `${name}: ${words}`)
  })
  return new Set(answers.map((a) => a.code))
}

test('a definition that breaks a rule is refused with the code and the place that the C tells', () => {
  const codes = sameFaults(byHand())
  assert.deepEqual([...codes].sort(), ['definition', 'format', 'meta', 'project', 'rule', 'too-big', 'trailing'])
})

test('a definition that just keeps to the rules is read', () => {
  assert.deepEqual([...sameFaults(good())], ['ok'])
})

/** What a page needs of it. */
const needed = (d) => ({
  ...Object.fromEntries(
    ['kind', 'budget', 'radix', 'perWord', 'width', 'minLength', 'maxLength', 'maxSumCost'].map((key) => [key, d[key]]),
  ),
  projects: d.projects.map(({ id, cost, fields }) => [id, cost, fields.get('name')]),
  meta: [...d.meta],
})
const amount = (cost) => utf8(text(good()[0].bytes).replace('a;100;', `a;${cost};`))
const DEAREST = ['1', '0.01', '99.5', '7.500', '12345678901234', '90071992546000', '90071992546509.16']

test('the voting page reads what the strict reader reads, as the same', () => {
  const all = [
    ...good(),
    ...numbers(FIRST, 100).map((i) => ({ name: `election ${i}`, bytes: utf8(election(i).text) })),
    ...DEAREST.map((a) => ({ name: a, bytes: amount(a) })),
  ]
  for (const { name, bytes } of all)
    assert.deepEqual(
      needed(page.definition.parseDefinition(bytes)),
      needed(code.definition.readDefinition(bytes)),
      name,
    )
})

test('the voting page takes no amount that the strict reader refuses', () => {
  for (const wrong of [
    '01',
    '1.234',
    '.5',
    '1.',
    '-1',
    '+1',
    '1,000',
    '1e3',
    ' 1',
    '90071992547409.92',
    '900719925474099',
    '99999999999999999999',
  ])
    for (const read of [page.definition.parseDefinition, code.definition.readDefinition])
      assert.throws(
        () => read(amount(wrong)),
        (e) => ['project', 'format', 'too-big'].includes(e.code),
        wrong,
      )
})

test(`${DEFINITIONS} definitions edited at random: the same code and place`, () => {
  const all = new Set()
  for (let at = 0; at < DEFINITIONS; at += 500)
    for (const slug of sameFaults(numbers(FIRST + at, Math.min(500, DEFINITIONS - at)).map(broken))) all.add(slug)
  assert.ok(all.size >= 5, [...all].join())
})

// ---- words

/** Rows of words, most of them within what a ballot can be. */
function someWords(d, r) {
  const word = (j) =>
    r.one(20) ? r.of([null, 65535, code.digits.wordBound(d, j)]) : r.draw(code.digits.wordBound(d, j))
  return Array.from({ length: 20 }, () => numbers(0, d.width).map(word))
}

test('opened words: the same digits, the same void ballots', () => {
  const definitions = [...good(), ...numbers(FIRST, 200).map((i) => ({ bytes: utf8(election(i).text) }))].map(
    ({ bytes }) => code.definition.readDefinition(bytes),
  )
  const words = definitions.map((d, i) => someWords(d, new Random(i)))
  const answers = ask(definitions.map(({ bytes }, i) => ({ op: 'words', bytes, words: words[i] })))
  const mine = words.map((list, i) => list.map((row) => code.digits.digitsOf(definitions[i], row)))
  mine.forEach((list, i) => assert.deepEqual(list, answers[i].ballots, text(definitions[i].bytes)))
  const voids = mine.flat().filter((digits) => digits === null).length
  assert.ok(voids > 500 && voids < mine.flat().length - 500, `${voids} of ${mine.flat().length}`)
})

// ---- elections at random

/** The request as the TypeScript takes it. */
function tallyOf({ definition }, q) {
  const d = definition.readDefinition(q.bytes)
  const { eid, households, opens, closes, min_box: minBox, needed: t, holders: n } = q
  const openers = [1, 2, 3, 4, 5].filter((i) => q.openers & (1 << (i - 1)))
  return {
    definition: d,
    charter: { eid: hexBytes(eid), households, opens, closes, minBox, t, n },
    logSize: q.log_size,
    additions: q.additions,
    replacements: q.replacements,
    voids: q.voids,
    entitled: q.entitled,
    cast: q.cast,
    withdrawn: q.withdrawn,
    opening: q.opened ? { mixes: q.mixes, openers, ballots: q.ballots, voidAt: q.void_at, lot: hexBytes(q.lot) } : null,
  }
}

const out = (withdrawn) => new Set(withdrawn.map(({ project }) => project))

function counted(code, q) {
  const tally = tallyOf(code, q)
  const { eid } = tally.charter
  const o =
    tally.opening === null
      ? null
      : code.count.count(tally.definition, q.ballots, tally.opening.lot, {
          eid,
          cast: q.cast,
          entitled: q.entitled,
          withdrawn: out(q.withdrawn),
        })
  return { tally, outcome: o, pb: code.results.resultsPb(tally), json: code.results.resultsJson(tally, o) }
}

/** With what the C makes of them. */
function elections(list, shape) {
  return answered(list.map((number) => ({ number, ...election(number, shape) })))
}

function answered(list) {
  const requests = list.map((q) => ({ ...q, bytes: utf8(q.text) }))
  const answers = ask(requests)
  answers.forEach(({ code: slug, words }, i) => assert.equal(slug, 'ok', `election ${requests[i].number}: ${words}`))
  return requests.map((q, i) => ({ q, answer: answers[i] }))
}

/** What an election has met, for EXPECTED. */
function met({ definition: d }, o) {
  if (o === null) return ['not opened']
  const rounds = o.trace?.rounds ?? []
  return [
    `${d.kind} ${d.rule}`,
    ...o.projects.flatMap((p) => [p.verdict, p.orderedBy]),
    o.trace?.raiseEnd,
    `taken ${o.trace?.comparison?.taken}`,
    ...rounds.map((round) => `round by ${round.by}`),
    ...rounds.map((round) => (round.emptied > 0 ? 'emptied' : 'rich')),
  ]
}

/** Those that differ, and all that they met. */
function compare(code, pairs) {
  const seen = new Set()
  const wrong = pairs
    .map((pair) => ({ ...pair, mine: counted(code, pair.q) }))
    .filter(({ q, answer, mine }) => {
      for (const what of met(mine.tally, mine.outcome)) seen.add(what)
      return text(mine.pb) !== text(answer.pb) || text(mine.json) !== text(answer.json)
    })
  return { wrong, seen }
}

const EXPECTED = [
  'not opened',
  'funded',
  'no-quorum',
  'withdrawn',
  'no-support',
  'not-more-for',
  'below-threshold',
  'not-eligible',
  'below-support',
  'too-poor',
  'excluded',
  'too-dear',
  'after-stop',
  'votes',
  'cost',
  'lot',
  'rule',
  'exhaustive',
  'over',
  'taken greedy',
  'taken shares',
  'round by votes',
  'round by cost',
  'round by more-votes',
  'round by lot',
  'emptied',
  ...RULES.flatMap((rule) =>
    (rule === 'majority' ? ['consent'] : rule === 'phragmen' ? KINDS.slice(0, 2) : KINDS).map(
      (kind) => `${kind} ${rule}`,
    ),
  ),
]

test(`${ELECTIONS} elections at random: the same results.pb and results.json`, () => {
  const all = new Set()
  for (let at = 0; at < ELECTIONS; at += 500) {
    const named = at === 0 ? [...answered(edges()), ...elections(RARE)] : []
    const { wrong, seen } = compare(code, [...named, ...elections(numbers(FIRST + at, Math.min(500, ELECTIONS - at)))])
    for (const what of seen) all.add(what)
    for (const { q, answer, mine } of wrong) {
      assert.equal(text(mine.pb), text(answer.pb), `election ${q.number}:\n${q.text}`)
      assert.equal(text(mine.json), text(answer.json), `election ${q.number}:\n${text(answer.pb)}`)
    }
  }
  assert.deepEqual(
    EXPECTED.filter((what) => !all.has(what)),
    [],
    'what the elections never met',
  )
})

// ---- raises of shares

const RAISING = { rules: ['equalshares/add1', 'equalshares/add1u', 'equalshares/add1e', 'equalshares/add1eu'] }
/** Altered: every raise is run, or before each it is asked how far one can go. */
const pauses = (n) => [
  'equal_shares.ts',
  '[PAUSE, PAUSE_MAX, WORTH] = [32, 1024, 8]',
  `[PAUSE, PAUSE_MAX, WORTH] = [${n}, ${n}, 0]`,
]

function requireSame(code, pairs) {
  const { wrong } = compare(code, pairs)
  assert.deepEqual(
    wrong.map(({ q }) => q.number),
    [],
  )
  return pairs.map(({ answer }) => JSON.parse(text(answer.json)).trace?.raises ?? 0)
}

test('hundreds of raises: the same when each is run, and when as many as can be are passed over', async () => {
  const pairs = elections(numbers(FIRST, 80), { ...RAISING, times: 20 })
  const raises = requireSame(code, pairs)
  requireSame(await loadCount(pauses(1e9)), pairs)
  requireSame(await loadCount(pauses(0)), pairs)
  assert.ok(raises.filter((n) => n > 100).length > 7, raises.join())
})

const far = elections(numbers(FIRST, 150), { ...RAISING, times: 1e9 })

test('millions of raises and more: the same', () => {
  const raises = requireSame(code, far)
  assert.ok(raises.filter((n) => n > 1e6).length > 30, raises.join())
})

// ---- exact where doubles are not

test('equal shares: a wrong guess of doubles is found out', async () => {
  const pairs = elections(numbers(FIRST, 200), { rules: ['equalshares'] })
  const nobody = ['shares.ts', 'this.poor[group] = 1\n        need', 'need']
  requireSame(await loadCount(nobody), pairs)
  const unseen = ['shares.ts', 'guessed !== null && this.holds(k, guessed)', 'guessed !== null']
  assert.ok(compare(await loadCount(nobody, unseen), pairs).wrong.length > 0)
})

// ---- files without an election

const zeros = '00'.repeat(32)
const asFile = (q) => ({ ...q, op: 'file-count', lot: q.number % 2 === 0 ? null : q.lot })

/** What `yihu-tally count --json` must print, or the slug of why it does not. */
function countedFile({ definition, count, results }, { bytes, ballots, lot, cast, entitled, withdrawn }) {
  const d = definition.readDefinition(bytes)
  const v = lot === null ? null : hexBytes(lot)
  try {
    const context = { eid: new Uint8Array(), cast, entitled, withdrawn: out(withdrawn) }
    return text(results.countJson(d, ballots.length, v, count.count(d, ballots, v, context)))
  } catch (error) {
    return error.code ?? String(error)
  }
}

test('files without an election, half of them without a lot: the same, and the same ties undecided', () => {
  const requests = elections(numbers(FIRST, 600)).map(({ q }) => asFile(q))
  const answers = ask(requests)
  const mine = requests.map((q) => countedFile(code, q))
  mine.forEach((json, i) =>
    assert.equal(json, text(answers[i].json) ?? answers[i].code, `election ${requests[i].number}`),
  )
  const [ties, byFile] = [
    mine.filter((json) => json === 'tie'),
    mine.filter((json) => json.includes('"ordered_by":"file"')),
  ]
  assert.ok(ties.length > 5 && byFile.length > 3, `${ties.length} ${byFile.length}`)
})

// ---- the vectors, and what cities published

for (const name of ['approval', 'consent'])
  test(`the vectors' election ${name}: the same results`, () => {
    const {
      opened_words: words,
      lot_seed: lot,
      eid,
    } = JSON.parse(readFileSync(join(data, 'vectors', name, 'secrets.json')))
    const bytes = new Uint8Array(readFileSync(join(data, 'vectors', name, 'public/election.pb')))
    const all = words.map((row) => code.digits.digitsOf(code.definition.readDefinition(bytes), row))
    const ballots = all.filter((digits) => digits !== null)
    const void_at = all.flatMap((digits, i) => (digits === null ? [i + 1] : []))
    const q = {
      ...election(0),
      bytes,
      ballots,
      void_at,
      cast: all.length,
      entitled: all.length + 1,
      lot,
      eid,
      opened: true,
    }
    const [answer] = ask([q])
    assert.equal(answer.code, 'ok', answer.words)
    assert.equal(text(counted(code, q).pb), text(answer.pb))
    assert.equal(text(counted(code, q).json), text(answer.json))
    assert.ok(ballots.length > 5 && void_at.length > 0)
  })

/** The strict form with another rule, and without what belongs to others. */
function withRule(bytes, rule) {
  const drop = [
    ...(rule.startsWith('greedy') ? [] : ['threshold', 'min_project_score_threshold']),
    ...(rule.startsWith('equalshares') ? [] : ['comparison', 'eligibility']),
  ]
  const lines = text(bytes)
    .split('\n')
    .filter((line) => !drop.some((key) => line.startsWith(`${key};`)))
  return utf8(lines.map((line) => (line.startsWith('rule;') ? `rule;${rule}` : line)).join('\n'))
}

/** Names that are no rule make way for one. */
const UNNAMED = /^rule;(unknown|greedy-custom)/m

function readFile(path) {
  const [file] = ask([{ op: 'file', bytes: utf8(readFileSync(path, 'utf8').replace(UNNAMED, 'rule;greedy')) }])
  assert.equal(file.code, 'ok', file.words)
  const cast = file.ballots.length + file.void
  return { bytes: file.bytes, ballots: file.ballots, lot: zeros, cast, entitled: 0, withdrawn: [] }
}

for (const name of readdirSync(join(data, 'pb')).filter((file) => file.endsWith('.pb')))
  test(`${name}: the same by every rule`, () => {
    const path = join(data, 'pb', name)
    const file = readFile(path)
    const { kind } = code.definition.readDefinition(file.bytes)
    const unknown = UNNAMED.test(readFileSync(path, 'utf8')) ? ['--rule', 'greedy'] : []
    const printed = execFileSync(process.env.YIHU_TALLY, ['count', path, '--json', '--lot', zeros, ...unknown], {
      maxBuffer: 1 << 28,
    })
    assert.equal(countedFile(code, file), text(printed), 'by its own')
    const rules = RULES.filter(
      (rule) => !['majority', 'greedy-threshold', ...(kind === 'approval' ? [] : ['phragmen'])].includes(rule),
    )
    const requests = rules.map((rule) => ({ ...file, op: 'file-count', bytes: withRule(file.bytes, rule) }))
    ask(requests).forEach((answer, i) =>
      assert.equal(countedFile(code, requests[i]), text(answer.json) ?? answer.words, rules[i]),
    )
  })

// ---- one slip each

/** Does the altered count differ from the C in one of these? */
function differs(code, pairs) {
  return pairs.some(({ q, answer }) => {
    try {
      const mine = counted(code, q)
      return text(mine.pb) !== text(answer.pb) || text(mine.json) !== text(answer.json)
    } catch {
      return true
    }
  })
}

/** With a slip shares could be raised for ever. */
const ENDS = [
  'equal_shares.ts',
  'for (let raises = 0; ; raises++) {',
  "for (let raises = 0, runs = 0; ; raises++) { if (++runs > 3000) throw new Error('endless')",
]

async function seeAll(slips, seen, ...more) {
  const missed = []
  for (const slip of slips) if (!seen(await loadCount(slip, ENDS, ...more))) missed.push(slip.join(' | '))
  assert.deepEqual(missed, [])
}

test(`each of ${COUNT_SLIPS.length} slips in the count is seen`, () => {
  const pairs = [...answered(edges()), ...elections([...RARE, ...numbers(0, 1200)])]
  return seeAll(COUNT_SLIPS, (code) => differs(code, pairs))
})

test(`each of ${STANDING_SLIPS.length} slips in passing over raises is seen`, () => {
  const pairs = [...answered(edges()), ...elections(numbers(0, 200), { ...RAISING, times: 20 })]
  return seeAll(STANDING_SLIPS, (code) => differs(code, [...pairs, ...far]), pauses(0))
})

test(`each of ${DEFINITION_SLIPS.length} slips in the reader of definitions is seen`, () => {
  const all = [...byHand(), ...good(), ...numbers(0, 300).map(broken)]
  const answers = ask(all.map(({ bytes }) => ({ op: 'read', bytes })))
  const wanted = answers.map((a) => [a.code, place(a.words)].join())
  return seeAll(DEFINITION_SLIPS, (code) => all.some(({ bytes }, i) => fault(code, bytes).join() !== wanted[i]))
})

await runTests()
