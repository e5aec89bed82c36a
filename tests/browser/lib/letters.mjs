// SPDX-License-Identifier: Apache-2.0
// Letters in the window: the printer's room, a household that is looked for.
import { button, heading, home, page, program } from './console.mjs'
import { press } from './press.mjs'

/** A printer, all of whose paper lies in one tray; counts: prints what it says of its sheets. */
export async function printer(counts) {
  await program(
    'lp',
    `mkdir -p ${home}/tray && printf '%s\\n' "$*" >>${home}/printed
n=$(wc -l <${home}/printed) && while [ $# -gt 1 ]; do shift; done && cp "$1" ${home}/tray/$n.pdf
echo "request id is Brother-$n (1 file(s))"`,
  )
  await program('lpstat', 'case "$1" in -e) echo Brother;; -d) echo "system default destination: Brother";; esac')
  await program('ipptool', `cat >/dev/null; echo job-state,job-media-sheets-completed; ${counts}`)
}

/** What is told of one paper or one letter. */
export const card = (name) => page.locator('.card', { has: page.getByRole('heading', { name, exact: true }) })

export async function room() {
  await press(button('打印和清点信件'))
  await heading('打印和清点').waitFor()
}

export async function find(words) {
  await page.getByLabel('门牌、姓氏或号码').fill(words)
  await press(button(/^找$/))
  await heading(/找到 \d+ 封信/).waitFor()
}
