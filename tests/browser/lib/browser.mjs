// SPDX-License-Identifier: Apache-2.0
// Chromium, and a watch over what a page does that it must not: requests to
// elsewhere, words on the console, policy violations, the letter's secret
// anywhere but in memory.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { formsOf } from './secrets.mjs'
import { atEnd } from './tap.mjs'

const require = createRequire(join(process.env.YIHU_BROWSER, 'packages.js'))
const { chromium } = require('playwright-core')
/** No name means anything: what works here works with no network at all. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1280, height: 800 }
export const SMALL = { width: 320, height: 640 }
export const axeSource = () => require('axe-core').source

export async function launch(args = []) {
  const executablePath = process.env.YIHU_HEADLESS ?? process.env.YIHU_CHROMIUM
  const browser = await chromium.launch({ executablePath, args: [...ARGS, ...args] })
  atEnd(() => browser.close())
  return browser
}

/** A browser whose profile lies in a folder, as on a computer of one's own. */
export async function launchIn(folder, options = {}) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.YIHU_CHROMIUM,
    args: ARGS,
    locale: 'zh-CN',
    ...options,
  })
  atEnd(() => context.close())
  return context
}

/** A refusal or a dead line is told on the console by the browser itself. */
const NETWORK = /^Failed to load resource/
/** That this file is not there is its answer: the election was not called off by a note. */
const NO_NOTE = /status of 404 .* \S+\/cancelled$/

/** A fresh context of one device. `origin`: the only place it may ask. */
export class Device {
  static async open(browser, origin, { locale = 'zh-CN', viewport = PHONE, ...more } = {}) {
    return Device.around(await browser.newContext({ locale, viewport, acceptDownloads: true, ...more }), origin)
  }
  static async around(context, origin) {
    const d = new Device()
    d.origin = origin
    d.requests = []
    d.faults = []
    d.network = []
    d.secrets = new Set()
    d.context = context
    d.context.setDefaultTimeout(180000) // a busy computer takes its time
    await d.context.exposeBinding('yihuViolation', (_, what) => d.faults.push(`policy: ${what}`))
    await d.context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', (e) =>
        window.yihuViolation(`${e.violatedDirective} ${e.blockedURI}`),
      ),
    )
    d.context.on('request', (r) => d.requests.push(r))
    d.context.on('weberror', (e) => d.faults.push(`error: ${e.error()}`))
    d.context.on('console', (m) =>
      (NETWORK.test(m.text()) ? d.network : d.faults).push(`${m.type()}: ${m.text()} ${m.location().url}`.trimEnd()),
    )
    return d
  }

  /** A tab; url may be a letter's address: its fragment is secret from then on. */
  async go(url, page = null) {
    const tab = page ?? (await this.context.newPage())
    const [address, fragment] = url.split('#')
    for (const form of formsOf(fragment)) this.secrets.add(form)
    await tab.goto(fragment === undefined ? address : `${address}#${fragment}`)
    return tab
  }

  /** Nothing that must not be. `quiet`: no failed request is expected either. */
  async assertClean({ quiet = true } = {}) {
    assert.deepEqual(this.faults, [])
    if (quiet)
      assert.deepEqual(
        this.network.filter((line) => !NO_NOTE.test(line)),
        [],
      )
    for (const r of this.requests) {
      const url = r.url()
      assert.ok(
        url.startsWith(`${this.origin}/`) || url.startsWith('data:') || url.startsWith(`blob:${this.origin}/`),
        `asked elsewhere: ${url}`,
      )
    }
    await this.assertNowhere()
  }

  /** No secret was sent anywhere, or is kept by a page. All is gathered once: secrets are many. */
  async assertNowhere() {
    if (this.secrets.size === 0) return
    const texts = this.requests.map((r) => {
      // The browser's own navigation has the fragment; it is not sent.
      const sent = r.isNavigationRequest() ? r.url().split('#')[0] : r.url()
      const body = r.postDataBuffer()?.toString('latin1') ?? ''
      return { told: `sent to ${sent}`, text: [sent, body, JSON.stringify(r.headers())].join('\n') }
    })
    for (const page of this.context.pages())
      texts.push({ told: `kept by ${page.url()}`, text: await page.evaluate(kept) })
    for (const secret of this.secrets)
      for (const { told, text } of texts) assert.ok(!text.includes(secret), `the secret is ${told}`)
  }

  close() {
    return this.context.close()
  }
}

/** All that a page and its origin keep and show, as text: run in the page. */
async function kept() {
  const latin = (bytes) => Array.from(bytes, (v) => String.fromCharCode(v)).join('')
  const plain = (v) => JSON.stringify(v, (_, value) => (value instanceof Uint8Array ? latin(value) : value))
  const result = (request) =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result)
      request.onerror = () => fail(request.error)
    })
  const texts = [
    plain([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      history.state,
      location.href,
      document.referrer,
      window.name,
      performance
        .getEntries()
        .map((e) => e.name)
        .filter((n) => !n.startsWith(location.origin + '/v')),
      document.documentElement.outerHTML,
    ]),
  ]
  for (const { name } of await indexedDB.databases()) {
    const database = await result(indexedDB.open(name))
    for (const store of database.objectStoreNames)
      texts.push(plain(await result(database.transaction(store).objectStore(store).getAll())))
    database.close()
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) texts.push(request.url, await (await cache.match(request)).text())
  }
  return texts.join('\n')
}
