// SPDX-License-Identifier: Apache-2.0
// A box that was made again and takes no ballot, told calmly and alike on every page.
import type { State } from './api.ts'
import { t } from './i18n.ts'
import { notice } from './shell.ts'

/** Where it matters to who would vote: once the poll is over, that says it all. */
export const isReadOnly = (state: State): boolean =>
  state.read_only === true && (state.state === 'issued' || state.state === 'open')

/** what: what who reads this page does now. */
export const readOnlyNotice = (what: string): HTMLElement => notice('part', t('read-only'), what)
