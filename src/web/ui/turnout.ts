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
  /** Called off: nothing comes of it. */
  off?: boolean
}

/** What the vote needs, and whether it has it. */
function needs(e: Election, turnout: Turnout): string[] {
  const { cast, over } = turnout
  const opening = over ? (cast < e.charter.minBox ? notOpened(e) : null) : openedFrom(e, cast)
  return [quorumLine(e, turnout), opening].filter((line) => line !== null)
}

/** Too few came: the box stays shut. */
export const notOpened = (e: Election): string => t('turnout-not-opened', { n: e.charter.minBox })

export function turnoutBar(e: Election, turnout: Turnout): HTMLElement {
  const { cast, entitled } = turnout
  return h(
    'div',
    {},
    h('p', { class: 'figure' }, t('turnout-line', { cast, entitled })),
    drawing(e, cast, entitled),
    ...(turnout.off === true ? [] : needs(e, turnout).map((line) => h('p', {}, line))),
  )
}
