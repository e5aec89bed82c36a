// SPDX-License-Identifier: Apache-2.0
// What a slow phone on a slow line has to bear: `meson test --benchmark
// browser-phone -v`. A CPU six times slower than this one, 1.6 Mbit/s, 150 ms;
// eight projects. The election's first words are to be there within 1 s of the first
// byte, the page usable within 3 s, the ballot made within 1 s.
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { choose } from './lib/voter.mjs'

const RUNS = 5
const PROJECTS = 8
const DIGITS = [1, 0, 1, 0, 0, 1, 0, 0]
const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 }
const LIMITS = { bytes: 60 * 1024, words: 1000, usable: 3000, made: 1000 }

const rows = definition(KINDS.approval, PROJECTS)
const TITLE = /^description;(.+)$/m.exec(rows)[1]
const e = await (await Election.make(rows, RUNS)).start()
const browser = await launch()

/** When the election's own words stand there, since the first byte of the page; and
 * when the projects can be chosen, since the address was opened. */
const watchPage = (title) =>
  new MutationObserver(() => {
    const now = performance.now()
    if (window.words === undefined && document.body?.textContent.includes(title)) window.words = now
    if (window.usable === undefined && document.querySelector('ol.cards') !== null)
      requestAnimationFrame(() => {
        window.usable ??= performance.now()
      })
  }).observe(document, { childList: true, subtree: true })

/** From the press to the drawn review: the ballot is sealed in between. */
const makeBallot = () =>
  new Promise((done) => {
    const began = performance.now()
    const look = () => {
      if (document.querySelector('.commitment') === null) return requestAnimationFrame(look)
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)))
    }
    document.querySelector('.bar button.main').click()
    look()
  })

async function once(serial) {
  const device = await Device.open(browser, e.url)
  const page = await device.context.newPage()
  const cdp = await device.context.newCDPSession(page)
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', LINE)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await page.addInitScript(watchPage, TITLE)
  await device.go(await e.scan(serial), page)
  await page.waitForFunction(() => window.usable !== undefined)
  const { usable, words } = await page.evaluate(() => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0].startTime
    const began = performance.getEntriesByType('navigation')[0].responseStart
    return { usable: window.usable, words: Math.max(window.words, painted) - began }
  })
  await choose(page, 'approval', DIGITS)
  const made = await page.evaluate(makeBallot)
  await device.close()
  return { bytes, words, usable, made }
}

const runs = []
for (let serial = 1; serial <= RUNS; serial++) runs.push(await once(serial))
const middle = (name) => runs.map((r) => r[name]).sort((a, b) => a - b)[Math.floor(RUNS / 2)]
const figures = {
  bytes: 'bytes over the line, headers and answers with them',
  words: 'ms from the first byte to the first words of the election',
  usable: 'ms until projects can be chosen',
  made: 'ms to make the ballot',
}
for (const [name, text] of Object.entries(figures))
  console.log(
    `${Math.round(middle(name))} ${text} (at most ${LIMITS[name]}; ${runs.map((r) => Math.round(r[name])).join(', ')})`,
  )
await Promise.all([e.end(), browser.close()])
process.exit(Object.keys(LIMITS).every((name) => middle(name) <= LIMITS[name]) ? 0 : 1)
