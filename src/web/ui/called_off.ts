// SPDX-License-Identifier: Apache-2.0
// An election that was called off, told calmly and alike on every page.
import type { Cancelled } from '../audit/types.ts'
import { seconds, type State } from './api.ts'
import { t, when } from './i18n.ts'
import { notice } from './shell.ts'

/** What the daemon says; the log's entry or the note in the folder proves it. */
export function calledOff(state: State): Cancelled | null {
  const c = state.cancelled ?? null
  return c === null ? null : { reason: c.reason, time: c.time === null ? null : seconds(c.time) }
}

/** more: what it means for who reads this page. */
export function calledOffNotice(c: Cancelled, ...more: (Node | string)[]): HTMLElement {
  const date = c.time === null ? [] : [t('called-off-when', { when: when(c.time) })]
  return notice('part', t('called-off'), t('called-off-why', { reason: c.reason }), ...date, ...more)
}
