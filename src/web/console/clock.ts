// SPDX-License-Identifier: Apache-2.0
// Nothing vouches for the clock of a computer without a network: a person looks at another
// one, and says what it shows.
import { h } from '../ui/dom.ts'
import { when } from '../ui/i18n.ts'
import { notice } from '../ui/shell.ts'
import * as api from './api.ts'
import { carry } from './carry.ts'
import { unnamed } from './plain.ts'
import { p } from './poll_words.ts'
import { buttons, labelled, routes, shell, show } from './window.ts'
import { c } from './words.ts'

const back = (b: api.Book, main = false): HTMLElement => labelled(p('back-steps'), () => routes.election(b), main)

async function vouch(b: api.Book, other: string): Promise<void> {
  const options = { 'clock-is-right': true as const, 'other-clock': other.replace('T', ' ') }
  const order = { program: 'yihu-countd', words: ['{dir}/box'], options, passphrases: [], book: b.id }
  const w = await carry(order, p('clock-title'))
  const why = unnamed(w.told).trim()
  const again = labelled(p('clock-again'), () => clock(b), true)
  shell.go(() =>
    w.status === 0
      ? [notice('good', p('clock-believed'), p('clock-believed-what')), buttons(back(b, true))]
      : [notice('bad', p('clock-differs'), why), buttons(again, back(b))],
  )
}

/** Shows this computer's clock, and asks for the time that another one shows. */
export async function clock(b: api.Book): Promise<void> {
  const { now } = (await api.poll(b.id)).state
  show(
    () => clock(b),
    () => {
      const other = h('input', { type: 'datetime-local', id: 'other-clock' })
      return [
        h('h1', {}, p('clock-title')),
        h('p', { class: 'large' }, p('clock-here', { time: when(now) })),
        h('p', {}, p('clock-what')),
        h(
          'div',
          { class: 'field' },
          h('label', { for: 'other-clock' }, p('clock-other')),
          other,
          h('small', {}, c('time-what')),
        ),
        buttons(
          labelled(p('clock-agree'), () => vouch(b, other.value), true),
          back(b),
        ),
      ]
    },
  )
}
