// SPDX-License-Identifier: Apache-2.0
// Projects that were withdrawn after the charter (PROTOCOL §7.5), told alike on
// every page: by whom it is proven, not by who serves it.
import { Fault, utf8 } from '../protocol/bytes.ts'
import { parseEntry, parseReceipt, type Entry } from '../protocol/log.ts'
import { parseWithdrawal, requireWithdrawalSigned } from '../protocol/withdrawal.ts'
import type { State } from './api.ts'
import { h } from './dom.ts'
import { projectName, type Election } from './election.ts'
import { t, when } from './i18n.ts'
import { notice } from './shell.ts'

/** What is not proven is passed over. */
function asFarAsProven(take: () => void): void {
  try {
    take()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
}

/** Issuer and holders of this charter have signed it, and the charter allows one more. */
function take(e: Election, { type, body, time }: Entry): void {
  if (type !== 'W') return
  const w = parseWithdrawal(body, e.charter)
  requireWithdrawalSigned(w, e.charter)
  const more = e.withdrawn.has(w.project) || e.withdrawn.size < e.charter.withdrawals
  if (more && w.project < e.definition.projects.length) e.withdrawn.set(w.project, { reason: w.reason, time })
}

/** Of the log itself. */
export const takeEntry = (e: Election, entry: Entry): void => asFarAsProven(() => take(e, entry))

/** What the daemon shows, by its receipts: a note that was signed and is not in the log
 * withdraws nothing. Is it more than was known? */
export function takeWithdrawn(e: Election, state: State): boolean {
  const known = e.withdrawn.size
  for (const { receipt } of state.withdrawn ?? [])
    asFarAsProven(() => take(e, parseEntry(parseReceipt(utf8(receipt), e.charter.log).entry)))
  return e.withdrawn.size > known
}

/** What is worth saying only while there is still a vote. */
export const meanwhile = ({ state }: Pick<State, 'state'>, text: string): string[] =>
  state === 'issued' || state === 'open' ? [text] : []

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
