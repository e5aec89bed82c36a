// SPDX-License-Identifier: Apache-2.0
// An election that was called off (PROTOCOL §7.4): by the log's last entry, or
// by the note `cancelled` where no log can say it. Nobody can call off what has
// ended: the poll's end must not be signed.
import { equal } from '../protocol/bytes.ts'
import { parseCancelledNote, type CancelledNote } from '../protocol/cancel.ts'
import type { Check } from './types.ts'
import type { Work } from './work.ts'

const NAME = 'cancelled'
const AT_CLOSE = 'log/at-close'

/** What in the folder speaks against the note, or null. */
function contradiction(w: Work, note: CancelledNote): string | null {
  const here = w.inventory.has('checkpoint') || w.inventory.has('at-close') || w.inventory.has('tile')
  if (note.log === null) return here ? 'it says that no log was opened, but log/ is here' : null
  if (!here) return 'it names a log, but none is here'
  const c = w.checkpoint
  if (w.logSigned && c !== null && (note.log.size !== c.size || !equal(note.log.root, c.root)))
    return 'it is of another log than log/checkpoint is'
  return w.closed ? 'the log is closed' : null
}

function takeNote(w: Work, note: CancelledNote | null): void {
  if (note === null) return
  const wrong = w.cancelled !== null ? 'the log says it already' : contradiction(w, note)
  if (wrong !== null) w.fault('cancelled', 'cancel', NAME, wrong)
  w.cancelled ??= { reason: note.reason, time: null }
}

export async function checkCancelled(w: Work): Promise<void> {
  const file = await w.file(NAME)
  const entry = w.ledger?.cancelled ?? null
  if (file === null && entry === null) return w.skip('cancelled')
  if (w.charter === null) return w.skip('cancelled', 'charter')
  const c = w.charter
  w.cancelled = entry
  if (file !== null)
    takeNote(
      w,
      w.guard('cancelled', NAME, () => parseCancelledNote(file, c)),
    )
  if (w.cancelled !== null && w.has(AT_CLOSE))
    w.fault('cancelled', 'at-close', AT_CLOSE, 'it is here, though the election was called off before the poll’s end')
  w.step('cancelled', (entry === null ? 0 : 1) + (file === null ? 0 : 1))
}

/** Where the election was called off: `name`, which is here, is that check's
 * fault; its step is left out, and true. */
export function calledOff(w: Work, check: Check, name: string): boolean {
  if (w.cancelled === null) return false
  w.fault(check, 'cancelled', name, 'it is here, though this election was called off')
  w.skip(check, 'cancelled')
  return true
}
