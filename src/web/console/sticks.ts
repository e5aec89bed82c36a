// SPDX-License-Identifier: Apache-2.0
// The sticks that are plugged in, as they come and go: asked for while somebody looks at a
// place that shows them.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import { k } from './key_words.ts'

const EACH_MS = 1000
/** So long without a change or a press, and nobody is there any more. */
const STILL_MAX = 1200
/** A place that is not on the page: nothing is asked for it after some seconds, and it is
 * forgotten after some minutes. */
const FRESH_MAX = 5
const UNSHOWN_MAX = 600

interface Watch {
  place: HTMLElement
  book: string
  draw: (all: api.Stick[]) => void
  drawn: string
  /** Seconds that it was not on the page. */
  unshown: number
}
const watches = new Set<Watch>()
let asking = false

/** “U 盘“张三”（8 GB）” */
export function called(s: api.Stick): string {
  const size = s.size >= 1e9 ? `${Math.round(s.size / 1e9)} GB` : `${Math.round(s.size / 1e6)} MB`
  return s.name === '' ? k('kh-stick-unnamed', { size }) : k('kh-stick', { name: s.name, size })
}

async function askOnce(): Promise<boolean> {
  let changed = false
  const wanted = [...watches].filter((w) => w.unshown < FRESH_MAX)
  for (const book of new Set(wanted.map((w) => w.book))) {
    const { sticks, hangs } = await api.sticks(book)
    const text = JSON.stringify([sticks, hangs])
    for (const w of [...watches].filter((x) => x.book === book && x.drawn !== text)) {
      w.drawn = text
      w.draw(sticks)
      if (hangs) w.place.append(h('p', { class: 'problem' }, k('kh-stick-hangs')))
      changed = true
    }
  }
  return changed
}

function forgetUnshown(): void {
  for (const w of watches) {
    w.unshown = w.place.isConnected ? 0 : w.unshown + 1
    if (w.unshown > UNSHOWN_MAX) watches.delete(w)
  }
}

async function ask(): Promise<void> {
  asking = true
  try {
    for (let still = 0; watches.size > 0 && still < STILL_MAX; still++) {
      if (!document.hidden && (await askOnce())) still = 0
      await new Promise((done) => setTimeout(done, EACH_MS))
      forgetUnshown()
    }
  } catch {
    watches.clear() // the next press says what is wrong
  }
  asking = false
}
const wake = (): void => {
  if (!asking && watches.size > 0) void ask()
}
for (const event of ['pointerdown', 'keydown']) document.addEventListener(event, wake)

/** Calls draw at once, and whenever something else is plugged in, while place is on the page.
 * book: "" or the election whose key holders' keys are told. */
export function watchSticks(place: HTMLElement, book: string, draw: (all: api.Stick[]) => void): void {
  watches.add({ place, book, draw, drawn: '', unshown: 0 })
  wake()
}
