// SPDX-License-Identifier: Apache-2.0
// A new election from its first line to its folder: five parts, in any order, with a list of
// what is still missing; it goes on where it was left, whenever the window was closed.
import { h } from '../ui/dom.ts'
import { act } from './act.ts'
import * as api from './api.ts'
import { Desk, fresh, type Draft } from './draft.ts'
import { d } from './draft_words.ts'
import { finish } from './finish.ts'
import { lacking, type Lack } from './lacking.ts'
import { likeOld } from './like.ts'
import { Live, showPart, type PartView } from './part.ts'
import { beginning, households, projects, times } from './parts.ts'
import { buttons, labelled, routes, show, type Act } from './window.ts'
import { c } from './words.ts'

const PARTS = ['begin', 'projects', 'households', 'times', 'finish'] as const

function lackList(all: Lack[], go: (part: number) => Act): HTMLElement {
  const row = (l: Lack): HTMLElement => h('li', {}, l.words, ' ', labelled(d('nv-go-there'), go(l.part)))
  return h('ul', {}, ...all.map(row))
}

function draw(desk: Desk, part: number, again: Act): PartView {
  switch (part) {
    case 0:
      return beginning(desk)
    case 1:
      return projects(desk, again)
    case 2:
      return households(desk, again)
    case 3:
      return times(desk)
    default:
      return finish(desk, again, (all) => lackList(all, (p) => () => openPart(desk, p)))
  }
}

async function openPart(desk: Desk, part: number): Promise<void> {
  const again = (): Promise<void> => openPart(desk, part)
  await showPart(desk, again, () => draw(desk, part, again), {
    before: part === 0 ? () => overview(desk) : () => openPart(desk, part - 1),
    after: part + 1 < PARTS.length ? () => openPart(desk, part + 1) : null,
    overview: () => overview(desk),
  })
}

function partRow(desk: Desk, part: number, all: Lack[]): HTMLElement {
  const own = all.filter((l) => l.part === part)
  const last = part === PARTS.length - 1
  const state =
    own.length > 0
      ? d('nv-part-lacks', { n: own.length })
      : last && all.length > 0
        ? d('nv-part-waits')
        : last && !desk.checked()
          ? d('nv-part-unchecked')
          : d('nv-part-ready')
  return h(
    'li',
    {},
    h('p', {}, h('strong', {}, d(`nv-part-${PARTS[part]!}`)), ' ', state),
    ...(own.length === 0 ? [] : [h('ul', {}, ...own.map((l) => h('li', {}, l.words)))]),
    labelled(d('nv-open-part'), () => openPart(desk, part)),
  )
}

async function overview(desk: Desk): Promise<void> {
  desk.seen = () => {}
  await desk.flush()
  const all = lacking(desk)
  const next = all[0]?.part ?? PARTS.length - 1
  const live = new Live(
    () => desk.problem,
    () => (desk.problem === '' ? [] : [h('p', { class: 'problem', role: 'alert' }, desk.problem)]),
  )
  show(
    () => overview(desk),
    () => [
      h('h1', {}, d('nv-title-new')),
      h('p', {}, d('nv-overview-what')),
      live.element,
      buttons(
        labelled(d('nv-go-on'), () => openPart(desk, next), true),
        labelled(d('nv-like'), () => likeOld(desk, () => openPart(desk, 0))),
      ),
      h('ol', { class: 'parts' }, ...PARTS.map((_, i) => partRow(desk, i, all))),
      buttons(
        labelled(d('nv-plain'), plain),
        labelled(d('nv-throw'), () => askThrow(desk)),
        labelled(c('to-books'), routes.home),
      ),
    ],
  )
}

const plain = (): Promise<void> => act({ program: 'yihu-issue', verb: 'init' }, null)

async function askThrow(desk: Desk): Promise<void> {
  const gone = async (): Promise<void> => {
    await api.draftDrop()
    await routes.home()
  }
  show(
    () => askThrow(desk),
    () => [
      h('h1', {}, d('nv-throw')),
      h('p', { class: 'warn' }, d('nv-throw-what')),
      ...(desk.medium === null ? [] : [h('p', { class: 'note' }, desk.medium)]),
      buttons(
        labelled(d('nv-throw-yes'), gone),
        labelled(d('nv-overview'), () => overview(desk), true),
      ),
    ],
  )
}

/** In place of the plain form of init. */
export async function begin(): Promise<void> {
  const kept = await api.draft()
  const names = (await api.books()).books.map((b) => b.name)
  const desk = new Desk({ ...fresh(), ...((kept.draft as Draft | null) ?? {}) }, kept.dir, names, kept.medium)
  await overview(desk)
}
