// SPDX-License-Identifier: Apache-2.0
// The box note (PROTOCOL §8): what the close signs, signed by at least q holders.
import { equal, Fault, under, unhex } from '../protocol/bytes.ts'
import type { Charter } from '../protocol/charter.ts'
import { requireHolders } from '../protocol/holders.ts'
import { sizeAndRoot, type Checkpoint } from '../protocol/log.ts'
import { splitNote } from '../protocol/note.ts'
import { calledOff } from './cancelled.ts'
import type { Work } from './work.ts'

const NAME = 'box'

function parseBox(bytes: Uint8Array, c: Charter): { box: Checkpoint; signers: number } {
  const note = splitNote(bytes)
  const [first, eid = '', ...lines] = note.text.split('\n')
  if (first !== 'yihu-box-v1') throw new Fault('version', 'not a box')
  if (
    !equal(
      under('box', () => unhex(eid, 32)),
      c.eid,
    )
  )
    throw new Fault('other-election', 'the box of another election')
  const box = sizeAndRoot(lines, 'box')
  return { box, signers: requireHolders(note, 0, c, c.q) }
}

/** Box, mixes and openings stand on a closed log with min-box ballots. */
function mayExist(w: Work, charter: Charter): boolean {
  if (!w.closed) w.fault('box', 'box', NAME, 'it is here, though the log is not closed')
  else if (w.notOpened)
    w.fault('box', 'min-box', NAME, `with ${w.n} ballots, fewer than ${charter.minBox}, the box must not be signed`)
  return w.closed && !w.notOpened
}

export async function checkBox(w: Work): Promise<void> {
  const file = await w.file(NAME)
  if (file === null) return w.skip('box')
  if (calledOff(w, 'box', NAME)) return
  if (w.ledger === null || w.charter === null) return w.skip('box', 'entries')
  const c = w.charter
  const read = mayExist(w, c) ? w.guard('box', NAME, () => parseBox(file, c)) : null
  if (read !== null && (read.box.size !== w.box.size || !equal(read.box.root, w.box.root)))
    w.fault('box', 'box', NAME, 'its size or root is not that of the log’s close')
  else if (read !== null) w.boxSigners = read.signers
  w.step('box', w.boxSigners)
}
