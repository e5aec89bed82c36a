// SPDX-License-Identifier: Apache-2.0
// A letter's QR, a browser, a daemon, a count: for each ballot kind what was
// clicked is what is opened.
import assert from 'node:assert/strict'
import { Device, launch } from './lib/browser.mjs'
import { definition, Election, KINDS } from './lib/election.mjs'
import { runTests, test } from './lib/tap.mjs'
import { vote } from './lib/voter.mjs'

/** Two households' digits each. */
const CHOICES = {
  approval: [
    [1, 0, 1, 0, 1],
    [0, 0, 0, 0, 0],
  ],
  knapsack: [
    [1, 1, 0, 0, 1],
    [0, 0, 0, 1, 1],
  ],
  consent: [
    [1, 2, 0, 1, 2],
    [0, 0, 1, 1, 1],
  ],
  scoring: [
    [5, 0, 3, 1, 2],
    [0, 0, 0, 0, 1],
  ],
  cumulative: [
    [7, 0, 3, 0, 0],
    [0, 1, 2, 0, 1],
  ],
  ordinal: [
    [2, 0, 1, 3, 4],
    [0, 0, 0, 1, 0],
  ],
}

/** The row of results.pb that these digits are (PROTOCOL §10). */
function row(kind, digits) {
  const used = digits.map((digit, i) => ({ digit, id: `p${i + 1}` })).filter(({ digit }) => digit !== 0)
  if (kind === 'ordinal')
    return used
      .sort((a, b) => a.digit - b.digit)
      .map((v) => v.id)
      .join(',')
  const ids = used.map((v) => v.id).join(',')
  if (kind === 'approval' || kind === 'knapsack') return ids
  return `${ids};${used.map((v) => (kind === 'consent' && v.digit === 2 ? -1 : v.digit)).join(',')}`
}

const browser = await launch()

async function castAll(e, kind) {
  const codes = []
  for (const [i, digits] of CHOICES[kind].entries()) {
    const device = await Device.open(browser, e.url)
    const page = await device.go((await e.scan(i + 1)).replace('/v#', '/v?from=singlemessage#'))
    codes.push(await vote(page, kind, digits))
    await device.assertClean()
    await device.close()
  }
  return codes
}

for (const kind of Object.keys(KINDS)) {
  let e
  test(`${kind}: a letter's QR opens the page and casts`, async () => {
    e = await (await Election.make(definition(KINDS[kind]), 3)).start()
    const codes = await castAll(e, kind)
    for (const [i, code] of codes.entries()) assert.equal((await e.api(`/api/serial/${i + 1}`)).code, code)
  })
  test(`${kind}: what is opened is what was clicked`, async () => {
    await e.count()
    assert.deepEqual(await e.votes(), CHOICES[kind].map((digits) => row(kind, digits)).sort())
  })
  test(`${kind}: the audit accepts it`, async () => {
    assert.match(await e.audit(), /VERIFIED/)
    await e.end()
  })
}
await runTests()
