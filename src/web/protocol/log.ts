// SPDX-License-Identifier: Apache-2.0
// Checkpoints, inclusion (RFC 9162 §2.1.3.2) and receipts (C2SP tlog-proof):
// what makes "recorded" true (PROTOCOL §7).
import { sha256 } from '@noble/hashes/sha2'
import { base64, concat, decimal, equal, Fault, unbase64, under } from './bytes.ts'
import { isBy, requireSigned, splitNote, type VerifierKey } from './note.ts'
import { REASON_BYTES_MAX } from './reason.ts'

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

const CHECKPOINT_BYTES_MAX = 64 << 10
const RECEIPT_BYTES_MAX = 512 << 10
const ENTRY_BYTES_MAX = 0xffff
const PROOF_NODES_MAX = 64
const WITHDRAWAL_BYTES_MAX = 8 << 10

export const node = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(1), left, right))
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(0), entry))

/** Size and root: the last two lines of a text. */
export function sizeAndRoot(lines: string[], code: string): Checkpoint {
  const [size = '', root = '', end, more] = lines
  if (end !== '' || more !== undefined) throw new Fault(code, 'its last lines must be how many entries, and the root')
  return under(code, () => ({ size: decimal(size), root: unbase64(root, 32) }))
}

/** One line is the log's, wherever it stands; those of other keys are passed over. */
export function parseCheckpoint(bytes: Uint8Array, log: VerifierKey): Checkpoint {
  if (bytes.length > CHECKPOINT_BYTES_MAX) throw new Fault('too-big', 'no checkpoint is so large')
  const note = splitNote(bytes)
  const [origin, ...lines] = note.text.split('\n')
  if (origin !== log.name) throw new Fault('checkpoint', `its first line is not ${log.name}`)
  const c = sizeAndRoot(lines, 'checkpoint')
  const own = note.signatures.flatMap((line, i) => (isBy(line, log) ? [i] : []))
  if (own.length !== 1)
    throw new Fault(
      'signers',
      own.length === 0 ? `no signature by the log key of ${log.name}` : 'a second line of the log’s',
    )
  requireSigned(note, own[0] as number, log)
  return c
}

export function included(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: Uint8Array[],
  root: Uint8Array,
): boolean {
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

/** Lines one by one; what stands behind the first that is wrong is not read. */
class Head {
  private at = 0
  constructor(private readonly bytes: Uint8Array) {}
  /** null: there is none, or its end is missing. */
  line(): string | null {
    const end = this.bytes.indexOf(10, this.at)
    if (end < 0) return null
    const line = new TextDecoder('latin1').decode(this.bytes.subarray(this.at, end))
    this.at = end + 1
    return line
  }
  value(key: string): string {
    const line = this.line() ?? ''
    if (!line.startsWith(`${key} `)) throw new Fault('format', `a line '${key}' is missing`)
    return line.slice(key.length + 1)
  }
  rest(): Uint8Array {
    return this.bytes.subarray(this.at)
  }
}

/** The whole of it: form, the log's signature, inclusion. */
export function parseReceipt(bytes: Uint8Array, log: VerifierKey): Receipt {
  if (bytes.length > RECEIPT_BYTES_MAX) throw new Fault('too-big', 'no receipt is so large')
  const head = new Head(bytes)
  if (head.line() !== 'c2sp.org/tlog-proof@v1') throw new Fault('version', 'not a receipt')
  const entry = unbase64(head.value('extra'))
  if (entry.length === 0 || entry.length > ENTRY_BYTES_MAX) throw new Fault('format', 'no entry has such a length')
  const index = decimal(head.value('index'))
  const proof: Uint8Array[] = []
  for (let line = head.line(); line !== ''; line = head.line()) {
    if (line === null || proof.length === PROOF_NODES_MAX)
      throw new Fault('format', 'it breaks off, or has too many hashes')
    proof.push(unbase64(line, 32))
  }
  const checkpoint = parseCheckpoint(head.rest(), log)
  if (!included(leafHash(entry), index, checkpoint.size, proof, checkpoint.root))
    throw new Fault('inclusion', 'the entry is not in the log under that checkpoint')
  return { entry, index, checkpoint }
}

const TIME_MAX = 2 ** 38 - 1
const ENTRY_HEAD_BYTES = 9

/** Type and time; a ballot's body has some w from 1 to 255. */
export function parseEntry(bytes: Uint8Array): Entry {
  if (bytes.length < ENTRY_HEAD_BYTES) throw new Fault('entry', 'it breaks off')
  const seconds = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(1)
  if (seconds > TIME_MAX) throw new Fault('time', 'a time beyond any that a log can hold')
  const type = String.fromCharCode(bytes[0] as number)
  const body = bytes.slice(ENTRY_HEAD_BYTES)
  const words = (body.length - 166) / 128
  const lengths: Record<string, boolean> = {
    O: body.length === 64,
    R: body.length === 168,
    C: body.length === 72,
    X: body.length > 72 && body.length <= 72 + REASON_BYTES_MAX,
    W: body.length > 0 && body.length <= WITHDRAWAL_BYTES_MAX,
    B: words >= 1 && words <= 255 && Number.isInteger(words),
  }
  if (lengths[type] !== true) throw new Fault('entry', 'no such kind of entry, or of another length')
  return { type, time: Number(seconds), body }
}

/** A receipt that proves this very ballot. */
export function requireReceiptOf(receipt: Receipt, ballot: Uint8Array): Entry {
  const entry = parseEntry(receipt.entry)
  if (entry.type !== 'B' || !equal(entry.body, ballot)) throw new Fault('inclusion', 'the receipt is for another entry')
  return entry
}

export { base64 }
