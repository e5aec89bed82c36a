// SPDX-License-Identifier: Apache-2.0
// Ballots (PROTOCOL §6): their form, which needs no other entry, and the two
// proofs that they bear.
import { equal, Fault } from '../protocol/bytes.ts'
import { message } from '../protocol/group.ts'
import { add, at, base, Hs, isZero, mul, pointValid, scalarValid, verify } from './sodium.ts'

const VERSION = 1
const SERIAL = 1
const PK = 5
const TOKEN = 37
/** where w stands */
export const WIDTH = 101
const WORDS = 102
const SIGNATURE_BYTES = 64
export const ballotBytes = (w: number): number => WORDS + 128 * w + SIGNATURE_BYTES

export interface Ballot {
  bytes: Uint8Array
  serial: number
  pk: Uint8Array
  tokenSignature: Uint8Array
  w: number
  pairs: Uint8Array // A_1 ‖ B_1 ‖ …
  K: Uint8Array
  s: Uint8Array
  signature: Uint8Array
}

function requireSize(b: Uint8Array, w: number): void {
  if (b.length <= WIDTH) throw new Fault('format', 'the ballot is cut short')
  if (b[0] !== VERSION) throw new Fault('version', `no ballot has version ${b[0]}`)
  if (b[WIDTH] !== w) throw new Fault('width', `a ballot of ${b[WIDTH]} words, where ${w} belong`)
  if (b.length < ballotBytes(w)) throw new Fault('format', 'the ballot is cut short')
  if (b.length > ballotBytes(w)) throw new Fault('trailing', 'the ballot is too long')
}

export const pointA = (b: Ballot, j: number): Uint8Array => at(b.pairs, 2 * j)
const pointB = (b: Ballot, j: number): Uint8Array => at(b.pairs, 2 * j + 1)

function requireWord(b: Ballot, j: number): void {
  const A = pointA(b, j)
  if (![A, pointB(b, j), at(b.K, j)].every(pointValid))
    throw new Fault('point', `word ${j + 1} holds bytes that are no point`)
  if (!scalarValid(at(b.s, j))) throw new Fault('scalar', `word ${j + 1} holds a response that is not below the order`)
  if (isZero(A)) throw new Fault('identity', `word ${j + 1} is not encrypted`)
  for (let i = 0; i < j; i++)
    if (equal(A, pointA(b, i))) throw new Fault('copied-ciphertext', `words ${i + 1} and ${j + 1} have the same A`)
}

export function parseBallot(bytes: Uint8Array, w: number): Ballot {
  requireSize(bytes, w)
  const run = (from: number, length: number): Uint8Array => bytes.subarray(from, from + length)
  const b: Ballot = {
    bytes,
    serial: new DataView(bytes.buffer, bytes.byteOffset).getUint32(SERIAL),
    pk: run(PK, 32),
    tokenSignature: run(TOKEN, 64),
    w,
    pairs: run(WORDS, 64 * w),
    K: run(WORDS + 64 * w, 32 * w),
    s: run(WORDS + 96 * w, 32 * w),
    signature: run(WORDS + 128 * w, SIGNATURE_BYTES),
  }
  for (let j = 0; j < w; j++) requireWord(b, j)
  return b
}

/** The vote signature, and s_j·G = K_j + c·A_j for every word. */
export function requireProven(b: Ballot, eid: Uint8Array): void {
  const unsigned = b.bytes.subarray(0, b.bytes.length - SIGNATURE_BYTES)
  if (!verify(b.signature, message('ballot', eid, unsigned), b.pk))
    throw new Fault('vote-signature', 'not signed by the key that it bears')
  const c = Hs('ballot-proof', eid, b.bytes.subarray(SERIAL, TOKEN), b.pairs, b.K)
  for (let j = 0; j < b.w; j++)
    if (!equal(base(at(b.s, j)), add(at(b.K, j), mul(c, pointA(b, j)))))
      throw new Fault('ballot-proof', 'its caster does not prove to know the vote')
}
