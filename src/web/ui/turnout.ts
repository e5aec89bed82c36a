// SPDX-License-Identifier: Apache-2.0
// How many have voted, as a bar against what the vote needs: the quorum, and
// the ballots from which on the box is opened.
import { h, shape } from './dom.ts'
import { openedFrom, type Election } from './election.ts'
import { t } from './i18n.ts'
import { quorumLeast } from './rule.ts'

const WIDTH = 1000
const HEIGHT = 40

function drawing(e: Election, cast: number, entitled: number): SVGElement {
  const at = (n: number): number => (WIDTH * Math.min(n, entitled)) / Math.max(1, entitled)
  const mark = (n: number): SVGElement => shape('line', { x1: at(n), x2: at(n), y1: -8, y2: HEIGHT + 8, class: 'mark' })
  const marks = [quorumLeast(e, entitled), e.charter.minBox].filter((n) => n !== null && n > 1) as number[]
  return shape(
    'svg',
    {
      class: 'turnout',
      viewBox: `-4 -8 ${WIDTH + 8} ${HEIGHT + 16}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    shape('rect', { width: WIDTH, height: HEIGHT, class: 'all' }),
    shape('rect', { width: at(cast), height: HEIGHT, class: 'cast' }),
    ...marks.map(mark),
  )
}

function quorumLine(e: Election, { cast, entitled, over }: Turnout): string | null {
  const least = quorumLeast(e, entitled)
  if (least === null) return null
  if (cast >= least) return t('turnout-quorum-met', { n: least })
  return over ? t('turnout-quorum-missed', { n: least }) : t('turnout-quorum', { n: least, short: least - cast })
}

interface Turnout {
  cast: number
  entitled: number
  /** Nobody can come any more. */
  over: boolean
}

export function turnoutBar(e: Election, turnout: Turnout): HTMLElement {
  const { cast, entitled, over } = turnout
  const quorum = quorumLine(e, turnout)
  return h(
    'div',
    {},
    h('p', { class: 'figure' }, t('turnout-line', { cast, entitled })),
    drawing(e, cast, entitled),
    quorum !== null && h('p', {}, quorum),
    !(over && cast >= e.charter.minBox) && h('p', {}, openedFrom(e, cast)),
  )
}
