// SPDX-License-Identifier: Apache-2.0
// Notes that some of the holders sign (PROTOCOL §7.5, §8, §10).
import { Fault } from './bytes.ts'
import type { Charter } from './charter.ts'
import { requireSigned, type Note } from './note.ts'

/** Lines from number `from` on, each by a holder, in index order, at least
 * `least` of them. Returns how many. */
export function requireHolders(note: Note, from: number, c: Charter, least: number): number {
  let last = 0
  for (let i = from; i < note.signatures.length; i++) {
    const found = c.holders.slice(last).findIndex((h) => h.key.name === note.signatures[i]?.name)
    if (found < 0)
      throw new Fault('signers', `line ${i + 1}: only key holders sign here, each once, in the charter’s order`)
    last += found + 1
    requireSigned(note, i, (c.holders[last - 1] as Charter['holders'][number]).key)
  }
  const signed = note.signatures.length - from
  if (signed < least) throw new Fault('signers', `${signed} key holders have signed, but ${least} must`)
  return signed
}
