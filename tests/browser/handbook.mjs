// SPDX-License-Identifier: Apache-2.0
// The handbook: both languages have the same pages, whatever they quote is there, every way
// leads somewhere, it is fit for everyone, and it prints as it is meant to.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { assertNoFaults, device, enter, home, page, w } from './lib/console.mjs'
import { shownIn, SOURCES } from './lib/handbook.mjs'
import { axe } from './lib/inspect.mjs'
import { runTests, test } from './lib/tap.mjs'
import { catalogue } from './lib/words.mjs'

const exec = promisify(execFile)
const { quotes, renderer } = await import(join(process.env.YIHU_WEB, 'handbook.mjs'))
const LANGUAGES = ['zh', 'en']
const PICTURES_BYTES = 1.5e6
const pagesOf = async (language) => (await readdir(join(SOURCES, language))).sort()

test('twelve pages and four cards, the same in both languages, with the same pictures', async () => {
  const names = await pagesOf('zh')
  assert.deepEqual(await pagesOf('en'), names)
  assert.equal(names.filter((n) => /^\d\d-/.test(n)).length, 12)
  assert.deepEqual(
    names.filter((n) => !/^\d\d-/.test(n)),
    ['auditor', 'clerk', 'desk', 'holder'].map((n) => `card-${n}.md`),
  )
  assert.deepEqual(shownIn('en'), shownIn('zh'))
})

test('every picture is there in both languages, none is left over, and all are small', async () => {
  const wanted = shownIn('zh').flatMap((name) => [`${name}.en.webp`, `${name}.txt`, `${name}.zh.webp`])
  const there = (await readdir(join(SOURCES, 'pictures'))).sort()
  assert.deepEqual(there, wanted.sort(), 'tools/handbook --pictures')
  const sizes = await Promise.all(there.map(async (name) => (await stat(join(SOURCES, 'pictures', name))).size))
  assert.ok(sizes.reduce((sum, n) => sum + n, 0) < PICTURES_BYTES)
})

test('a text, a step or a page that is not there is refused by name', async () => {
  const quote = await quotes(join(process.env.YIHU_WEB, 'handbook'))
  const md = renderer(quote.en, { pictures: new Set(), pages: new Set(['01-begin']), dir: 'en', file: 'FILE' })
  for (const [text, wanted] of [
    ['{console.nonesuch}', 'FILE: {console.nonesuch} is not known'],
    ['{=nonesuch.new}', 'FILE: {nonesuch.new} is not known'],
    ['{act.nonesuch}', 'FILE: {act.nonesuch} is not known'],
    ['[x](99-none)', 'FILE: there is no page 99-none'],
  ])
    assert.throws(() => md.render(text), { message: wanted })
  assert.match(md.render('[x](01-begin) {console.new} {act.close}'), /en-01-begin\.html.*Begin an election.*count desk/)
})

test('whatever can go wrong in the window has its place under 出了事', async () => {
  const troubles = Object.keys(catalogue('zh-CN')['console-rehearse']).filter((key) => /^trouble-\w+-first$/.test(key))
  assert.ok(troubles.length > 10)
  for (const language of LANGUAGES) {
    const text = await readFile(join(SOURCES, language, '12-trouble.md'), 'utf8')
    for (const key of troubles) assert.ok(text.includes(`{=console-rehearse.${key}}`), key)
  }
})

test('a click away from the window; every link and every picture leads somewhere', async () => {
  await enter()
  const [book] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: '手册', exact: true }).click(),
  ])
  await book.waitForLoadState()
  assert.equal(await book.locator('h1').innerText(), '一户手册')
  const seen = new Set()
  const at = async (url) => {
    if (seen.has(url)) return
    seen.add(url)
    const answer = await fetch(url)
    assert.equal(answer.status, 200, url)
    if (!answer.headers.get('content-type').startsWith('text/html')) return
    const html = await answer.text()
    const ways = [...html.matchAll(/ (?:href|src)="([^"#]+)(#[^"]*)?"/g)].map((m) => m[1])
    for (const way of ways.filter((to) => !to.startsWith('data:'))) await at(new URL(way, url).href)
    for (const [, place] of html.matchAll(/ href="#([^"]+)"/g)) assert.ok(html.includes(`id="${place}"`), place)
  }
  await at(book.url())
  assert.equal([...seen].filter((url) => /\.html$/.test(url)).length, 2 * (2 + 16))
  for (const name of ['zh-02-new', 'en-09-desk', 'zh-card-auditor']) {
    await book.goto(`${w.url}handbook/${name}.html`)
    await axe(book)
    const wide = await book.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(wide <= 0, `${name}: ${wide} px too wide`)
  }
  await book.close()
  assertNoFaults()
})

test('for print: A4, both languages, a card and the desk’s page one side each', async () => {
  for (const language of LANGUAGES) {
    const print = await device.context.newPage()
    await print.goto(`${w.url}handbook/${language}-all.html`)
    const file = join(home, `${language}.pdf`)
    await writeFile(file, await print.pdf({ preferCSSPageSize: true }))
    const titles = await print
      .locator('article')
      .evaluateAll((all) => all.map((a) => [a.id, a.querySelector('h1').innerText]))
    await print.close()
    assert.match((await exec('pdfinfo', [file])).stdout, /Page size: .*A4/)
    const sheets = (await exec('pdftotext', [file, '-'])).stdout.split('\f').slice(0, -1)
    // A part of a page may be called as a later page is.
    let at = -1
    const first = titles.map(([, title]) => (at = sheets.findIndex((sheet, i) => i > at && sheet.startsWith(title))))
    assert.ok(!first.includes(-1), `${titles}: ${first}`)
    titles.forEach(([id], i) => {
      if (!/^card-|-desk$/.test(id)) return
      assert.equal((first[i + 1] ?? sheets.length) - first[i], 1, `${language}, ${id}: sides`)
    })
    assert.ok(sheets.length <= 34, `${sheets.length} sides`)
  }
})

await runTests()
