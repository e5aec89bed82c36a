// SPDX-License-Identifier: Apache-2.0
// What the caller brings: receipts, saved checkpoints, the roll (PROTOCOL §4,
// §7). A checkpoint that bears the log's signature and does not fit this log
// proves that the log key signed two histories.
import { decimal, equal, Fault, under } from '../protocol/bytes.ts'
import type { Charter } from '../protocol/charter.ts'
import { H32 } from '../protocol/group.ts'
import { parseCheckpoint, parseReceipt, type Checkpoint, type Receipt } from '../protocol/log.ts'
import { cleanText } from '../protocol/note.ts'
import { onlyCloseAfter, relation } from './checkpoint.ts'
import type { Evidence } from './types.ts'
import type { Work } from './work.ts'

const [TAB, LF] = [9, 10]

function twoHistories(w: Work, name: string, c: Checkpoint): void {
  w.fault(
    'evidence',
    'two-histories',
    name,
    `it is of ${c.size} entries under the log’s signature, and this log does not contain them`,
  )
}

/** Whether c fits; where it does not, that is told. */
function fits(w: Work, name: string, c: Checkpoint): boolean {
  const how = relation(w, c)
  if (how === 'two-histories') twoHistories(w, name, c)
  if (how === 'folder-older') w.newerEvidence++
  return how !== 'two-histories'
}

/** The receipt's own inclusion proof binds the entry to its checkpoint, so
 * another entry at that index here is a second history as well. This catches
 * it where the folder is too old to hold the whole checkpoint against. */
export function entryIsHere(w: Work, r: Receipt): boolean {
  const entry = w.entries[r.index]
  return entry === undefined || equal(entry, r.entry)
}

/** Each returns how many things were checked: 1, or 0 where it cannot be read. */
function checkReceipt(w: Work, c: Charter, given: Evidence): number {
  const r = w.guard('evidence', given.name, () => parseReceipt(given.bytes, c.log))
  if (r === null) return 0
  if (fits(w, given.name, r.checkpoint) && !entryIsHere(w, r)) twoHistories(w, given.name, r.checkpoint)
  return 1
}

function checkCheckpoint(w: Work, charter: Charter, given: Evidence, atClose: boolean): number {
  const c = w.guard('evidence', given.name, () => parseCheckpoint(given.bytes, charter.log))
  if (c === null) return 0
  if (fits(w, given.name, c) && atClose && !onlyCloseAfter(w, c))
    w.fault(
      'evidence',
      'at-close',
      given.name,
      `entry ${c.size} came after the poll’s end, and it is not the close`,
      c.size,
    )
  return 1
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LF, from)
    if (end < 0) throw new Fault('roll', 'its last line has no line end')
    yield bytes.subarray(from, end)
    from = end + 1
  }
}

/** Lines `serial<TAB>household` from serial 1 on, no household twice. */
function readRoll(roll: Uint8Array): number {
  const labels = new Set<string>()
  for (const line of linesOf(roll)) {
    const tab = line.indexOf(TAB)
    const serial = labels.size + 1
    if (decimal(new TextDecoder('latin1').decode(line.subarray(0, Math.max(tab, 0)))) !== serial)
      throw new Fault('roll', `line ${serial} is not that of serial ${serial}`)
    const label = cleanText(line.subarray(tab + 1))
    if (label === '' || labels.has(label))
      throw new Fault('roll', `line ${serial} names no household, or one that is there already`)
    labels.add(label)
  }
  if (labels.size === 0) throw new Fault('roll', 'it is empty')
  return labels.size
}

function requireRoll(c: Charter, roll: Uint8Array, salt: Uint8Array): void {
  const n = readRoll(roll)
  if (!equal(H32('roll', salt, roll), c.roll))
    throw new Fault('roll', 'it is not, with this salt, the roll that the charter names')
  if (n !== c.households) throw new Fault('roll', `it has ${n} households, the charter ${c.households}`)
}

export function checkEvidence(w: Work): void {
  const { receipts = [], checkpoints = [], atClose, roll, salt } = w.options
  const ofLog = receipts.length + checkpoints.length + (atClose === undefined ? 0 : 1)
  const c = w.charter
  if (ofLog === 0 && roll === undefined) return w.skip('evidence')
  if (c === null) return w.skip('evidence', 'charter')
  let checked = 0
  if (roll !== undefined) {
    checked++
    w.guard('evidence', roll.name, () => under('roll', () => requireRoll(c, roll.bytes, salt ?? new Uint8Array())))
  }
  if (ofLog > 0 && !w.logSigned) return checked === 0 ? w.skip('evidence', 'checkpoint') : w.step('evidence', checked)
  for (const given of receipts) checked += checkReceipt(w, c, given)
  for (const given of checkpoints) checked += checkCheckpoint(w, c, given, false)
  if (atClose !== undefined) checked += checkCheckpoint(w, c, atClose, true)
  w.step('evidence', checked)
}
