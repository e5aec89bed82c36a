// SPDX-License-Identifier: Apache-2.0
// The description of the HTTP API and the form of results.json against what else
// says it: the daemon's table, the names of public files, the table of errors,
// API.md, RESULTS.md, and results that the C writes.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runTests, test } from '../browser/lib/tap.mjs'
import { edges, election } from '../verify/lib/elections.mjs'
import { ask } from '../verify/lib/oracle.mjs'
import { Description, folder } from './described.mjs'

const source = (path) => readFileSync(join(process.env.YIHU_SOURCE, path), 'utf8')
const description = new Description()
const paths = Object.keys(description.api.paths)
const words = (text) => [...text.matchAll(/`([^`]+)`/g)].map((m) => m[1])
const sorted = (list) => [...new Set(list)].sort()

// ---- the daemon's table

/** Rows of countd/routes.c: a path that ends in '/' is all that is below it. */
function routes() {
  const table = source('src/countd/routes.c').match(/routes\[\] = \{\n([^]*?)\n\};/)[1]
  const rows = [...table.matchAll(/\{"([A-Z]+)", "([^"]+)", .*?\}/g)].map(([, method, path]) => ({ method, path }))
  assert.equal(rows.length, table.trim().split('\n').length, 'each line of the table is read')
  return rows
}
const isOf = (row, path) => (row.path.endsWith('/') ? path.startsWith(row.path) : path === row.path)

/** Of a page: its bytes are built in. */
const pages = () =>
  [...readFileSync(process.env.YIHU_PAGES, 'utf8').matchAll(/^\t\{"([^"]+)", "[a-z]+\//gm)].map((m) => m[1])

const names = () =>
  JSON.parse(execFileSync(process.env.YIHU_NAMES_TABLE, { encoding: 'utf8' })).rows.map((r) => r.pattern)

test('each row of the daemon’s table is described, with its method', () => {
  for (const row of routes()) {
    const described = description.operations.filter((o) => isOf(row, o.path))
    assert.ok(described.length > 0, `${row.path} is not described`)
    assert.deepEqual(sorted(described.map((o) => o.method.toUpperCase())), [row.method], row.path)
  }
})

test('each public file and each page is described', () => {
  for (const pattern of names()) {
    const path = `/${pattern
      .replace('#', '1')
      .replace('tile/*', 'tile/0/000')
      .replace('img/*', `img/${'0'.repeat(64)}`)}`
    assert.equal(description.callsAt(path.replace('*', 'a.html'))[0]?.method, 'get', `${path} is not described`)
  }
  assert.ok(pages().length > 6)
  for (const path of pages()) assert.equal(description.callsAt(path)[0]?.method, 'get', `${path} is not described`)
})

test('nothing is described that the daemon does not have', () => {
  const files = names().map((pattern) => `/${pattern.split(/[#*]/)[0]}`)
  const there = (path) => files.some((file) => (file.endsWith('/') ? path.startsWith(file) : path === file))
  const built = pages()
  for (const path of paths) {
    const known = routes().some((row) => isOf(row, path)) || there(path) || built.some((page) => page === path)
    const kind = /^(\/\w+\/)\{\w+\}$/.exec(path)?.[1]
    assert.ok(known || (kind !== undefined && built.some((p) => p.startsWith(kind))), `${path} is nowhere`)
  }
})

// ---- errors

/** Slugs of include/yihu/error.h. */
const slugs = () => [...source('include/yihu/error.h').matchAll(/^\tX\(\w+, "([^"]+)"/gm)].map((m) => m[1])

test('the errors are those of include/yihu/error.h', () => {
  const known = slugs().filter((slug) => slug !== 'ok')
  assert.deepEqual(description.api.components.schemas.Slug.enum, known)
  for (const call of description.operations)
    for (const status of Object.keys(call.is.responses).filter((s) => s >= '400' && s !== '408'))
      for (const slug of description.errorsOf(call, status) ?? [])
        assert.ok(known.includes(slug), `${call.id} ${status}: ${slug}`)
})

// ---- API.md

const prose = source('src/countd/API.md')
const section = (title) => prose.split(/^###? /m).find((part) => part.startsWith(title))

/** The slugs that a section's table has for a status. */
const tabled = (text, status) =>
  sorted(
    [...text.matchAll(/^\| ([\d, ]+) \| (.*?) \|/gm)]
      .filter(([, statuses]) => statuses.split(', ').includes(status))
      .flatMap(([, , cells]) => words(cells)),
  )

for (const [title, path] of [
  ['POST /api/ballot', '/api/ballot'],
  ['POST /api/entry', '/api/entry'],
  ['POST /api/public/NAME', '/api/public/results'],
])
  test(`API.md has the errors of ${path} as they are described`, () => {
    const call = description.callsAt(path)[0]
    for (const status of ['400', '403', '404', '409']) {
      const told = tabled(section(title), status)
      const described = call.is.responses[status] === undefined ? [] : description.errorsOf(call, status)
      if (described !== null) assert.deepEqual(told, described, status)
    }
  })

test('API.md has what every 503 can say', () => {
  const told = words(prose.match(/^- 503 always [^]*?\n(?=- )/m)[0]).filter((word) => slugs().includes(word))
  const described = description.operations.flatMap((call) => description.errorsOf(call, '503'))
  assert.deepEqual(sorted(told), sorted(described))
})

test('API.md names the fields of the figures, and the stages', () => {
  for (const [call, schema] of [
    ['state', 'State'],
    ['turnout', 'Turnout'],
    ['credential/N', 'Credential'],
  ]) {
    const row = prose.match(new RegExp(`^\\| \`GET /api/${call}\` \\|.*$`, 'm'))[0]
    const { properties } = description.api.components.schemas[schema]
    for (const key of Object.keys(properties)) assert.ok(words(row).includes(key), `${call}: ${key}`)
    if (schema === 'State') assert.equal(row.match(/`state` \(([^)]+)\)/)[1], properties.state.enum.join(', '))
  }
})

test('the description is of this version', () => {
  assert.equal(description.api.info.version, source('meson.build').match(/version: '([^']+)'/)[1])
})

// ---- results.json

const page = source('src/count/RESULTS.md')
/** The tables of RESULTS.md, by heading: rows of their cells. */
const table = (heading) =>
  [
    ...page
      .split(new RegExp(`^##+ ${heading}\n`, 'm'))[1]
      .split(/^#/m)[0]
      .matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm),
  ].map(([, key, type]) => ({ key, type }))
const TABLES = {
  quorum: 'quorum',
  'support of the file': 'supportRule',
  withdrawn: 'withdrawn',
  project: 'project',
  'support of a project': 'support',
  tie: 'tie',
  trace: 'trace',
  round: 'round',
  left: 'left',
  comparison: 'comparison',
}
const takesNull = (schema) =>
  schema.anyOf?.some((s) => s.type === 'null') ?? schema.enum?.includes(null) ?? schema.type === 'null'

function sameKeys(rows, { properties }, more = []) {
  assert.deepEqual(
    Object.keys(properties).filter((key) => !more.includes(key)),
    rows.map((row) => row.key),
  )
  for (const { key, type } of rows)
    assert.equal(Boolean(takesNull(properties[key])), /\bnull\b/.test(type), `may ${key} be null?`)
}

test('RESULTS.md has the keys of the form, in their order, and says where there may be null', () => {
  sameKeys(table('The file'), description.results, ['withdrawn', 'trace'])
  for (const [heading, name] of Object.entries(TABLES)) sameKeys(table(heading), description.results.$defs[name])
})

test('RESULTS.md has the words of the form', () => {
  const { properties, $defs } = description.results
  const line = (key) => words(page.match(new RegExp(`^\`${key}\`: (.*)$`, 'm'))[1])
  assert.deepEqual(line('ballot'), properties.ballot.enum)
  assert.deepEqual(line('rule'), properties.rule.enum)
  const verdicts = [...page.match(/^\| verdict \|[^]*?\n\n/m)[0].matchAll(/^\| `([a-z-]+)` \|/gm)].map((m) => m[1])
  assert.deepEqual(verdicts, $defs.project.properties.verdict.enum.filter(Boolean))
})

test('the example of RESULTS.md is of the form', () => {
  const [, example] = page.match(/^## Example[^]*?```\n([^]*?)```/m)
  description.requireResults(example)
})

const ELECTIONS = 400
test(`the results of ${ELECTIONS} random elections are of the form, as the C writes them`, () => {
  const all = [...edges(), ...Array.from({ length: ELECTIONS }, (_, i) => election(i))]
  const rules = new Set()
  for (const { json } of ask(all.map((q) => ({ ...q, bytes: new TextEncoder().encode(q.text) })))) {
    const text = Buffer.from(json).toString()
    description.requireResults(text)
    rules.add(JSON.parse(text).rule)
  }
  assert.deepEqual(sorted(rules), sorted(description.results.properties.rule.enum))
})

test('a field more, one less, and one of another type are seen', () => {
  const [answer] = ask([edges()[0]].map((q) => ({ ...q, bytes: new TextEncoder().encode(q.text) })))
  const good = JSON.parse(Buffer.from(answer.json).toString())
  const wrong = [
    { ...good, more: 1 },
    { ...good, budget: '5' },
    { ...good, projects: good.projects.map((p) => ({ ...p, more: 1 })) },
    { ...good, withdrawn: [] },
    { ...good, trace: undefined },
  ]
  for (const one of wrong) assert.throws(() => description.requireResults(JSON.stringify(one)), /results.json/)
})

await runTests()
