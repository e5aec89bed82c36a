// SPDX-License-Identifier: Apache-2.0
// What the window keeps of an election that is prepared: through failures, and from an
// earlier one.
import assert from 'node:assert/strict'
import { runTests, test } from '../browser/lib/tap.mjs'
import { load } from '../verify/lib/bundle.mjs'

globalThis.navigator ??= { languages: ['en'] }
globalThis.sessionStorage = { getItem: () => 'token' }
const { draft, like_fill } = await load('console', ['draft', 'like_fill'])

/** What the program is asked, by name; `answers` says how it fails. */
let asked = []
let answers = {}
globalThis.fetch = async (path, init) => {
  const name = path.replace('/api/', '')
  const fails = answers[name] ?? answers.all
  if (fails === 'gone') throw new TypeError('no connection')
  asked.push([name, JSON.parse(init.body)])
  return fails ? Response.json({ message: fails }, { status: 409 }) : Response.json({ path: `/kept/${name}` })
}
const names = () => asked.map(([name]) => name)

function fresh() {
  asked = []
  answers = {}
  return new draft.Desk(draft.fresh(), '/kept', [])
}

test('a table that could not be saved is saved with the next change of anything', async () => {
  const desk = fresh()
  desk.type('projects')
  desk.draft.projects.rows[0][0] = 'Lamps'
  answers = { 'draft-table': 'the disk is full' }
  await desk.flush()
  assert.equal(desk.problem, 'the disk is full')
  answers = {}
  asked = []
  desk.changed()
  await desk.flush()
  assert.equal(desk.problem, '')
  assert.deepEqual(names(), ['draft-table', 'draft-keep', 'draft-look'])
  assert.equal(asked[0][1].rows[1][0], 'Lamps')
})

test('after a lost connection it is said, and all is saved once there is one', async () => {
  const desk = fresh()
  let seen = 0
  desk.seen = () => seen++
  desk.answer({ id: 'text-hA2-aaaaaa-00000001', text: '101' })
  answers = { all: 'gone' }
  await assert.rejects(desk.flush())
  assert.notEqual(desk.problem, '')
  assert.equal(seen, 1)
  answers = {}
  desk.changed()
  await desk.flush()
  assert.equal(desk.problem, '')
  assert.deepEqual(names(), ['draft-answers', 'draft-keep', 'draft-look'])
})

const LISTS = { projects: [['name', 'cost']], households: [['household']], unsaid: [], added: 0 }

test('like an earlier one: a number of projects and a sum both bound a ballot', () => {
  const desk = fresh()
  desk.draft.options.turnout = '1/2' // of what was typed before
  like_fill.fillLike(desk, { ...LISTS, options: { 'choose-up-to': '3', 'choose-within': '300000', title: 'Park' } })
  const options = desk.options()
  assert.equal(options['choose-up-to'], '3')
  assert.equal(options['choose-within'], '300000')
  assert.equal(options.title, 'Park')
  assert.ok(!('turnout' in options))
})

test('a sum alone, and the budget where none is said', () => {
  const desk = fresh()
  like_fill.fillLike(desk, { ...LISTS, options: { 'choose-within': '300000' } })
  assert.equal(desk.options()['choose-within'], '300000')
  desk.draft.options['choose-within'] = ''
  assert.equal(desk.options()['choose-within'], 'budget')
})

await runTests()
