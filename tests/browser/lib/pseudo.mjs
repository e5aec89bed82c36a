// SPDX-License-Identifier: Apache-2.0
// The pages with one more catalogue: the language that tests/words/pseudo.py
// makes, which has no plain letter and runs from right to left.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Device } from './browser.mjs'
import { atEnd } from './tap.mjs'

export const PSEUDO = 'qps'
const [source, web] = [process.env.YIHU_SOURCE, process.env.YIHU_WEB]

/** [{path, type, csp, bytes}], as the daemon has them. */
export function buildPages() {
  const dir = mkdtempSync(join(tmpdir(), 'yihu-pseudo-'))
  atEnd(() => rm(dir, { recursive: true, force: true }))
  const work = join(dir, 'work')
  cpSync(web, work, {
    recursive: true,
    filter: (path) => !path.includes('node_modules') && path !== join(web, 'words'),
  })
  symlinkSync(join(web, 'node_modules'), join(work, 'node_modules'))
  execFileSync(join(source, 'tests/words/pseudo.py'), [source, join(dir, `${PSEUDO}.json`)])
  execFileSync(join(source, 'src/words/words.py'), ['--pages', join(work, 'words'), join(source, 'src/words'), dir])
  execFileSync('node', ['build.mjs', '--folder', join(dir, 'out')], { cwd: work })
  const read = (path) => readFileSync(join(dir, 'out', path === '/' ? 'index' : path))
  return JSON.parse(read('files.json')).map((file) => ({ ...file, bytes: read(file.path) }))
}

/** A device that gets these pages where it asks for the daemon's own, and reads them in that language. */
export async function pseudoDevice(browser, e, pages, options) {
  const device = await Device.open(browser, e.url, { serviceWorkers: 'block', ...options })
  await device.context.addInitScript((l) => {
    if (localStorage.getItem('yihu-language') === null) localStorage.setItem('yihu-language', l)
  }, PSEUDO)
  for (const { path, type, csp, bytes } of pages)
    await device.context.route(
      (url) => url.pathname === path,
      // /results is a page to a reader, and a file of the public folder to an auditor.
      (route) =>
        path.includes('.') || route.request().isNavigationRequest()
          ? route.fulfill({
              body: bytes,
              headers: { 'content-type': type, ...(csp === undefined ? {} : { 'content-security-policy': csp }) },
            })
          : route.fallback(),
    )
  return device
}

/** In the page: texts and labels, but for those that say that they are of another language. */
function texts() {
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest('script, style, noscript, [lang]:not(html)'))
      found.push(walker.currentNode.data)
  for (const element of document.querySelectorAll('body *'))
    for (const name of ['aria-label', 'alt', 'title', 'placeholder'])
      if (element.hasAttribute(name) && !element.closest('[lang]:not(html)')) found.push(element.getAttribute(name))
  return [document.title, ...found]
}

/** What nobody translates: codes, keys, addresses, names of files. */
const DATA = new RegExp(
  [
    '\\b[0-9A-Z]{4}(-[0-9A-Z]{4})+\\b', // codes
    '\\S{40,}',
    '127\\.0\\.0\\.1\\S*|https?://|/verify\\b',
    'PUBLIC_DIR|--eid|yihu-audit\\b',
    '(log/)?\\bat-close\\b|\\b(charter|election\\.pb|register|results\\.(json|pb)|log/checkpoint|log)\\b',
    '\\.tlog-proof\\b|\\b(holder-\\d|p\\d+)\\b',
  ].join('|'),
  'g',
)

/** What was left in Chinese, or in plain letters. */
export const untranslated = async (page) =>
  (await page.evaluate(texts)).filter((text) => /[A-Za-z]{2,}|[\u3400-\u9fff]/.test(text.replace(DATA, '')))
