// SPDX-License-Identifier: Apache-2.0
// Every entry by PROTOCOL §6 and §7, through the ledger, which holds the rules.
// The product is the ledger, what the close signs, and L_0.
import { concat } from '../protocol/bytes.ts'
import { Ledger } from './ledger.ts'
import { bundleName } from './names.ts'
import type { Work } from './work.ts'

/** After a refused entry nothing is known of the later ones: stop there. */
function replay(w: Work, l: Ledger): boolean {
  for (const [i, entry] of w.entries.entries()) {
    const good = w.guard('entries', bundleName(i, w.entries.length), () => (l.append(entry), true), i)
    if (good === null) return false
    w.progress('entries', i + 1, w.entries.length)
  }
  if (w.entries.length === 0) w.fault('entries', 'open-entry', 'log/checkpoint', 'the log has no entry')
  return w.entries.length > 0
}

/** Everything of the tally that the log alone tells. */
function takeClose(w: Work, l: Ledger): void {
  if (!l.closed || w.election === null || w.tree === null) return
  const { definition, charter } = w.election
  const { additions, replacements, voids, ballots } = l.counts
  w.closed = true
  w.box = { size: w.entries.length - 1, root: w.tree.root(w.entries.length - 1) }
  w.notOpened = ballots < charter.minBox
  w.tally = {
    definition,
    charter,
    logSize: w.box.size,
    additions,
    replacements,
    voids,
    entitled: l.entitled,
    cast: ballots,
    withdrawn: l.withdrawn,
    opening: null,
  }
}

export function checkEntries(w: Work): void {
  if (!w.inventory.has('checkpoint')) return w.skip('entries')
  if (w.election === null) return w.skip('entries', 'charter')
  if (w.register === null) return w.skip('entries', 'register')
  if (w.tree === null) return w.skip('entries', 'tiles')
  const l = new Ledger(
    w.election.charter,
    w.register,
    w.election.definition.width,
    w.election.definition.projects.length,
    w.tree,
  )
  if (replay(w, l)) {
    w.ledger = l
    w.list = concat(...l.pairs)
    w.n = l.counts.ballots
    takeClose(w, l)
  }
  w.step('entries', l.size)
}
