// SPDX-License-Identifier: Apache-2.0
// Keys that act by themselves, without a field. A scanner is a keyboard too:
// a code that is scanned when none is wanted must choose and confirm nothing.
// Hands are slower than scanners: many keys without a pause are a scan.

/** Told by when keys were pressed, not by when a busy computer came to them. */
const PAUSE_MS = 30
/** Until then a key waits whether more follow it: a scan's first keys. */
const WAIT_MS = 80
const SCAN_KEYS = 5
/** Others move the focus, or are of the keyboard alone. */
const KEY = /^(.|Enter|Escape|ArrowUp|ArrowDown|Backspace|Delete)$/u
const FIELD = 'input, select, textarea'
const BUTTON = 'button, summary, a'

/** Fields take every key; buttons those that press them. */
function taken(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element)) return false
  const presses = event.key === 'Enter' || event.key === ' '
  return event.target.closest(FIELD) !== null || (presses && event.target.closest(BUTTON) !== null)
}

/** `act` gets each key that a hand pressed, outside of fields and buttons. */
export function onKeys(act: (key: string) => void): void {
  let keys: string[] = []
  let run = 0 // keys since the last pause
  let before = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    const pressed = keys
    keys = []
    if (run < SCAN_KEYS) pressed.forEach(act)
  }
  document.addEventListener('keydown', (event) => {
    if ((event.repeat && !event.key.startsWith('Arrow')) || event.ctrlKey || event.altKey || event.metaKey) return
    if (!KEY.test(event.key) || taken(event)) return
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown' || event.key === 'Backspace') event.preventDefault()
    clearTimeout(timer)
    if (event.timeStamp - before > PAUSE_MS) {
      flush()
      run = 0
    }
    before = event.timeStamp
    run++
    keys.push(event.key)
    timer = setTimeout(flush, WAIT_MS)
  })
}
