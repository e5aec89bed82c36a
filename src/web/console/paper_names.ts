// SPDX-License-Identifier: Apache-2.0
// What the papers of a folder are called by people.
import { p } from './paper_words.ts'

const NAMES = ['test-page', 'poster', 'walklist', 'proof', 'envelopes', 'results', 'cancelled'] as const

/** "001-3栋" of "letters/pdf/001-3栋.pdf", "投票公告（A3）" of "paper/poster-a3.pdf". */
export function paperName(file: string): string {
  const name = file.replace(/^.*\//, '').replace(/\.pdf$/, '')
  const [, kind, size, english] = /^(.*?)(?:-(a[34]))?(-en)?$/.exec(name)!
  const known = file.startsWith('paper/') ? NAMES.find((n) => n === kind) : undefined
  if (known === undefined) return name
  const called = p(`pn-${known}`)
  if (size === undefined) return called
  return p(english === undefined ? 'pn-size' : 'pn-size-english', { name: called, size: size.toUpperCase() })
}
