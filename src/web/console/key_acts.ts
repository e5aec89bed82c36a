// SPDX-License-Identifier: Apache-2.0
// What a key holder's program does, from the press to the outcome.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import { carry } from './carry.ts'
import { k } from './key_words.ts'
import { shownIn, type Seen } from './shown.ts'
import { buttons, labelled, shell, type Act } from './window.ts'

/** What each of these verbs begins with, before it wants a passphrase. */
export const SHOWS: Partial<Record<string, Doing['shows']>> = {
  accept: 'signs',
  withdraw: 'signs',
  box: 'signs',
  sign: 'signs',
  retire: 'erases',
}

export interface Doing {
  /** What it is called while it is at work. */
  title: string
  order: (seen: Seen) => api.Order
  /** It begins with something to look at: what is signed, or erased. */
  shows?: 'signs' | 'erases'
  /** Back to where it was begun. */
  again: Act
  /** The passphrases that were typed go. */
  forget: () => void
  /** What is shown when it is done: a sentence on what to do with one's hands. */
  done: (w: api.Work) => Promise<void>
}

function failed(d: Doing, w: api.Work): void {
  shell.go(() => [
    h('h1', {}, k('kh-not-done')),
    h('pre', { class: 'read-back', tabindex: 0 }, `${w.told}${w.said}`),
    buttons(labelled(k('kh-try-again'), d.again, true)),
  ])
}

/** What is to be seen is shown by the program itself, which signs nothing before somebody has
 * looked; where more comes to be seen on the way, it is shown in its turn. The passphrases
 * stay for that long. */
export async function carryOut(d: Doing, seen: Seen = null): Promise<void> {
  let shown: ReturnType<typeof shownIn> = null
  let w: api.Work
  try {
    w = await carry(d.order(seen), d.shows === undefined || seen !== null ? d.title : k('kh-seen-title'))
    shown = shownIn(w)
  } finally {
    if (shown === null) d.forget()
  }
  if (shown !== null) lookAt(d, shown)
  else if (w.status !== 0) failed(d, w)
  else await d.done(w)
}

function lookAt(d: Doing, shown: { text: string; number: string }): void {
  const no = async (): Promise<void> => {
    d.forget()
    await d.again()
  }
  const erases = d.shows === 'erases'
  shell.go(() => [
    h('h1', {}, k('kh-seen-title')),
    h('p', {}, k(erases ? 'kh-erase-what' : 'kh-seen-what')),
    h('pre', { class: 'read-back', tabindex: 0 }, shown.text),
    buttons(
      labelled(k(erases ? 'kh-erase-yes' : 'kh-seen-yes'), () => carryOut(d, shown.number), true),
      labelled(k(erases ? 'kh-erase-no' : 'kh-seen-no'), no),
    ),
  ])
}

/** It is done; what to do with stick and envelope, and where one goes from here. */
export async function sayDone(w: api.Work, hands: string[], ...next: HTMLElement[]): Promise<void> {
  await Promise.resolve()
  shell.go(() => [
    h('h1', {}, k('kh-done')),
    ...hands.map((text) => h('p', { class: 'next-act' }, text)),
    buttons(...next),
    h('details', {}, h('summary', {}, k('kh-said')), h('pre', { tabindex: 0 }, w.said + w.told)),
  ])
}
