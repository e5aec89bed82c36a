// SPDX-License-Identifier: Apache-2.0
// A project that is withdrawn after the charter (PROTOCOL §7.5): the note that
// issuer and holders sign, which is the body of the log's entry.
import { decimal, equal, Fault, under, unhex } from './bytes.ts'
import type { Charter } from './charter.ts'
import { requireHolders } from './holders.ts'
import { requireSigned, splitNote, type Note } from './note.ts'
import { requireReason } from './reason.ts'

const WITHDRAWAL_BYTES_MAX = 8 << 10

export interface Withdrawal {
  project: number // in file order, from 0
  reason: string
  note: Note
}

function value(line: string | undefined, key: string): string {
  if (line === undefined || !line.startsWith(`${key} `)) throw new Fault('withdrawal', `a line '${key}' is missing`)
  return line.slice(key.length + 1)
}

/** All but its signatures. Whether there is such a project is not asked. */
export function parseWithdrawal(bytes: Uint8Array, c: Charter): Withdrawal {
  if (bytes.length > WITHDRAWAL_BYTES_MAX) throw new Fault('too-big', 'no withdrawal is so large')
  const note = splitNote(bytes)
  const [first, eid, project, reason, end, more] = note.text.split('\n')
  if (first !== 'yihu-withdrawal-v1') throw new Fault('version', 'not a withdrawal')
  const of = under('withdrawal', () => unhex(value(eid, 'eid'), 32))
  if (!equal(of, c.eid)) throw new Fault('other-election', 'the withdrawal of another election')
  const number = under('withdrawal', () => decimal(value(project, 'project')))
  if (number === 0) throw new Fault('withdrawal', 'projects count from 1')
  const words = value(reason, 'reason')
  if (words === '' || end !== '' || more !== undefined)
    throw new Fault('withdrawal', 'its reason must be there, and be the last line')
  requireReason(words)
  return { project: number - 1, reason: words, note }
}

/** The issuer's line, then at least q holders'. */
export function requireWithdrawalSigned({ note }: Withdrawal, c: Charter): void {
  requireSigned(note, 0, c.issuer)
  requireHolders(note, 1, c, c.q)
}
