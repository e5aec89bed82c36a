// SPDX-License-Identifier: Apache-2.0
// The openings (PROTOCOL §9): on the last list, after at least t mixes; every
// one that is there is verified, more than t too.
import type { Charter } from '../protocol/charter.ts'
import { calledOff } from './cancelled.ts'
import { lotPoint, parseOpening, verifyOpening } from './opening.ts'
import type { Election, Work } from './work.ts'

async function checkOpening(w: Work, { definition, charter }: Election, j: number, done: number): Promise<void> {
  const name = `open/${j}`
  const bytes = await w.file(name)
  if (bytes === null) return // a fault of the files' check
  const [n, width, total] = [w.n, definition.width, w.inventory.openings.size * w.n]
  const P = lotPoint(charter.eid, w.box.size, w.box.root)
  const o = w.guard(
    'openings',
    name,
    () => {
      const opening = parseOpening(bytes, n, width)
      verifyOpening(opening, { charter, holder: j, P, n, w: width, list: w.list }, (share) =>
        w.progress('openings', (done + share) * n, total),
      )
      return opening
    },
    j,
  )
  if (o !== null) w.opened.set(j, o)
}

async function checkAll(w: Work, e: Election): Promise<void> {
  const there = [...w.inventory.openings].sort((a, b) => a - b)
  for (const [done, j] of there.entries()) {
    if (j > e.charter.n) w.fault('openings', 'stray-file', `open/${j}`, `there is no key holder ${j}`, j)
    else await checkOpening(w, e, j, done)
  }
}

/** Fewer than t mixes: one honest mixer among the openers is not assured. */
function requireMixesBefore(w: Work, charter: Charter): void {
  const next = w.mixers.size + 1
  if (w.mixers.size < charter.t)
    w.fault(
      'openings',
      'missing-file',
      `mix/${next}`,
      `the box is opened after ${w.mixers.size} mixes, and ${charter.t} are needed before`,
      next,
    )
}

export async function checkOpenings(w: Work): Promise<void> {
  const last = Math.max(0, ...w.inventory.openings)
  if (last === 0) return w.skip('openings')
  if (calledOff(w, 'openings', `open/${last}`)) return
  if (w.notOpened) w.fault('openings', 'min-box', `open/${last}`, `${w.n} ballots are too few to be opened`, last)
  if (!w.mixesProved || w.election === null) return w.skip('openings', 'mixes')
  requireMixesBefore(w, w.election.charter)
  await checkAll(w, w.election)
  w.step('openings', w.opened.size)
}
