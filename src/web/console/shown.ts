// SPDX-License-Identifier: Apache-2.0
// What a program shows before it acts, and how it is told that somebody has looked at it.
import type * as api from './api.ts'

/** The status with which a program ends that showed what nobody does unseen. */
const SHOWN = 3

/** The number of what somebody has looked at; null: nobody has looked at anything yet. */
export type Seen = string | null

/** What has changed since has another number, and is shown again. */
export const withSeen = (options: api.Order['options'], seen: Seen): api.Order['options'] =>
  seen === null ? options : { ...options, seen }

/** All that it said, and the number of it; null: there is nothing to be looked at. */
export function shownIn(w: api.Work): { text: string; number: string } | null {
  if (w.status !== SHOWN) return null
  // Its last line says to a terminal what the question here says.
  const lines = (w.said + w.told).trimEnd().split('\n')
  const number = /--seen=([0-9A-Z-]+)/.exec(lines.pop() ?? '')?.[1]
  if (number === undefined) throw new Error('what was shown has no number')
  return { text: lines.join('\n').trim(), number }
}
