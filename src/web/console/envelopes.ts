// SPDX-License-Identifier: Apache-2.0
// The forms for passphrases in sealed envelopes: made, and opened to be printed.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import { carry } from './carry.ts'
import { k } from './key_words.ts'
import { buttons, labelled, shell, type Act } from './window.ts'

const FORMS = 'paper/envelopes.pdf'

export async function printEnvelopes(b: api.Book, back: Act): Promise<void> {
  const order = { program: 'yihu-issue', words: ['envelope', '{dir}'], options: {}, passphrases: [], book: b.id }
  const w = await carry(order, k('kh-print-envelopes'))
  const good = w.status === 0
  const open = async (): Promise<void> => void (await api.openPaper(b.id, FORMS))
  shell.go(() => [
    h('h1', {}, k(good ? 'kh-envelopes' : 'kh-not-done')),
    ...(good ? [h('p', { class: 'next-act' }, k('kh-envelopes-what'))] : []),
    h('pre', { class: 'read-back', tabindex: 0 }, w.said + w.told),
    buttons(...(good ? [labelled(k('kh-envelopes-open'), open, true)] : []), labelled(k('kh-go-on'), back)),
  ])
}
