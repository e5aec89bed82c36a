// SPDX-License-Identifier: Apache-2.0
// Tests one after the other, as TAP.
const tests = []
const endings = []

export const test = (name, run) => tests.push({ name, run })
/** Runs at the end, the latest first, whatever happened. */
export const atEnd = (run) => endings.unshift(run)

const comment = (text) => String(text).replace(/^/gm, '# ')

/** chained: each begins where the one before ended, and none after one that failed. */
export async function runTests({ chained = false } = {}) {
  console.log(`1..${tests.length}`)
  let failed = 0
  for (const [i, { name, run }] of tests.entries()) {
    const began = Date.now()
    try {
      if (chained && failed > 0) throw 'not begun'
      await run()
      console.log(`ok ${i + 1} - ${name}`)
    } catch (error) {
      failed++
      console.log(comment(error?.stack ?? error))
      console.log(`not ok ${i + 1} - ${name}`)
    }
    console.log(`# ${Date.now() - began} ms`)
  }
  for (const end of endings) await end().catch((error) => console.log(comment(error.stack)))
  process.exit(failed === 0 ? 0 : 1)
}
