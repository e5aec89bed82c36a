// SPDX-License-Identifier: Apache-2.0
// The handbook's pictures are of real screens: whoever passes by such a view, in a test,
// takes it (YIHU_HANDBOOK names the folder: tools/handbook --pictures), or, where that
// is asked (YIHU_HANDBOOK_HELD: tools/handbook --check), sees that it still says what it
// said when it was taken. Beside each picture lies that text, without
// what is different every day: figures, names of files, times.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keepTyped } from './screen.mjs'

export const SOURCES = join(process.env.YIHU_SOURCE, 'src/handbook')
const PICTURE = /!\[[^\]]*\]\(([\w-]+)\)/g
const folder = process.env.YIHU_HANDBOOK

/** The pictures that the texts of a language show, in their order. */
export const shownIn = (language) =>
  readdirSync(join(SOURCES, language))
    .sort()
    .flatMap((name) => [...readFileSync(join(SOURCES, language, name), 'utf8').matchAll(PICTURE)].map((m) => m[1]))
const shown = new Set(shownIn('zh'))

/** The view's Chinese: no figures, no Latin letters, no days and lengths of time. */
const said = async (page) =>
  (await page.locator('main').innerText())
    .split('\n')
    .map((line) =>
      line.replace(/(周|星期)[一二三四五六日]|[年月日时分秒天]|小时|分钟/g, '').replace(/[^\p{Script=Han}]/gu, ''),
    )
    .filter((line) => line !== '')
    .join('\n') + '\n'

const HIGHEST = 1150

/** As people have it before them, and no longer than a sheet is. */
async function shoot(page, name, language) {
  const before = page.viewportSize()
  const width = before.width < 600 || name.startsWith('looks-approval') ? 390 : 900
  await page.setViewportSize({ width, height: width === 390 ? 780 : 900 })
  await page.evaluate(() => {
    document.activeElement?.blur()
    window.scrollTo(0, 0)
  })
  const all = await page.evaluate(() => document.documentElement.scrollHeight)
  const height = width === 390 ? 780 : Math.min(all, HIGHEST)
  const cdp = await page.context().newCDPSession(page)
  const clip = { x: 0, y: 0, width, height, scale: 1 }
  const how = { format: 'webp', quality: 70, captureBeyondViewport: true, clip }
  const { data } = await cdp.send('Page.captureScreenshot', how)
  await cdp.detach()
  await writeFile(join(folder, `${name}.${language}.webp`), Buffer.from(data, 'base64'))
  await page.setViewportSize(before)
}

/** What programs say comes anew in the other language. */
async function speak(page, language) {
  await page.locator(`.tools button[lang="${language}"]`).click()
  await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' })
  // What it asks again and again, such as which sticks there are, comes a moment later.
  await page.waitForTimeout(2000)
}

async function take(page, name) {
  const language = (await page.evaluate(() => document.documentElement.lang)).split('-')[0]
  if (language === 'zh') await writeFile(join(folder, `${name}.txt`), await said(page))
  await shoot(page, name, language)
  // What a test shows in one language alone.
  if (!name.startsWith('console')) return
  const typeBack = await keepTyped(page)
  await speak(page, 'en')
  await shoot(page, name, 'en')
  await speak(page, 'zh-CN')
  await typeBack()
}

/** A view that may be one of the handbook's. */
export async function seen(page, name) {
  if (!shown.has(name)) return
  if (folder !== undefined) return take(page, name)
  if (process.env.YIHU_HANDBOOK_HELD === undefined) return
  if ((await page.evaluate(() => document.documentElement.lang)) !== 'zh-CN') return
  const taken = readFileSync(join(SOURCES, 'pictures', `${name}.txt`), 'utf8')
  assert.equal(
    await said(page),
    taken,
    `the handbook's picture ${name} is of another screen: tools/handbook --pictures`,
  )
}
