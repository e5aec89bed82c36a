// SPDX-License-Identifier: Apache-2.0
// Keys that act by themselves, without a field. A scanner is a keyboard too:
// a code that is scanned when none is wanted must choose and confirm nothing.
// Hands are slower than scanners: a key counts when no other is near it.

const NEAR_MS = 30
const FIELD = 'input, select, textarea, button, summary, a'

/** `act` gets each key that a hand pressed, outside of fields and buttons. */
export function onKeys(act: (key: string) => void): void {
  let last = -Infinity
  let held: ReturnType<typeof setTimeout> | undefined
  document.addEventListener('keydown', (event) => {
    const near = event.timeStamp - last < NEAR_MS
    last = event.timeStamp
    clearTimeout(held)
    if (near || event.repeat && !event.key.startsWith('Arrow') || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.target instanceof Element && event.target.closest(FIELD) !== null) return
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown' || event.key === 'Backspace') event.preventDefault()
    held = setTimeout(() => act(event.key), NEAR_MS)
  })
}
