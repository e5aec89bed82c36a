// SPDX-License-Identifier: Apache-2.0
// Checkpoints, inclusion (RFC 9162 §2.1.3.2) and receipts (C2SP tlog-proof):
// what makes "recorded" true (PROTOCOL §7).
import { sha256 } from '@noble/hashes/sha2'
import { base64, concat, decimal, equal, Fault, Reader, unbase64, utf8 } from './bytes.ts'
import { cleanText, signedBy, splitNote, type VerifierKey } from './note.ts'

export interface Checkpoint {
  size: number
  root: Uint8Array
}
export interface Receipt {
  entry: Uint8Array
  index: number
  checkpoint: Checkpoint
}
export interface Entry {
  type: string
  time: number
  body: Uint8Array
}

const node = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(1), left, right))
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(0), entry))

export function parseCheckpoint(bytes: Uint8Array, log: VerifierKey): Checkpoint {
  const note = splitNote(bytes)
  const lines = note.text.split('\n')
  if (lines.length !== 4) throw new Fault('checkpoint', 'a checkpoint has three lines')
  const [origin, size, root] = lines as [string, string, string]
  if (origin !== log.name || !signedBy(note, 0, log)) throw new Fault('checkpoint', 'not signed by the log')
  const foreign = note.signatures.slice(1).every((s) => s.name !== log.name && s.blob.length === 76)
  if (!foreign) throw new Fault('checkpoint', 'a line that is no cosignature')
  return { size: decimal(size), root: unbase64(root, 32) }
}

export function included(leaf: Uint8Array, index: number, size: number, proof: Uint8Array[], root: Uint8Array): boolean {
  if (index >= size) return false
  let fn = index
  let sn = size - 1
  let hash = leaf
  for (const p of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = node(p, hash)
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2)
        sn = Math.floor(sn / 2)
      }
    } else {
      hash = node(hash, p)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && equal(hash, root)
}

/** The whole of it: form, the log's signature, inclusion. */
export function parseReceipt(bytes: Uint8Array, log: VerifierKey): Receipt {
  const text = cleanText(bytes)
  const cut = text.indexOf('\n\n')
  const lines = text.slice(0, Math.max(cut, 0)).split('\n')
  const extra = /^extra (\S+)$/.exec(lines[1] ?? '')
  const number = /^index (\S+)$/.exec(lines[2] ?? '')
  if (lines[0] !== 'c2sp.org/tlog-proof@v1' || extra === null || number === null)
    throw new Fault('format', 'not a receipt')
  const entry = unbase64(extra[1] as string)
  const index = decimal(number[1] as string)
  const proof = lines.slice(3).map((line) => unbase64(line, 32))
  const checkpoint = parseCheckpoint(utf8(text.slice(cut + 2)), log)
  if (!included(leafHash(entry), index, checkpoint.size, proof, checkpoint.root))
    throw new Fault('inclusion', 'the entry is not in the log under that checkpoint')
  return { entry, index, checkpoint }
}

export function parseEntry(bytes: Uint8Array): Entry {
  const r = new Reader(bytes)
  const type = String.fromCharCode(r.u8())
  const time = r.u64()
  if (!'OBRC'.includes(type) || time >= 2 ** 38) throw new Fault('entry', 'no such entry')
  return { type, time, body: bytes.slice(9) }
}

/** A receipt that proves this very ballot. */
export function requireReceiptOf(receipt: Receipt, ballot: Uint8Array): Entry {
  const entry = parseEntry(receipt.entry)
  if (entry.type !== 'B' || !equal(entry.body, ballot)) throw new Fault('inclusion', 'the receipt is for another entry')
  return entry
}

export { base64 }
