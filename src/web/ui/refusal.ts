// SPDX-License-Identifier: Apache-2.0
// A ballot that was not recorded, or a letter that cannot vote: why, and what
// this household can still do about it.
import { seconds, type Refusal } from './api.ts'
import { when } from './i18n.ts'
import { t, type Key } from './vote_words.ts'

/** [why, what can work]: what the daemon said for good. */
const REASONS: Record<string, [Key, Key]> = {
  'already-voted': ['ref-voted', 'voted-before-complain'],
  voided: ['ref-voided', 'voided-alone'],
  'not-open': ['ref-not-open', 'keep-letter'],
  over: ['ref-over', 'over-next'],
  closed: ['ref-over', 'over-next'],
  cancelled: ['ref-cancelled', 'called-off-letter'],
}

/** The sentences of a refusal: why, and what to do. */
export function refusalLines(r: Refusal): [string, string] {
  const at = r.time === undefined ? '' : when(seconds(r.time))
  const [why, advice] = REASONS[r.error] ?? ['ref-other', 'err-desk']
  return [t(why, { when: at }), t(advice)]
}
