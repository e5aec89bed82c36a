// SPDX-License-Identifier: Apache-2.0
// The reason for which an election is called off (PROTOCOL §7.1).
import { Fault, fromUtf8, utf8 } from './bytes.ts'

export const REASON_BYTES_MAX = 1000

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
