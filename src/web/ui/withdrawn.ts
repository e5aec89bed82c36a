// SPDX-License-Identifier: Apache-2.0
// Projects that were withdrawn after the charter (PROTOCOL §7.5), told alike on
// every page: by whom it is proven, not by who serves it.
import { Fault, utf8 } from '../protocol/bytes.ts'
import type { Entry } from '../protocol/log.ts'
import { parseWithdrawal, requireWithdrawalSigned } from '../protocol/withdrawal.ts'
import { seconds, type State } from './api.ts'
import { h } from './dom.ts'
import { projectName, type Election } from './election.ts'
import { t, when } from './i18n.ts'
import { notice } from './shell.ts'

/** One is believed when issuer and holders of this charter have signed it. */
function take(e: Election, note: Uint8Array, time: number): void {
  try {
    const w = parseWithdrawal(note, e.charter)
    requireWithdrawalSigned(w, e.charter)
    if (w.project < e.definition.projects.length) e.withdrawn.set(w.project, { reason: w.reason, time })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
}

/** What the daemon shows, as far as it is proven. Is it more than was known? */
export function takeWithdrawn(e: Election, state: State): boolean {
  const known = e.withdrawn.size
  for (const { note, time } of state.withdrawn ?? []) take(e, utf8(note), seconds(time))
  return e.withdrawn.size > known
}

/** Of the log itself. */
export const takeEntry = (e: Election, { body, time }: Entry): void => take(e, body, time)

/** Which, why and when; more: what it means for who reads this page. */
export function withdrawnNotices(e: Election, ...more: string[]): HTMLElement[] {
  const one = ([i, w]: [number, { reason: string; time: number }]): HTMLElement =>
    notice(
      'part',
      t('withdrawn', { n: i + 1, name: projectName(e.definition.projects[i]!) }),
      t('withdrawn-why', { reason: w.reason }),
      t('withdrawn-when', { when: when(w.time) }),
      ...more,
    )
  return [...e.withdrawn].sort((a, b) => a[0] - b[0]).map(one)
}

/** In a project's card or row. */
export const withdrawnMark = (): HTMLElement => h('strong', { class: 'off' }, t('withdrawn-word'))
