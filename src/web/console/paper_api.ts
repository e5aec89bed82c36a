// SPDX-License-Identifier: Apache-2.0
// What programs say of letters: files and printers, whose letter it is, each building.
import { currentLanguage } from '../ui/i18n.ts'
import * as api from './api.ts'
import { inWords } from './in_words.ts'
import { unnamed } from './plain.ts'
import { pause } from './window.ts'

export interface PrintFile {
  name: string
  sheets: number
  jobs: { job: string; state: 'unknown' | 'waiting' | 'stopped' | 'done' | 'cancelled'; sheets: number | null }[]
  came_out: number | null
  by_hand: boolean
  spoiled: number
  difference: number | null
}
export interface Printing {
  cups: boolean
  /** The letters lie in memory, which power takes away. */
  passes: boolean
  printers: string[]
  usual: string | null
  two_sided: boolean
  test_page: 'read' | 'seen' | null
  files: PrintFile[]
}
export interface Said {
  reason: string | null
  words: string | null
  by: string[]
}
export interface Letter {
  letter: number
  how: string
  household: string
  building: string
  name: string
  voted: boolean
  void: boolean
  added: boolean
  replaces: number | null
  replaced_by: number | null
  ended: Said | null
  made: Said | null
}
export interface Reason {
  name: string
  words: string
}
export interface Found {
  letters: Letter[]
  left_off: number
  reasons: { change: Reason[]; add: Reason[] }
}
export interface Building {
  name: string
  printed: number
  void: number
  counted: boolean
  delivered: number
  returned: number
  difference: number | null
}
export interface Begun {
  run: number
  what: string
  ended: boolean
  status: number
}

export const printing = (book: string): Promise<Printing> => api.get('printing', { book })
export const delivery = (book: string): Promise<{ buildings: Building[] }> => api.get('delivery', { book })
export const works = (book: string): Promise<{ works: Begun[] }> => api.get('works', { book })
/** "": all letters that were changed. */
export const find = (book: string, words: string): Promise<Found> =>
  api.post(`find?language=${currentLanguage().startsWith('zh') ? 'zh' : 'en'}`, { book, words })

/** A short act without a view of its own; what it says comes back, also when it is no for an answer. */
export async function tell(
  book: string,
  words: string[],
  options: api.Order['options'] = {},
): Promise<{ good: boolean; said: string }> {
  const { run } = await api.begin({ program: 'yihu-issue', words, options, passphrases: [], book })
  for (;;) {
    const w = await api.work(run)
    if (w.ended) return { good: w.status === 0, said: unnamed(await inWords((w.told + w.said).trim())) }
    await pause()
  }
}
