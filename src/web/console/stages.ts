// SPDX-License-Identifier: Apache-2.0
// The way from the lists to the archive, and where on it an election is.
import { h } from '../ui/dom.ts'
import type { Status } from './api.ts'
import { c } from './words.ts'

/** Each part of the way, with the stages (`yihu-issue status`) that belong to it. */
const WAY: { words: Parameters<typeof c>[0]; stages: string[] }[] = [
  { words: 'way-keys', stages: ['drafted', 'announced', 'dealt'] },
  { words: 'way-letters', stages: ['chartered'] },
  { words: 'way-delivery', stages: ['issued'] },
  { words: 'way-poll', stages: ['open'] },
  { words: 'way-count', stages: ['ended', 'closed', 'boxed', 'mixed', 'opened'] },
  { words: 'way-public', stages: ['published'] },
  { words: 'way-kept', stages: ['retired'] },
]

/** null: it was called off, and the way is not gone any further. */
export function way(s: Status): HTMLElement | null {
  const here = WAY.findIndex((p) => p.stages.includes(s.stage))
  if (here < 0) return null
  const part = (words: Parameters<typeof c>[0], i: number): HTMLElement =>
    h('li', { 'aria-current': i === here ? 'step' : null, class: i < here ? 'done' : '' }, `${i + 2} ${c(words)}`)
  const first = h('li', { class: 'done' }, `1 ${c('way-lists')}`)
  return h('ol', { class: 'way', 'aria-label': c('way-title') }, first, ...WAY.map((p, i) => part(p.words, i)))
}
