// SPDX-License-Identifier: Apache-2.0
// Which view each act has, and what an election's page and the first view show besides.
import type { Book, Status } from './api.ts'
import { act, type What } from './act.ts'
import { afterPanel } from './after.ts'
import { a } from './after_words.ts'
import { allPanel, restore } from './all_acts.ts'
import { auditView } from './audit_here.ts'
import { begin } from './begin.ts'
import { copyPublic, makeArchive } from './keep.ts'
import { objectionsView } from './objections.ts'
import { holderHome } from './holder.ts'
import { keys, keysPanel } from './keys.ts'
import { k } from './key_words.ts'
import { countDelivery } from './delivery.ts'
import { findLetter } from './find_letter.ts'
import { letterPanel } from './letter_panel.ts'
import { lettersForm } from './letters_form.ts'
import { papers } from './papers.ts'
import { closeView } from './close.ts'
import { countBox } from './count.ts'
import { pollBox } from './poll.ts'
import { resultBox, signView } from './result.ts'
import { stickRounds } from './stick_rounds.ts'
import { printRoom } from './print_room.ts'
import { rehearse, rehearseFirst } from './rehearse.ts'
import { routes, type Act } from './window.ts'
import { begun } from './works.ts'

/** A view in place of the verb's plain form. */
interface Screen extends What {
  open: (b: Book | null) => Promise<void>
}
/** Of an election that is there. */
const own =
  (view: (b: Book) => Promise<void>) =>
  (b: Book | null): Promise<void> =>
    b === null ? routes.home() : view(b)
/** The same view for several verbs of a program. */
const views = (program: string, verbs: string[], open: (b: Book) => Promise<void>): Screen[] =>
  verbs.map((verb) => ({ program, verb, open: own(open) }))
const issue = (verb: string, open: Screen['open']): Screen => ({ program: 'yihu-issue', verb, open })
export const screens: Screen[] = [
  { program: 'yihu-issue', verb: 'init', open: () => begin() },
  { program: 'yihu-issue', verb: 'rehearse', open: rehearse },
  { program: 'yihu-tally', verb: 'complaints', open: own(objectionsView) },
  { program: 'yihu-tally', verb: 'objection', open: own(objectionsView) },
  { program: 'yihu-audit', verb: null, open: own(auditView) },
  { program: 'yihu-issue', verb: 'copy-public', open: own(copyPublic) },
  { program: 'yihu-issue', verb: 'archive', open: own(makeArchive) },
  { program: 'yihu-tally', verb: 'close', open: own(closeView) },
  { program: 'yihu-issue', verb: 'sign', open: own(signView) },
  ...views('yihu-trustee', ['ceremony', 'count', 'retire'], keys),
  ...views('yihu-issue', ['charter'], keys),
  ...views('yihu-issue', ['hand-out', 'collect'], stickRounds),
  issue('letters', lettersForm),
  issue('shred-letters', (b) => printRoom(b)),
  issue('reconcile', (b) => countDelivery(b)),
  issue('replace', (b) => findLetter(b)),
  issue('void', (b) => findLetter(b)),
  issue('add', (b) => findLetter(b)),
]

/** A box on the election's page; null: not at this time. */
interface Panel {
  place: 'top' | 'below'
  draw: (b: Book, s: Status) => Promise<HTMLElement | null>
}
export const panels: Panel[] = [
  { place: 'top', draw: rehearseFirst },
  { place: 'top', draw: begun },
  { place: 'top', draw: countBox },
  { place: 'top', draw: resultBox },
  { place: 'top', draw: pollBox },
  { place: 'top', draw: afterPanel },
  { place: 'top', draw: keysPanel },
  { place: 'top', draw: letterPanel },
  { place: 'below', draw: papers },
  { place: 'below', draw: allPanel },
]

/** What else the first view leads to. */
interface HomeLink {
  words: () => string
  go: Act
}
export const homeLinks: HomeLink[] = [
  { words: () => a('restore-go'), go: restore },
  { words: () => k('kh-holder-link'), go: holderHome },
]

export function openAct(what: What, b: Book | null): Promise<void> {
  const own = screens.find((x) => x.program === what.program && x.verb === what.verb)
  return own === undefined ? act(what, b) : own.open(b)
}
