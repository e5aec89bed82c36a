// SPDX-License-Identifier: Apache-2.0
// A program at work, and what it says meanwhile.
import { h, replace } from '../ui/dom.ts'
import * as api from './api.ts'
import { inWords } from './in_words.ts'
import { pause, shell } from './window.ts'
import { c } from './words.ts'

/** "SENTENCE 42%", where the program says how far it is. */
const FAR = /(?:^|\n)([^\n]*) (\d+)%$/

/** What it says, and how far it is as a bar. */
function said(w: api.Work): HTMLElement[] {
  const far = FAR.exec(w.told)
  if (far === null || w.ended) return [h('pre', {}, w.told + w.said)]
  const words = far[1]!
  return [
    h('pre', {}, w.told.slice(0, far.index) + w.said),
    h('p', { class: 'figure' }, `${words} ${far[2]}%`),
    h('progress', { 'aria-label': words, value: far[2], max: 100 }),
  ]
}

const worded = async (w: api.Work): Promise<api.Work> => ({
  ...w,
  said: await inWords(w.said),
  told: await inWords(w.told),
})

/** Until it ends; what it says is shown in `place` as it comes. */
export async function follow(run: number, place: HTMLElement): Promise<api.Work> {
  for (;;) {
    const w = await worded(await api.work(run))
    replace(place, h('p', { class: 'busy' }, c('at-work')), ...said(w))
    if (w.ended) return w
    await pause()
  }
}

/** Begins it in a view of its own, and comes back with how it ended. */
export async function carry(order: api.Order, heading: string): Promise<api.Work> {
  const place = h('div', { role: 'status' })
  shell.go(() => [h('h1', {}, heading), place])
  return follow((await api.begin(order)).run, place)
}
