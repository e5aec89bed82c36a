// SPDX-License-Identifier: Apache-2.0
// What was published (PROTOCOL §10): both files byte for byte, and the note.
import { resultsNote } from '../count/results.ts'
import { Fault } from '../protocol/bytes.ts'
import type { Charter } from '../protocol/charter.ts'
import { requireHolders } from '../protocol/holders.ts'
import { requireSigned, requireSigners, splitNote } from '../protocol/note.ts'
import { calledOff } from './cancelled.ts'
import { firstDifference } from './tiles.ts'
import type { Check } from './types.ts'
import type { Work } from './work.ts'

const NAME = 'results'

async function compare(w: Work, name: string, must: Uint8Array): Promise<void> {
  const file = await w.file(name)
  const byte = file === null ? -1 : firstDifference(file, must) // a missing one is a fault of the files' check
  if (byte >= 0) w.fault('results', 'results', name, `it is not what the ballots give: it differs from byte ${byte} on`)
}

/** Signed by the issuer, and by t holders when the box was opened. */
function requireNote(bytes: Uint8Array, must: string, c: Charter, opened: boolean): void {
  const note = splitNote(bytes)
  if (note.text !== must) throw new Fault('results', 'it is signed over other results than those of this election')
  if (!opened) return requireSigners(note, [c.issuer])
  requireSigned(note, 0, c.issuer)
  requireHolders(note, 1, c, c.t)
}

/** Results need an opened box, or one that had to stay shut. */
function ready(w: Work): boolean {
  const by: Check[] = ['entries', 'box', 'mixes', 'openings', 'count']
  const bar = w.ledger === null ? 'entries' : by.find((check) => w.faulty(check))
  if (bar !== undefined) {
    w.skip('results', bar)
    return false
  }
  if (w.resultsJson === null) {
    w.fault('results', 'missing-file', NAME, 'it is here, though the openings that it needs are not')
    w.skip('results', 'openings')
    return false
  }
  return true
}

export async function checkResults(w: Work): Promise<void> {
  const v = w.inventory
  const n = v.count('results') + v.count('results.pb') + v.count('results.json')
  if (n === 0) return w.skip('results')
  if (calledOff(w, 'results', NAME)) return
  if (!ready(w) || w.charter === null || w.resultsPb === null || w.resultsJson === null) return
  const c = w.charter
  await compare(w, 'results.pb', w.resultsPb)
  await compare(w, 'results.json', w.resultsJson)
  const file = await w.file(NAME)
  const must = resultsNote(c.eid, await w.file('box'), w.resultsPb, w.resultsJson)
  if (file !== null) w.guard('results', NAME, () => requireNote(file, must, c, !w.notOpened))
  w.step('results', n)
}
