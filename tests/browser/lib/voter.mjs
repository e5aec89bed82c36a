// SPDX-License-Identifier: Apache-2.0
// A resident's hands: choosing by clicks, whatever the ballot's kind.
import { press, rested } from './press.mjs'
import { expectText } from './wait.mjs'

const card = (page, i) => page.locator('ol.cards > li').nth(i)

async function approve(page, i, digit) {
  if (digit === 1) await card(page, i).getByRole('checkbox').check()
}
async function answer(page, i, digit) {
  await page.locator(`#p${i}-${digit}`).check()
}
/** By a button for each number of points, or by steps where there are many. */
async function give(page, i, digit) {
  if ((await card(page, i).locator('.stepper').count()) === 0) return answer(page, i, digit)
  for (let n = 0; n < digit; n++) await card(page, i).locator('.stepper button').last().click()
}

/** Ranks are given in their order. */
async function rank(page, digits) {
  const order = digits
    .map((digit, i) => [digit, i])
    .filter(([digit]) => digit > 0)
    .sort((a, b) => a[0] - b[0])
  for (const [, i] of order) await card(page, i).locator('.stepper button').first().click()
}

const HANDS = { approval: approve, knapsack: approve, consent: answer, scoring: give, cumulative: give }

export async function choose(page, kind, digits) {
  await page.locator('ol.cards').waitFor()
  await rested(page)
  if (kind === 'ordinal') await rank(page, digits)
  else for (const [i, digit] of digits.entries()) await HANDS[kind](page, i, digit)
}

export async function review(page, kind, digits) {
  await choose(page, kind, digits)
  await toReview(page)
}

/** From the choices, as they are, to the review. */
export async function toReview(page) {
  await press(page.locator('.bar button.main'))
  await page.locator('.commitment').waitFor()
}

/** The button at the end of the review. */
export const confirmButton = (page) => page.locator('button.confirm')

/** The check of the phone lies folded: opens it. */
export async function openCheck(page) {
  await press(page.locator('.commitment summary'))
  await page.locator('.commitment canvas.qr, .commitment button').first().waitFor()
}

/** From the check's page back to the choices. */
export async function voteAfresh(page) {
  await press(page.locator('.end button.main'))
  await page.locator('ol.cards').waitFor()
}

/** Presses the button that casts, and waits for one of the three ends. */
export async function cast(page) {
  await press(confirmButton(page))
  await page.locator('.notice.good, .notice.bad').waitFor()
}

export async function vote(page, kind, digits) {
  await review(page, kind, digits)
  await cast(page)
  await expectText(page.locator('.notice'), '投好了', 'Your vote is in')
  return (await page.locator('.notice .code').first().textContent()).trim()
}
