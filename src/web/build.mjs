// SPDX-License-Identifier: Apache-2.0
// Builds the pages and writes them as one C file for the daemon; and beside it
// board, verify and the handbook as files, for a copy of the public folder on any web host.
// usage: node build.mjs OUT.c | node build.mjs --folder OUT | node build.mjs (their sizes)
import { build } from 'esbuild'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as book from './handbook.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const [, , out, folder] = process.argv

/** Each page: its path, its script, its title until the script has one. */
const pages = [
  { path: '/v', script: 'v', policy: 'page' },
  { path: '/check', script: 'check', policy: 'page' },
  { path: '/board', script: 'board', policy: 'page' },
  { path: '/', script: 'front', policy: 'page' },
  { path: '/results', script: 'results', policy: 'page' },
  { path: '/station', script: 'station', policy: 'camera' },
]

/** At the root: a worker has power over what lies beside it and below. */
const DESK_WORKER = 'station-worker'

const wasm = join(here, 'node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')

/** Before any script of ours has run: in every language, the first one's first. */
const boot = JSON.parse(await readFile(join(here, 'words/boot.json'), 'utf8'))
const FIRST = Object.keys(boot)[0]
const OLD_BROWSER = Object.values(boot)
  .map((texts) => texts['old-browser'])
  .join(' ')

/** A page until its script draws: what stands in its head and behind its place. */
const document = ({ policy = '', head, scripts }) => `<!doctype html>
<html lang="${FIRST}">
<meta charset="utf-8">
${policy}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>一户</title>
<link rel="icon" href="data:,">
${head}
<body><main><p>……</p><noscript>${OLD_BROWSER}</noscript></main>
${scripts}
</html>
`

// Paths are relative, so that a plain copy on any web host works too.
const html = (page) =>
  document({
    head: '<link rel="stylesheet" href="assets/style.css">',
    scripts: `<script src="assets/old.js"></script>
<script type="module" src="assets/${page.script}.js"></script>`,
  })

// A page in one file: its scripts and styles are allowed by their hashes.
const inline = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const withinIt = (script) => `<script>${OLD_SCRIPT}</script>
<script type="module">${script}</script>`
const sourcesOf = (script, style, more = '') =>
  `script-src ${inline(OLD_SCRIPT)} ${inline(script)}${more}; style-src ${inline(style)}`

// Verifying works from a single file too, saved on a computer: everything is in
// it, the worker as text.
const VERIFY_COMMON = "default-src 'none'; worker-src blob:; img-src data:; form-action 'none'; base-uri 'none'"

function verifyPage({ script, worker, style }) {
  const sources = sourcesOf(script, style, " 'wasm-unsafe-eval'")
  const saved = `${VERIFY_COMMON}; connect-src http: https:; ${sources}`
  const page = document({
    policy: `<meta http-equiv="Content-Security-Policy" content="${saved}">\n`,
    head: `<style>${style}</style>
<script type="text/plain" id="worker">${worker}</script>`,
    scripts: withinIt(script),
  })
  return { page, csp: `${VERIFY_COMMON}; connect-src 'self'; frame-ancestors 'none'; ${sources}` }
}

// The committee's window is one file, too, but for what reads codes before the camera.
function consolePage(script, style) {
  const common = "default-src 'none'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
  const page = document({ head: `<style>${style}</style>`, scripts: withinIt(script) })
  const sources = sourcesOf(script, style, " 'wasm-unsafe-eval'")
  return { page, csp: `${common}; connect-src 'self'; media-src 'self' blob:; ${sources}` }
}

// ES5, for every browser: when the page's script has drawn nothing by the end
// of loading (no modules, no BigInt, a file that did not arrive), say so.
const OLD_SCRIPT = [
  "window.onload=function(){var m=document.getElementsByTagName('main')[0];",
  "if(!m.id){while(m.firstChild)m.removeChild(m.firstChild);var p=document.createElement('p');",
  `p.appendChild(document.createTextNode(${JSON.stringify(OLD_BROWSER)}));m.appendChild(p)}};`,
].join('')

// What lies beside the committee's page lies beside its address.
const BESIDE = { 'import.meta.url': 'document.baseURI' }

const bundle = (entryPoints, format, define = {}) =>
  build({
    absWorkingDir: here,
    entryPoints,
    outdir: 'out',
    bundle: true,
    minify: true,
    charset: 'utf8',
    format,
    define,
    target: ['es2020', 'chrome86', 'safari14', 'firefox90'],
    legalComments: 'none',
    write: false,
  })
const stylesheet = async (name) => {
  const built = await build({
    absWorkingDir: here,
    entryPoints: [`pages/${name}.css`],
    minify: true,
    write: false,
    outdir: 'out',
    target: ['chrome86', 'safari14'],
  })
  return built.outputFiles[0].text
}
const bundled = await bundle([...pages.map((p) => `pages/${p.script}.ts`), `pages/${DESK_WORKER}.ts`], 'esm')
const style = (await stylesheet('style')) + (await stylesheet('vote'))
const [consoleScript] = (await bundle(['pages/console.ts'], 'iife', BESIDE)).outputFiles.map((f) => f.text)
const console_ = consolePage(consoleScript, style + (await stylesheet('console')))
const [verifyScript, verifyWorker] = (
  await bundle(['pages/verify.ts', 'pages/verify_worker.ts'], 'iife')
).outputFiles.map((f) => f.text)
const verify = verifyPage({ script: verifyScript, worker: verifyWorker, style: style + (await stylesheet('verify')) })

const handbook = await book.handbook(join(here, 'handbook'), style + (await stylesheet('handbook')))
const files = [
  ...pages.map((p) => ({
    path: p.path,
    type: 'text/html; charset=utf-8',
    policy: p.policy,
    bytes: Buffer.from(html(p)),
  })),
  ...bundled.outputFiles.map((f) => ({
    path: `${f.path.endsWith(`/${DESK_WORKER}.js`) ? '' : '/assets'}/${f.path.split('/').pop()}`,
    type: 'text/javascript; charset=utf-8',
    policy: 'page',
    bytes: Buffer.from(f.contents),
  })),
  { path: '/assets/style.css', type: 'text/css; charset=utf-8', policy: 'page', bytes: Buffer.from(style) },
  {
    path: '/verify',
    type: 'text/html; charset=utf-8',
    policy: 'page',
    csp: verify.csp,
    bytes: Buffer.from(verify.page),
  },
  { path: '/assets/old.js', type: 'text/javascript; charset=utf-8', policy: 'page', bytes: Buffer.from(OLD_SCRIPT) },
  { path: '/assets/zxing_reader.wasm', type: 'application/wasm', policy: 'page', bytes: await readFile(wasm) },
  ...handbook.map(({ name, type, bytes }) => ({
    path: `/handbook/${name}`,
    type,
    policy: 'page',
    csp: book.CSP,
    bytes,
  })),
]

const array = (name, bytes) => {
  const rows = []
  for (let i = 0; i < bytes.length; i += 20) rows.push(`\t${[...bytes.subarray(i, i + 20)].join(', ')},`)
  return `static const unsigned char ${name}[] = {\n${rows.join('\n')}\n};\n`
}

let c = '/* Made by src/web/build.mjs. */\n#include "countd/built_pages.h"\n\n'
const rows = files.map((f, i) => {
  const smaller = !f.type.startsWith('image/')
  c += array(`plain_${i}`, f.bytes) + (smaller ? array(`gzip_${i}`, gzipSync(f.bytes, { level: 9 })) : '')
  const csp = f.csp === undefined ? 'NULL' : JSON.stringify(f.csp)
  const tag = createHash('sha256').update(f.bytes).digest('hex').slice(0, 24)
  const gzip = smaller ? `gzip_${i}, sizeof gzip_${i}` : 'NULL, 0'
  const bytes = `"\\"${tag}\\"", plain_${i}, sizeof plain_${i}, ${gzip}`
  return `\t{"${f.path}", "${f.type}", PAGE_${f.policy.toUpperCase()}, ${csp}, ${bytes}},\n`
})
c += `\nconst struct built_page pages[] = {\n${rows.join('')}};\nconst size_t n_pages = ${files.length};\n`
if (out === undefined)
  for (const f of files) console.log(`${f.path} ${f.bytes.length} ${gzipSync(f.bytes, { level: 9 }).length}`)
else if (folder !== undefined) await writeFolder()
else await writeAll()

/** Every file at its path, and files.json: what the daemon would say of each. */
async function writeFolder() {
  for (const f of files) {
    const path = join(folder, f.path === '/' ? 'index' : f.path)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, f.bytes)
  }
  const said = files.map(({ path, type, csp }) => ({ path, type, csp }))
  await writeFile(join(folder, 'files.json'), JSON.stringify(said))
}

/** The handbook, as the window has it. */
function consoleBook() {
  const row = (f, i) => `\t{"/handbook/${f.name}", "${f.type}", book_${i}, sizeof book_${i}},\n`
  return (
    handbook.map((f, i) => array(`book_${i}`, f.bytes)).join('') +
    `const struct console_file console_handbook[] = {\n${handbook.map(row).join('')}};\n` +
    `const size_t console_handbook_n = ${handbook.length};\n` +
    `const char console_handbook_csp[] = ${JSON.stringify(book.CSP)};\n`
  )
}

async function writeAll() {
  const beside = join(dirname(out), 'handbook')
  await rm(beside, { recursive: true, force: true })
  await mkdir(beside)
  for (const f of handbook) await writeFile(join(beside, f.name), f.bytes)
  await writeFile(out, c)
  await writeFile(
    join(dirname(out), 'console.c'),
    '/* Made by src/web/build.mjs. */\n#include "console/built_console.h"\n\n' +
      array('page', Buffer.from(console_.page)).replace('static ', '').replace(' page[]', ' console_page[]') +
      array('scanner', await readFile(wasm))
        .replace('static ', '')
        .replace(' scanner[]', ' console_scanner[]') +
      `\nconst size_t console_page_len = sizeof console_page, console_scanner_len = sizeof console_scanner;\n` +
      `const char console_csp[] = ${JSON.stringify(console_.csp)};\n` +
      consoleBook(),
  )
  for (const path of ['/board', '/verify', '/assets/board.js', '/assets/style.css', '/assets/old.js']) {
    const name = path.split('/').pop() + (path.startsWith('/assets/') ? '' : '.html')
    await writeFile(join(dirname(out), name), files.find((f) => f.path === path).bytes)
  }
}
