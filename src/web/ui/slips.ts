// SPDX-License-Identifier: Apache-2.0
// What became of the count desk's slips: one beside the next letter, a batch on
// its sheet: how many, which letters, never what.
import type { Why } from './again.ts'
import { t, type Key } from './desk_words.ts'
import { h, scrollable } from './dom.ts'
import { title, type Election } from './election.ts'
import { letterNumber, when } from './i18n.ts'
import type { Queue, Slip } from './queue.ts'
import { notice } from './shell.ts'

const REFUSED: Record<string, Key> = {
  'already-voted': 'desk-why-voted',
  voided: 'desk-why-voided',
  'not-open': 'ref-not-open',
  over: 'ref-over',
  closed: 'ref-over',
  cancelled: 'ref-cancelled',
}
const whyRefused = (slip: Slip): string => t('desk-refused', { why: t(REFUSED[slip.refused ?? ''] ?? 'ref-other') })

const WHY: Record<Why, Key> = { queueing: 'queueing', starting: 'starting', 'not-known': 'desk-no-answer' }

/** Recorded, refused, or waiting, and for what. */
export function slipNotice(slip: Slip, why: Why | null): HTMLElement {
  const n = letterNumber(slip.serial)
  if (slip.code !== undefined)
    return notice(
      'good',
      `${t('letter', { n })} · ${t('recorded')}`,
      h(
        'dl',
        {},
        h('dt', {}, t('ballot-code')),
        h('dd', { class: 'code' }, slip.code),
        h('dt', {}, t('recorded-at')),
        h('dd', {}, when(slip.time ?? 0)),
        h('dt', {}, t('place')),
        h('dd', {}, String(slip.index)),
      ),
      t('shows-nothing'),
      h('button', { type: 'button', onclick: () => window.print() }, t('desk-print')),
    )
  if (slip.refused !== undefined) return notice('bad', `${t('letter', { n })} · ${t('not-recorded')}`, whyRefused(slip))
  return notice('wait', t('desk-waits', { n }), ...(why === null ? [] : [t(WHY[why])]), t('desk-kept'))
}

function slipState(s: Slip): string {
  if (s.code !== undefined) return s.code
  return s.refused !== undefined ? whyRefused(s) : t('desk-waiting-word')
}

export function batchSheet(e: Election, queue: Queue, acts: { back: () => void; begin: () => void }): HTMLElement[] {
  const { batch } = queue
  const slips = queue.all().filter((s) => s.batch === batch)
  return [
    h('h1', {}, t('desk-sheet-title', { batch })),
    h('p', {}, title(e)),
    h('p', {}, t('desk-sheet-count', { n: slips.length, recorded: slips.filter((s) => s.code !== undefined).length })),
    scrollable(
      t('desk-sheet'),
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, h('th', {}, '#'), h('th', {}, t('letter-no')), h('th', {}, t('ballot-code')))),
        h(
          'tbody',
          {},
          ...slips.map((s, i) =>
            h('tr', {}, h('td', {}, String(i + 1)), h('td', {}, letterNumber(s.serial)), h('td', {}, slipState(s))),
          ),
        ),
      ),
    ),
    h('p', {}, t('desk-sign-lines')),
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', onclick: () => window.print() }, t('desk-print')),
      h(
        'button',
        {
          type: 'button',
          onclick: acts.begin,
        },
        t('desk-new-batch'),
      ),
      h('button', { type: 'button', class: 'main', onclick: acts.back }, t('desk-back')),
    ),
  ]
}
