// SPDX-License-Identifier: Apache-2.0
// The clerk's part between the keys and their signatures: the charter, seen and made.
import { h } from '../ui/dom.ts'
import type * as api from './api.ts'
import { carryOut, sayDone } from './key_acts.ts'
import { Secret } from './key_secret.ts'
import { k } from './key_words.ts'
import { withSeen } from './shown.ts'
import { labelled, type Act } from './window.ts'

export function charterCard(b: api.Book, again: Act, next: Act): HTMLElement[] {
  const secret = new Secret('clerk', k('kh-secret-of-clerk'), false)
  const said = h('p', { role: 'alert', class: 'problem' })
  const base = { program: 'yihu-issue', words: ['charter', '{dir}'], book: b.id }
  const go = async (): Promise<void> => {
    said.textContent = secret.problem() ?? ''
    if (said.textContent !== '') return
    await carryOut({
      title: k('kh-at-charter'),
      shows: 'signs',
      order: (seen) => ({
        ...base,
        options: withSeen({}, seen),
        passphrases: seen === null ? [] : [secret.value],
      }),
      again,
      forget: () => secret.forget(),
      done: (w) => sayDone(w, [k('kh-hands-charter')], labelled(k('kh-go-on'), next, true)),
    })
  }
  return [h('section', { class: 'card now' }, secret.element, said, labelled(k('kh-look-charter'), go, true))]
}
