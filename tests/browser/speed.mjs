// SPDX-License-Identifier: Apache-2.0
// How long the verifying page takes for 1,000 ballots that two key holders
// shuffled and opened: by `meson test --benchmark browser-verify -v`.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { Device, launch } from './lib/browser.mjs'
import { Election } from './lib/election.mjs'
import { runTests, test } from './lib/tap.mjs'

const BALLOTS = 1000
const LIMIT_S = 60
const browser = await launch()

/** Each letter is for two projects, the next ones for each. */
async function hold(folder) {
  const pb = await readFile(join(process.env.YIHU_SOURCE, 'ballots', folder, 'election.pb'), 'utf8')
  const e = await (await Election.make(pb, BALLOTS, 2)).start()
  const projects = pb
    .slice(pb.indexOf('\nPROJECTS\n'), pb.indexOf('\nVOTES\n'))
    .split('\n')
    .slice(3)
    .map((row) => row.split(';')[0])
  const points = pb.includes('\nvoter_id;vote;points\n') ? ';5,3' : ''
  const rows = Array.from(
    { length: BALLOTS },
    (_, i) =>
      `${i + 1};${[i, i + 1]
        .map((k) => k % projects.length)
        .sort((a, b) => a - b)
        .map((k) => projects[k])
        .join(',')}${points}\n`,
  )
  const votes = join(e.dir, 'votes.pb')
  await writeFile(votes, pb.replace('num_votes;0', `num_votes;${BALLOTS}`) + rows.join(''))
  await e.tool('cast', e.url, '--replay', votes, '--letters', join(e.folder, 'letters/list.csv'), '--clients', '4')
  await e.count()
  return { e, projects: projects.length }
}

async function measure(e) {
  const device = await Device.open(browser, e.url)
  const page = await device.go(`${e.url}/verify`)
  await page.locator('#eid').fill(e.eid)
  const began = Date.now()
  await page.locator('form button.main').click()
  await page.locator('.notice').waitFor({ timeout: 600000 })
  const seconds = (Date.now() - began) / 1000
  assert.match(await page.locator('h1').textContent(), /核验通过/)
  assert.equal(await page.locator('dd[data-figure=cast]').textContent(), String(BALLOTS))
  assert.equal(await page.locator('dd[data-figure=mixes]').textContent(), '2')
  await device.close()
  return seconds
}

// The second has 17 words a ballot in place of one: it is told, not judged.
for (const [folder, limit] of [
  ['pocket-park', LIMIT_S],
  ['hundred', Infinity],
])
  test(`${folder}: ${BALLOTS} ballots, two mixes, in Chromium`, async () => {
    const { e, projects } = await hold(folder)
    const seconds = await measure(e)
    await e.end()
    console.log(
      `# ${BALLOTS} ballots over ${projects} projects, 2 mixes, 2 openings: ${seconds.toFixed(1)} s ` +
        `(${cpus()[0].model}; Chromium ${browser.version()})`,
    )
    assert.ok(seconds < limit, `${seconds} s`)
  })

await runTests()
