// SPDX-License-Identifier: Apache-2.0
// An opening (PROTOCOL §9): its bytes, and the one batched proof that every D
// is the holder's share of the key times its A.
import { be32, be64, concat, equal, Fault } from '../protocol/bytes.ts'
import type { Charter } from '../protocol/charter.ts'
import { message } from '../protocol/group.ts'
import { requireShape, Runs } from './shuffle.ts'
import { add, at, base, H, Hp, Hs, IDENTITY, mul, sha512, small, verify } from './sodium.ts'

const MAGIC = 'YIHUOPN1'
const HEADER_BYTES = 24
const SIGNATURE_BYTES = 64

export interface Opening {
  holder: number
  D: Uint8Array // D_0, of the lot point, and one of every word
  K1: Uint8Array
  K2: Uint8Array
  s: Uint8Array
  signature: Uint8Array
  digest: Uint8Array // SHA-512 of all before the signature
}

export function parseOpening(bytes: Uint8Array, n: number, w: number): Opening {
  requireShape(bytes, MAGIC, HEADER_BYTES, n, w, HEADER_BYTES + 32 * (n * w + 4) + SIGNATURE_BYTES, 'opening')
  const runs = new Runs(bytes, HEADER_BYTES)
  const end = bytes.length - SIGNATURE_BYTES
  return {
    holder: new DataView(bytes.buffer, bytes.byteOffset).getUint32(8),
    D: runs.points(1 + n * w, 'D'),
    K1: runs.points(1, 'K1'),
    K2: runs.points(1, 'K2'),
    s: runs.scalars(1, 's'),
    signature: bytes.subarray(end),
    digest: sha512(bytes.subarray(0, end)),
  }
}

/** X_j = Σ_i Σ_k j^k·C_{i,k} (§3), by Horner's rule. */
export function shareKey(charter: Charter, j: number): Uint8Array {
  const z = small(j)
  const ofHolder = (C: Uint8Array[]): Uint8Array => C.reduceRight((sum, c) => add(mul(z, sum), c), IDENTITY)
  return charter.holders.reduce((X, h) => add(X, ofHolder(h.C)), IDENTITY)
}

/** P, of the box's size and root. */
export function lotPoint(eid: Uint8Array, size: number, root: Uint8Array): Uint8Array {
  return Hp('lot-point', eid, be64(size), root)
}

/** What an opening is held against: the last list, of n ballots of w words. */
export interface OpeningContext {
  charter: Charter
  holder: number
  P: Uint8Array
  n: number
  w: number
  list: Uint8Array
}

/** s·G = K1 + c·X_j and s·A* = K2 + c·D*, with A* = Σ e_m·A_m and D* alike. */
function requireProof(o: Opening, x: OpeningContext, told: (share: number) => void): void {
  const X = shareKey(x.charter, x.holder)
  const E = H('open', x.charter.eid, be32(x.holder), X, concat(be64(x.n), be32(x.w)), x.P, x.list, o.D)
  let [A, D] = [IDENTITY, IDENTITY]
  for (let m = 0; m <= x.n * x.w; m++) {
    const e = Hs('open-e', E, be64(m))
    A = add(A, mul(e, m === 0 ? x.P : at(x.list, 2 * (m - 1))))
    D = add(D, mul(e, at(o.D, m)))
    told(m / (x.n * x.w))
  }
  const c = Hs('open-proof', E, A, D, o.K1, o.K2)
  if (!equal(base(o.s), add(o.K1, mul(c, X))))
    throw new Fault('opening-proof', 'the proof fails at equation K1, the holder’s share key')
  if (!equal(mul(o.s, A), add(o.K2, mul(c, D))))
    throw new Fault('opening-proof', 'the proof fails at equation K2, the decryption of the list')
}

export function verifyOpening(o: Opening, x: OpeningContext, told: (share: number) => void): void {
  if (o.holder !== x.holder) throw new Fault('opening', `it is by key holder ${o.holder}`)
  const key = x.charter.holders[x.holder - 1]?.key
  if (key === undefined || !verify(o.signature, message('open-file', x.charter.eid, o.digest), key.pk))
    throw new Fault('signature', `not signed by key holder ${x.holder}`)
  requireProof(o, x, told)
}
