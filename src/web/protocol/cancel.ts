// SPDX-License-Identifier: Apache-2.0
// An election that is called off (PROTOCOL §7.4): the note `cancelled`, and the
// issuer's reason in it.
import { decimal, equal, Fault, unbase64, under, unhex } from './bytes.ts'
import type { Charter } from './charter.ts'
import type { Checkpoint } from './log.ts'
import { requireSigners, splitNote } from './note.ts'
import { requireReason } from './reason.ts'

const NOTE_BYTES_MAX = 8 << 10

/** log null: none was ever opened. */
export interface CancelledNote {
  log: Checkpoint | null
  reason: string
}

function value(line: string | undefined, key: string): string {
  if (line === undefined || !line.startsWith(`${key} `)) throw new Fault('cancel', `a line '${key}' is missing`)
  return line.slice(key.length + 1)
}

function readLog(text: string): Checkpoint | null {
  if (text === 'none') return null
  const [size = '', root = '', more] = text.split(' ')
  if (more !== undefined) throw new Fault('cancel', 'its log has a size and a root')
  return under('cancel', () => ({ size: decimal(size), root: unbase64(root, 32) }))
}

/** Form, eid, reason, and the issuer's signature alone. */
export function parseCancelledNote(bytes: Uint8Array, c: Charter): CancelledNote {
  if (bytes.length > NOTE_BYTES_MAX) throw new Fault('too-big', 'no cancellation is so large')
  const note = splitNote(bytes)
  const [first, eid, log, reason, end, more] = note.text.split('\n')
  if (first !== 'yihu-cancelled-v1') throw new Fault('version', 'not a cancellation')
  if (
    !equal(
      under('cancel', () => unhex(value(eid, 'eid'), 32)),
      c.eid,
    )
  )
    throw new Fault('other-election', 'the cancellation of another election')
  const out = { log: readLog(value(log, 'log')), reason: value(reason, 'reason') }
  if (end !== '' || more !== undefined) throw new Fault('cancel', 'its reason must be the last line')
  requireReason(out.reason)
  requireSigners(note, [c.issuer])
  return out
}
