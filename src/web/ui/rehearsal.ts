// SPDX-License-Identifier: Apache-2.0
// A rehearsal says so on top of every page (PROTOCOL §2.6), once its title is known.
import { rehearses } from '../protocol/definition.ts'
import { h } from './dom.ts'
import { t } from './i18n.ts'

let known = false

/** The election that this page is about, when it has one. */
export function takeRehearsal(election: { meta: Map<string, string> }): void {
  if (rehearses(election)) known = true
}
export const sayRehearsal = (): void => void (known = true)

export const rehearsalBand = (): HTMLElement | null =>
  known
    ? h(
        'p',
        { class: 'rehearsal', role: 'note' },
        h('strong', {}, t('rehearsal-band')),
        h('span', {}, ` ${t('rehearsal-what')}`),
      )
    : null
