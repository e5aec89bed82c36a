// SPDX-License-Identifier: Apache-2.0
// The charter (PROTOCOL §3, §4): form, every signature, every holder's proof
// and Y, the definition that it names and the eid given.
import { equal } from '../protocol/bytes.ts'
import { parseCharter, requireDefinition, shortPrint, type Charter } from '../protocol/charter.ts'
import { charterDeceives } from './looks.ts'
import type { Work } from './work.ts'

function compareEid(w: Work, c: Charter): void {
  const given = w.options.eid
  if (given !== undefined && !equal(given, c.eid))
    w.fault(
      'charter',
      'other-election',
      'charter',
      `its id begins with ${shortPrint(c.eid)}, the one given with ${shortPrint(given)}`,
    )
}

/** Against another definition than the charter's, every later check would tell
 * of faults that are not there. */
async function compareDefinition(w: Work, c: Charter): Promise<void> {
  const file = await w.file('election.pb')
  if (file === null) return
  const same = w.guard('charter', 'election.pb', () => (requireDefinition(c, file), true))
  if (same !== null && w.definition !== null) w.election = { definition: w.definition, charter: c }
}

export async function checkCharter(w: Work): Promise<void> {
  const file = await w.file('charter')
  if (file === null) return w.skip('charter')
  const c = w.guard('charter', 'charter', () => parseCharter(file))
  w.charter = c
  if (c === null) return w.step('charter', 0)
  compareEid(w, c)
  await compareDefinition(w, c)
  if (charterDeceives(c)) w.doubts.push('charter')
  w.step('charter', c.n + 1)
}
