// SPDX-License-Identifier: Apache-2.0
// After the vote: the receipt to keep, as a picture or a file, and what comes next.
import { utf8 } from '../protocol/bytes.ts'
import { download, downloadAddress, h, replace } from './dom.ts'
import { openedFrom, type Election } from './election.ts'
import { letterNumber, when } from './i18n.ts'
import { receiptImage } from './receipt.ts'
import type { Proof } from './voting.ts'
import { t } from './vote_words.ts'

export function receiptButtons(e: Election, serial: number, p: Proof): HTMLElement {
  const name = `yihu-${letterNumber(serial)}`
  const picture = h('div')
  // A messenger's browser downloads nothing: there, holding the picture saves it.
  const image = (): void => {
    const src = receiptImage(e, serial, p)
    replace(
      picture,
      h('p', {}, t('image-hint')),
      h('img', { src, alt: `${t('ballot-code')} ${p.code}`, class: 'receipt' }),
    )
    downloadAddress(`${name}.png`, src)
  }
  const file = (): void => download(`${name}.tlog-proof`, 'text/plain', utf8(p.receipt))
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', onclick: image }, t('save-image')),
      h('button', { type: 'button', onclick: file }, t('save-file')),
      h('a', { href: `board#${p.code}` }, t('see-board')),
    ),
    picture,
  )
}

/** What comes next, and when. */
export function whatNext(e: Election): HTMLElement {
  return h(
    'section',
    {},
    h('h2', {}, t('what-next')),
    h('p', {}, t('may-close')),
    h('p', {}, t('next-results', { when: when(e.charter.closes) })),
    h('p', {}, openedFrom(e)),
    h('p', {}, h('a', { href: 'results' }, t('to-results'))),
  )
}
