// SPDX-License-Identifier: Apache-2.0
// Chromium, and a watch over what a page does that it must not: requests to
// elsewhere, words on the console, policy violations, the letter's secret
// anywhere but in memory.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { atEnd } from './tap.mjs'

const require = createRequire(join(process.env.YIHU_BROWSER, 'packages.js'))
const { chromium } = require('playwright-core')
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1280, height: 800 }
export const SMALL = { width: 320, height: 640 }
export const axeSource = () => require('axe-core').source

export async function launch(args = []) {
  const browser = await chromium.launch({ executablePath: process.env.YIHU_CHROMIUM, args: [...ARGS, ...args] })
  atEnd(() => browser.close())
  return browser
}

/** A refusal or a dead line is told on the console by the browser itself. */
const NETWORK = /^Failed to load resource/

/** A fresh context of one device. `origin`: the only place it may ask. */
export class Device {
  static async open(browser, origin, { locale = 'zh-CN', viewport = PHONE, ...more } = {}) {
    const d = new Device()
    d.origin = origin
    d.requests = []
    d.faults = []
    d.network = []
    d.secrets = new Set()
    d.context = await browser.newContext({ locale, viewport, acceptDownloads: true, ...more })
    d.context.setDefaultTimeout(20000)
    await d.context.exposeBinding('yihuViolation', (_, what) => d.faults.push(`policy: ${what}`))
    await d.context.addInitScript(() => document.addEventListener('securitypolicyviolation', (e) => window.yihuViolation(`${e.violatedDirective} ${e.blockedURI}`)))
    d.context.on('request', (r) => d.requests.push(r))
    d.context.on('weberror', (e) => d.faults.push(`error: ${e.error()}`))
    d.context.on('console', (m) => (NETWORK.test(m.text()) ? d.network : d.faults).push(`${m.type()}: ${m.text()}`))
    return d
  }

  /** A tab; url may be a letter's address: its fragment is secret from then on. */
  async go(url, page = null) {
    const tab = page ?? await this.context.newPage()
    const [address, fragment] = url.split('#')
    if (/^1\d{203}$/.test(fragment ?? '')) this.secrets.add(fragment)
    await tab.goto(fragment === undefined ? address : `${address}#${fragment}`)
    return tab
  }

  /** Nothing that must not be. `quiet`: no failed request is expected either. */
  async assertClean({ quiet = true } = {}) {
    assert.deepEqual(this.faults, [])
    if (quiet) assert.deepEqual(this.network, [])
    for (const r of this.requests) {
      const url = r.url()
      assert.ok(url.startsWith(`${this.origin}/`) || url.startsWith('data:') || url.startsWith(`blob:${this.origin}/`), `asked elsewhere: ${url}`)
    }
    for (const secret of this.secrets) await this.assertNowhere(secret)
  }

  async assertNowhere(secret) {
    for (const r of this.requests) {
      // The browser's own navigation has the fragment; it is not sent.
      const sent = r.isNavigationRequest() ? r.url().split('#')[0] : r.url()
      const body = r.postDataBuffer()?.toString('latin1') ?? ''
      const headers = JSON.stringify(r.headers())
      for (const text of [sent, body, headers]) assert.ok(!text.includes(secret), `the secret was sent to ${sent}`)
    }
    for (const page of this.context.pages()) {
      const kept = await page.evaluate(async () => {
        const databases = await indexedDB.databases()
        return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, databases, document.cookie, history.state, location.href, document.referrer,
          performance.getEntries().map((e) => e.name).filter((n) => !n.startsWith(location.origin + '/v')), document.documentElement.outerHTML])
      })
      assert.ok(!kept.includes(secret), `the secret is kept by ${page.url()}`)
    }
  }

  close() {
    return this.context.close()
  }
}
