// SPDX-License-Identifier: Apache-2.0
// An election that is called off (PROTOCOL §7.1, §7.4): the issuer's reason, in
// the log's entry X or in the note `cancelled`.
import { decimal, equal, Fault, fromUtf8, unbase64, under, unhex, utf8 } from './bytes.ts'
import type { Charter } from './charter.ts'
import type { Checkpoint } from './log.ts'
import { requireSigners, splitNote } from './note.ts'

export const REASON_BYTES_MAX = 1000
const NOTE_BYTES_MAX = 8 << 10

/** Controls, and what is not seen, stands for nothing or turns the writing: the
 * ranges of §7.1, written out, so that no browser's Unicode decides. */
const UNSEEN = new RegExp(
  [
    String.raw`[\0-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e`,
    String.raw`\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}`,
    String.raw`\u{e0000}-\u{e0fff}]`,
  ].join(''),
  'u',
)

export function requireReason(text: string): void {
  const length = utf8(text).length
  if (length === 0 || length > REASON_BYTES_MAX) throw new Fault('reason', `a reason of ${length} bytes`)
  if (UNSEEN.test(text)) throw new Fault('reason', 'it holds a line end or a sign that cannot be seen')
  if (/^[ \u00a0\u3000]|[ \u00a0\u3000]$/.test(text)) throw new Fault('reason', 'it begins or ends with a space')
}

/** The reason in an entry's bytes. */
export function readReason(bytes: Uint8Array): string {
  let text: string
  try {
    text = fromUtf8(bytes)
  } catch {
    throw new Fault('reason', 'not UTF-8')
  }
  requireReason(text)
  return text
}

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
