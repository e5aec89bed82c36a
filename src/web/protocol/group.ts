// SPDX-License-Identifier: Apache-2.0
// ristretto255 and the framed hashes of PROTOCOL §1, over @noble/curves.
import { ed25519, RistrettoPoint } from '@noble/curves/ed25519'
import { sha512 } from '@noble/hashes/sha2'
import { be64, concat, Fault, utf8 } from './bytes.ts'

export type Point = InstanceType<typeof RistrettoPoint>
export const G: Point = RistrettoPoint.BASE
export const IDENTITY: Point = RistrettoPoint.ZERO
/** The group's order. */
export const Q = 2n ** 252n + 27742317777372353535851937790883648493n

export function mod(v: bigint): bigint {
  const r = v % Q
  return r < 0n ? r + Q : r
}

/** A canonical encoding, the identity included. */
export function point(b: Uint8Array): Point {
  try {
    return RistrettoPoint.fromHex(b)
  } catch {
    throw new Fault('point', 'not a canonical point')
  }
}
export function pointNotIdentity(b: Uint8Array): Point {
  const p = point(b)
  if (p.equals(IDENTITY)) throw new Fault('identity', 'the identity is refused here')
  return p
}
export const encode = (p: Point): Uint8Array => p.toRawBytes()

function littleEndian(b: Uint8Array): bigint {
  let v = 0n
  for (let i = b.length - 1; i >= 0; i--) v = (v << 8n) | BigInt(b[i] ?? 0)
  return v
}
/** 32 bytes little-endian, below q. */
export function scalar(b: Uint8Array): bigint {
  const v = littleEndian(b)
  if (b.length !== 32 || v >= Q) throw new Fault('scalar', 'not below the group order')
  return v
}
export function scalarBytes(v: bigint): Uint8Array {
  const out = new Uint8Array(32)
  for (let i = 0; i < 32; i++, v >>= 8n) out[i] = Number(v & 255n)
  return out
}
/** Uniform, never zero: 64 random bytes modulo q. */
export function randomScalar(): bigint {
  for (;;) {
    const v = mod(littleEndian(crypto.getRandomValues(new Uint8Array(64))))
    if (v !== 0n) return v
  }
}

/** s·p; noble refuses the scalar zero, which is as good as any here. */
export function mul(s: bigint, p: Point): Point {
  return s === 0n || p.equals(IDENTITY) ? IDENTITY : p.multiply(s)
}
/** The same for public values: quicker, not constant time. */
export function mulPublic(s: bigint, p: Point): Point {
  return s === 0n || p.equals(IDENTITY) ? IDENTITY : p.multiplyUnsafe(s)
}

/** M(label; items…) */
export function message(label: string, ...items: Uint8Array[]): Uint8Array {
  const parts = [utf8(`yihu/v1/${label}`), new Uint8Array(1)]
  for (const item of items) parts.push(be64(item.length), item)
  return concat(...parts)
}
export const H = (label: string, ...items: Uint8Array[]): Uint8Array => sha512(message(label, ...items))
export const H32 = (label: string, ...items: Uint8Array[]): Uint8Array => H(label, ...items).slice(0, 32)
export const Hs = (label: string, ...items: Uint8Array[]): bigint => mod(littleEndian(H(label, ...items)))
export const Hp = (label: string, ...items: Uint8Array[]): Point => RistrettoPoint.hashToCurve(H(label, ...items))

export { ed25519, littleEndian, sha512 }
