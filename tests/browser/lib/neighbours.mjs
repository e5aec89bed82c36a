// SPDX-License-Identifier: Apache-2.0
// What neighbours do with what came out of the window's printer.
import { execFile } from 'node:child_process'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Device, PHONE } from './browser.mjs'
import { device, home } from './console.mjs'
import { readCodes } from './pictures.mjs'
import { press } from './press.mjs'

const exec = promisify(execFile)

/** The letters on paper, by the name on them: their number, what the code says to a phone, and the election's id. */
export const letters = new Map()
export async function readPaper(file) {
  const pdf = join(home, 'tray', file)
  await exec('pdftoppm', ['-png', '-gray', '-r', '120', pdf, join(home, 'sheet')])
  const sheets = (await readdir(home)).filter((n) => /^sheet.*png$/.test(n)).sort()
  const texts = (await exec('pdftotext', ['-layout', pdf, '-'])).stdout.split('\f')
  for (const [i, sheet] of sheets.entries()) {
    const [, name] = /^ (\S+) 收/m.exec(texts[i]) ?? []
    const [number] = /\b\d{4}$/m.exec(texts[i]) ?? []
    const eid = /表决编号 ([0-9a-f\s]+)/.exec(texts[i])?.[1]
    if (name !== undefined) letters.set(name, { number, eid, code: (await readCodes(join(home, sheet)))[0] })
    await rm(join(home, sheet))
  }
}

/** A household's phone scans its letter. */
export async function scan(name) {
  const { code } = letters.get(name)
  const phone = await Device.open(device.context.browser(), new URL(code).origin, { viewport: PHONE })
  return { phone, tab: await phone.go(code) }
}
export async function voteByPhone(name, projects) {
  const { phone, tab } = await scan(name)
  for (const project of projects) {
    const box = tab.getByRole('checkbox', { name: project })
    await box.waitFor()
    await press(box)
  }
  await press(tab.getByRole('button', { name: '下一步：核对' }))
  await press(tab.getByRole('button', { name: '确认投票' }))
  await tab.getByRole('heading', { name: '投好了' }).waitFor()
  await phone.assertClean()
  await phone.close()
}
