// SPDX-License-Identifier: Apache-2.0
// Checkpoints: log/checkpoint is of exactly the entries that are here,
// log/at-close of all but C, and how any other stands to them (PROTOCOL §7).
import { equal } from '../protocol/bytes.ts'
import type { Charter } from '../protocol/charter.ts'
import { parseCheckpoint, type Checkpoint } from '../protocol/log.ts'
import type { Work } from './work.ts'

const NAME = 'log/checkpoint'
const AT_CLOSE = 'log/at-close'

const rootMatches = (w: Work, c: Checkpoint): boolean => w.tree !== null && equal(w.tree.root(c.size), c.root)

/** How a checkpoint that bears the log's signature stands to the log here. A
 * folder is older than one of more entries while nothing has ended its log. */
export type Relation = 'covered' | 'folder-older' | 'two-histories'
export function relation(w: Work, c: Checkpoint): Relation {
  if (c.size > w.entries.length) return w.closed || w.ledger?.cancelled ? 'two-histories' : 'folder-older'
  return rootMatches(w, c) ? 'covered' : 'two-histories'
}

/** Where an entry is not what its first byte says, the entries' check refuses it. */
export function onlyCloseAfter(w: Work, c: Checkpoint): boolean {
  return w.entries.slice(c.size).every((entry) => entry[0] === 'C'.charCodeAt(0))
}

function compareCheckpoint(w: Work, c: Checkpoint): void {
  if (w.tree === null) return
  w.logSigned = rootMatches(w, c)
  if (!w.logSigned) w.fault('checkpoint', 'checkpoint', NAME, `its root is not that of the ${c.size} entries here`)
}

function compareAtClose(w: Work, c: Checkpoint): void {
  if (w.tree === null) return
  if (c.size > w.entries.length || !rootMatches(w, c))
    w.fault('checkpoint', 'at-close', AT_CLOSE, `its ${c.size} entries are not the first of this log`)
  else if (!onlyCloseAfter(w, c))
    w.fault(
      'checkpoint',
      'at-close',
      AT_CLOSE,
      `entry ${c.size} came after the poll’s end, and it is not the close`,
      c.size,
    )
}

async function checkOne(
  w: Work,
  charter: Charter,
  name: string,
  compare: (w: Work, c: Checkpoint) => void,
): Promise<Checkpoint | null> {
  const file = await w.file(name)
  const c = file === null ? null : w.guard('checkpoint', name, () => parseCheckpoint(file, charter.log))
  if (c !== null) compare(w, c)
  return c
}

export async function checkCheckpoint(w: Work): Promise<void> {
  const n = w.inventory.count('checkpoint') + w.inventory.count('at-close')
  if (n === 0) return w.skip('checkpoint')
  if (w.charter === null) return w.skip('checkpoint', 'charter')
  w.checkpoint = await checkOne(w, w.charter, NAME, compareCheckpoint)
  await checkOne(w, w.charter, AT_CLOSE, compareAtClose)
  w.step('checkpoint', n)
}
