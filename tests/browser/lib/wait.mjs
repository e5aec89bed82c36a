// SPDX-License-Identifier: Apache-2.0
// Waiting for words on a page.
export async function expectText(locator, ...texts) {
  const until = Date.now() + 180000
  let seen = ''
  while (Date.now() < until) {
    // A page that is just being left has no words.
    seen = await locator.allTextContents().then(
      (all) => all.join('\n'),
      () => '',
    )
    if (texts.some((text) => seen.includes(text))) return seen
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`not on the page: ${texts.join(' / ')}; it says: ${seen}`)
}
