// SPDX-License-Identifier: Apache-2.0
// A receipt by itself (PROTOCOL §7): what it says, whether it holds, and, with
// a folder, how it stands to the log there.
import { ballotCode } from '../protocol/ballot.ts'
import { equal, Fault, hex } from '../protocol/bytes.ts'
import { parseEntry, parseReceipt, type Receipt } from '../protocol/log.ts'
import { verifierKey, type VerifierKey } from '../protocol/note.ts'
import { parseBallot, requireProven, WIDTH } from './ballot.ts'
import { checkCharter } from './charter.ts'
import { checkCheckpoint, relation } from './checkpoint.ts'
import { checkEntries } from './entries.ts'
import { entryIsHere } from './evidence.ts'
import { checkDefinition } from './definition.ts'
import { checkRegister } from './register.ts'
import { ready } from './sodium.ts'
import { checkTiles } from './tiles.ts'
import type { Evidence, ReceiptReport, Source } from './types.ts'
import { Work } from './work.ts'

export interface ReceiptOptions {
  eid?: Uint8Array
  /** a note verifier key, as the charter has it; not needed with a folder */
  logKey?: string
}

const NOTHING: ReceiptReport = {
  holds: false,
  fault: null,
  log: null,
  eid: null,
  index: null,
  size: null,
  type: null,
  time: null,
  serial: null,
  code: null,
  folder: null,
}

/** Charter and log of the folder, with the checks of the audit. */
async function readFolder(source: Source, options: ReceiptOptions): Promise<Work> {
  const w = new Work(source, options.eid === undefined ? {} : { eid: options.eid })
  for (const check of [checkDefinition, checkCharter, checkRegister, checkTiles, checkCheckpoint, checkEntries])
    await check(w)
  const [first] = w.faults
  if (first !== undefined) throw new Fault(first.code, `${first.file}: ${first.detail}`)
  return w
}

function logKey(w: Work | null, options: ReceiptOptions): VerifierKey {
  if (options.logKey !== undefined) return verifierKey(options.logKey)
  if (w?.charter != null) return w.charter.log
  throw new Fault('argument', 'neither the log’s key nor a folder was given')
}

/** What the entry says; of a ballot also whether it verifies under eid. */
function entryOf(r: Receipt, eid: Uint8Array | undefined): Partial<ReceiptReport> {
  const { type, time, body } = parseEntry(r.entry)
  const told = { type: type as ReceiptReport['type'], time }
  if (type !== 'B') return told
  const b = parseBallot(body, body[WIDTH] ?? 0)
  if (eid === undefined) return { ...told, serial: b.serial }
  requireProven(b, eid)
  return { ...told, serial: b.serial, eid: hex(eid), code: ballotCode(eid, body) }
}

function folderRelation(w: Work, r: Receipt): ReceiptReport['folder'] {
  if (!w.logSigned) return null
  const how = relation(w, r.checkpoint)
  if (how === 'two-histories' || !entryIsHere(w, r)) return 'two-histories'
  return how === 'covered' ? 'in-it' : 'folder-older'
}

/** source null: the receipt alone, under options.logKey. */
export async function checkReceipt(
  source: Source | null,
  receipt: Evidence,
  options: ReceiptOptions,
): Promise<ReceiptReport> {
  await ready()
  let told = NOTHING
  try {
    const w = source === null ? null : await readFolder(source, options)
    const key = logKey(w, options)
    if (w?.charter != null && !equal(key.pk, w.charter.log.pk))
      throw new Fault('checkpoint', 'the folder is of another log')
    told = { ...told, log: key.name }
    const r = parseReceipt(receipt.bytes, key)
    told = { ...told, index: r.index, size: r.checkpoint.size, folder: w === null ? null : folderRelation(w, r) }
    if (told.folder === 'two-histories')
      throw new Fault('two-histories', 'the log key has signed two histories, and this receipt proves it')
    return { ...told, ...entryOf(r, options.eid ?? w?.charter?.eid), holds: true }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { ...told, holds: false, fault: { code: error.code, detail: error.message } }
  }
}
