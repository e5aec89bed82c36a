// SPDX-License-Identifier: Apache-2.0
// On an election's page: the ways to the printer, to a household's letter, and to the
// count of what was carried.
import { h } from '../ui/dom.ts'
import type { Book, Status } from './api.ts'
import { countDelivery } from './delivery.ts'
import { findLetter } from './find_letter.ts'
import { p } from './paper_words.ts'
import { printRoom } from './print_room.ts'
import { buttons, labelled } from './window.ts'

const PRINTS = ['chartered', 'issued', 'open', 'ended']
const LETTERS = ['issued', 'open', 'ended']

export function letterPanel(b: Book, s: Status): Promise<HTMLElement | null> {
  if (!PRINTS.includes(s.stage)) return Promise.resolve(null)
  const made = LETTERS.includes(s.stage)
  const ways = [
    labelled(p('room-go'), () => printRoom(b)),
    ...(made ? [labelled(p('find-go'), () => findLetter(b)), labelled(p('delivery-go'), () => countDelivery(b))] : []),
  ]
  return Promise.resolve(h('section', {}, h('h2', {}, p('panel-title')), buttons(...ways)))
}
