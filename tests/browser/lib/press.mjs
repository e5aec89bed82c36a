// SPDX-License-Identifier: Apache-2.0
// A press of the hand. On a busy computer Chromium now and then loses one
// before the page hears of it, or a fresh view comes just before it and takes
// none, and a person presses again. So does this; what the page did hear of is
// never repeated.
const TRIES = 5

/** In the page: from now on it notes whether it hears of a press. */
function listen() {
  window.heard = false
  window.addEventListener(
    'click',
    () => {
      window.heard = true
    },
    { capture: true, once: true },
  )
}

/** A fresh view takes no press until it was looked at for a moment. */
export const rested = (page) => page.locator('main:not([data-fresh])').waitFor()

export async function press(button) {
  const page = button.page()
  for (let i = 0; i < TRIES; i++) {
    // The view with the button may yet be on its way.
    await button.waitFor()
    await rested(page)
    await page.evaluate(listen)
    await button.click()
    // A page that the press led away from knows nothing of it any more.
    if (await page.evaluate(() => window.heard !== false)) return
    console.log('# a press was lost')
  }
  throw new Error(`the page hears of no press on ${button}`)
}
