// SPDX-License-Identifier: Apache-2.0
// The handbook: of src/handbook's Markdown, a page a file and all of a language on one page
// for print. What the window says is quoted by its key and never typed again:
//   {console.step-start}   a button or a heading, as the window has it
//   {=desk.desk-no-letter-1}  the text itself, within a sentence or as a paragraph
//   {step.letters}         what the window calls that step
//   {act.letters} {who.…} {hand.…} {time.…} {final.…}   from the step's card
//   ![what it shows](console_keys-new-key)   a picture of pictures/
// A key or a page that is unknown is an error that names it and the file, and nothing is built.
import MarkdownIt from 'markdown-it'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Of a language: its folder, what the catalogue calls it, and the other one. */
export const LANGUAGES = [
  { dir: 'zh', tag: 'zh-CN', other: 'en' },
  { dir: 'en', tag: 'en', other: 'zh' },
]
export const CSP =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; " +
  "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
const CARD = { act: 'act', who: 'who', hand: 'hand', time: 'time', final: 'final' }

// ---- what the programs say of each step, from their source and their catalogue

const joined = (quoted) => [...quoted.matchAll(/"((?:\\.|[^"\\])*)"/g)].map((m) => JSON.parse(`"${m[1]}"`)).join('')

/** msgid → msgstr. */
function translations(po) {
  const part = /^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)/gm
  return new Map([...po.matchAll(part)].map((m) => [joined(m[1]), joined(m[2])]))
}

/** 'letters' → its words and the fields of its card, in English. */
function stepsOf(cards, table, names) {
  const macros = new Map([...cards.matchAll(/^#define (\w+) N_\((.*)\)$/gm)].map((m) => [m[1], joined(m[2])]))
  const value = (text) => macros.get(text.trim()) ?? joined(text)
  const steps = new Map()
  for (const [, id, fields] of cards.matchAll(/\{\.id = "([^"]+)",([\s\S]*?)\},\n/g)) {
    const card = [...fields.matchAll(/\.(\w+) = (\w+(?=[,}\s]|$)|N_\([\s\S]*?"\)(?=,|\}|\s*$))/g)]
    steps.set(id, new Map(card.map((m) => [m[1], value(m[2])])))
  }
  const idOf = (text) => joined(text) || joined(new RegExp(`#define ${text} (".*")`).exec(names)?.[1] ?? '')
  for (const [, id, words] of table.matchAll(/\{ROW\(([^,]+),[^{]*?\.words =\s*N_\(([\s\S]*?)\)/g))
    steps.get(idOf(id))?.set('step', joined(words))
  return steps
}

/** What may stand in braces, for a language: by its name. */
export async function quotes(sources) {
  const text = (...name) => readFile(join(sources, ...name), 'utf8')
  const steps = stepsOf(await text('step_cards.c'), await text('step_table.c'), await text('step_table.h'))
  const chinese = translations(await text('zh_CN.po'))
  const all = {}
  for (const { dir, tag } of LANGUAGES) {
    const sections = JSON.parse(await text('words', `${tag}.json`))
    const said = (english) => (dir === 'zh' ? chinese.get(english) : english)
    all[dir] = (name) => {
      const [section, key] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)]
      const found =
        section === 'step' || section in CARD ? said(steps.get(key)?.get(section)) : sections[section]?.[key]
      // A value that is known only there: a name, a number.
      return found?.replace(/\{[a-z]+\}/g, '…')
    }
  }
  return all
}

// ---- Markdown

const QUOTE = /^\{(=?)([a-z-]+\.[a-z0-9-]+)\}/

/** Fails with the file's name where a key or a page is not known. */
export function renderer(quote, { pictures, pages, dir, file }) {
  const md = new MarkdownIt({ html: false, typographer: false })
  const fault = (what) => {
    throw new Error(`${file}: ${what}`)
  }
  md.inline.ruler.before('emphasis', 'quote', (state, silent) => {
    const found = QUOTE.exec(state.src.slice(state.pos))
    if (found === null) return false
    const text = quote(found[2]) ?? fault(`{${found[2]}} is not known`)
    if (!silent) {
      const card = found[2].split('.')[0] in CARD
      if (found[1] === '' && !card) {
        const tag = found[2].startsWith('step.') ? 'strong' : 'span'
        state.push('label_open', tag, 1).attrSet('class', tag === 'span' ? 'label' : 'step')
        state.push('text', '', 0).content = text
        state.push('label_close', tag, -1)
      } else state.push('text', '', 0).content = text
    }
    state.pos += found[0].length
    return true
  })
  md.renderer.rules.image = (tokens, i) => {
    const name = `${tokens[i].attrGet('src')}.${dir}.webp`
    // A test holds that it is there; a handbook can be read while it is made anew.
    if (!pictures.has(name)) return ''
    // Read once: the words below it are what it shows.
    const said = md.utils.escapeHtml(tokens[i].content)
    return `<span class="shot"><img src="${name}" alt="" loading="lazy"><span>${said}</span></span>`
  }
  md.core.ruler.push('links', (state) => {
    for (const token of state.tokens.flatMap((t) => t.children ?? []).filter((t) => t.type === 'link_open')) {
      const to = token.attrGet('href')
      if (/^https?:/.test(to)) continue
      if (!pages.has(to)) fault(`there is no page ${to}`)
      token.attrSet('href', `${dir}-${to}.html`)
    }
  })
  return md
}

const titleOf = (text, file) => {
  const found = /^# (.+)\n/.exec(text)
  if (found === null) throw new Error(`${file}: it does not begin with a heading`)
  return found[1]
}

// ---- pages

const document = ({ tag, title, head, body, foot = '', kind }) => `<!doctype html>
<html lang="${tag}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="handbook.css">
<body class="${kind}">
<header>${head}</header>
<main>${body}</main>
${foot}</html>
`
const link = (href, text, lang = '') => `<a href="${href}"${lang && ` lang="${lang}"`}>${text}</a>`
const isCard = (name) => name.startsWith('card-')
const kindOf = (name) => (isCard(name) ? 'card' : 'chapter')

/** Of a language: what stands around each of its pages, and what they are called. */
function frame({ dir, tag, other }, quote) {
  const title = quote[dir]('handbook.handbook-title')
  const otherTag = LANGUAGES.find((l) => l.dir === other).tag
  const head = (to) =>
    `<p class="site">${link(`${dir}.html`, title)}</p>` +
    `<div class="tools">${link(`${other}${to}.html`, quote[other]('language.name'), otherTag)}</div>`
  const to = (page) => link(`${dir}-${page.name}.html`, page.title)
  return { dir, tag, title, head, to, word: (key) => quote[dir](`handbook.${key}`) }
}

/** A page of its own: to the one before and the one after it, too. */
function single(f, page, before, after) {
  const turn = [before && `← ${f.to(before)}`, after && `${f.to(after)} →`].filter(Boolean)
  const foot = `<nav class="turn">${turn.map((t) => `<span>${t}</span>`).join('')}</nav>\n`
  const head = f.head(`-${page.name}`)
  return document({ tag: f.tag, title: page.title, head, body: page.html, foot, kind: kindOf(page.name) })
}

function contents(f, pages) {
  const listed = (of) => `<ul>${of.map((p) => `<li>${f.to(p)}</li>`).join('')}</ul>`
  const body = `<h1>${f.title}</h1><p>${f.word('handbook-for')}</p>
${listed(pages.filter((p) => !isCard(p.name)))}
<h2>${f.word('handbook-cards')}</h2>${listed(pages.filter((p) => isCard(p.name)))}
<p>${link(`${f.dir}-all.html`, f.word('handbook-print'))}</p>`
  return document({ tag: f.tag, title: f.title, head: f.head(''), body, kind: 'contents' })
}

/** All of them, for print: what leads to a page leads to its place on this one. */
function whole(f, pages) {
  const within = (html) => html.replaceAll(/href="(?:zh|en)-([^"]+)\.html"/g, 'href="#$1"')
  const sheets = pages.map((p) => `<article id="${p.name}" class="${kindOf(p.name)}">${within(p.html)}</article>`)
  return document({ tag: f.tag, title: f.title, head: f.head('-all'), body: sheets.join('\n'), kind: 'all' })
}

/** The files of a language, [name, text] each. */
async function edition(language, names, { sources, quote, pictures }) {
  const { dir } = language
  const read = async (name) => {
    const file = `src/handbook/${dir}/${name}.md`
    const text = await readFile(join(sources, dir, `${name}.md`), 'utf8')
    const md = renderer(quote[dir], { pictures, pages: new Set(names), dir, file })
    return { name, title: md.renderInline(titleOf(text, file)).replace(/<[^>]*>/g, ''), html: md.render(text) }
  }
  const pages = await Promise.all(names.map(read))
  const f = frame(language, quote)
  return [
    [`${dir}.html`, contents(f, pages)],
    ...pages.map((page, i) => [`${dir}-${page.name}.html`, single(f, page, pages[i - 1], pages[i + 1])]),
    [`${dir}-all.html`, whole(f, pages)],
  ]
}

/** The whole of it: {name, type, bytes} of every file, beside each other in one folder. */
export async function handbook(sources, css) {
  const pictures = new Set(await readdir(join(sources, 'pictures')).catch(() => []))
  const quote = await quotes(sources)
  const namesOf = async ({ dir }) => (await readdir(join(sources, dir))).map((n) => n.replace(/\.md$/, '')).sort()
  const [names, others] = await Promise.all(LANGUAGES.map(namesOf))
  if (names.join() !== others.join()) throw new Error(`the handbook's pages differ: ${names} | ${others}`)
  const editions = await Promise.all(LANGUAGES.map((l) => edition(l, names, { sources, quote, pictures })))
  const shots = [...pictures].filter((n) => n.endsWith('.webp')).sort()
  const bytesOf = (name) => readFile(join(sources, 'pictures', name))
  return [
    ...editions.flat().map(([name, text]) => ({ name, type: 'text/html; charset=utf-8', bytes: Buffer.from(text) })),
    { name: 'handbook.css', type: 'text/css; charset=utf-8', bytes: Buffer.from(css) },
    ...(await Promise.all(shots.map(async (name) => ({ name, type: 'image/webp', bytes: await bytesOf(name) })))),
  ]
}
