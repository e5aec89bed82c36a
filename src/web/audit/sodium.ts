// SPDX-License-Identifier: Apache-2.0
// libsodium, for the audit's many multiplications, and put under the shared
// protocol code too. Points and scalars are their 32 bytes here (PROTOCOL §1):
// every one that comes from a file has been checked by pointValid or
// scalarValid before it gets to the sums below.
import sodium from 'libsodium-wrappers-sumo'
import { equal } from '../protocol/bytes.ts'
import { useEngine } from '../protocol/engine.ts'
import { message, Q, scalarBytes } from '../protocol/group.ts'

export const IDENTITY: Uint8Array = new Uint8Array(32)
export const ONE: Uint8Array = scalarBytes(1n)
const ORDER = scalarBytes(Q)

/** Before anything else here is called. */
export async function ready(): Promise<void> {
  await sodium.ready
  useEngine({ verify, publicKeyValid, proven: (s, K, e, P) => equal(base(s), add(K, mul(e, P))) })
}

export const sha256 = (b: Uint8Array): Uint8Array => sodium.crypto_hash_sha256(b)
export const sha512 = (b: Uint8Array): Uint8Array => sodium.crypto_hash_sha512(b)

export function verify(signature: Uint8Array, text: Uint8Array, pk: Uint8Array): boolean {
  return sodium.crypto_sign_verify_detached(signature, text, pk)
}
export const publicKeyValid = (pk: Uint8Array): boolean => sodium.crypto_core_ed25519_is_valid_point(pk)

/** A canonical encoding; the identity is one. */
export const pointValid = (p: Uint8Array): boolean => sodium.crypto_core_ristretto255_is_valid_point(p)
/** Below the group's order. */
export function scalarValid(s: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const [have, most] = [s[i] as number, ORDER[i] as number]
    if (have !== most) return have < most
  }
  return false
}
export const isZero = (b: Uint8Array): boolean => b.every((v) => v === 0)

// libsodium.js throws where a product is the identity, which is an honest
// value in most places: it is only where one factor is zero, the order being prime.
export function mul(s: Uint8Array, p: Uint8Array): Uint8Array {
  return isZero(s) || isZero(p) ? IDENTITY : sodium.crypto_scalarmult_ristretto255(s, p)
}
export function base(s: Uint8Array): Uint8Array {
  return isZero(s) ? IDENTITY : sodium.crypto_scalarmult_ristretto255_base(s)
}
export const add = (p: Uint8Array, q: Uint8Array): Uint8Array => sodium.crypto_core_ristretto255_add(p, q)
export const sub = (p: Uint8Array, q: Uint8Array): Uint8Array => sodium.crypto_core_ristretto255_sub(p, q)

export const times = (a: Uint8Array, b: Uint8Array): Uint8Array => sodium.crypto_core_ristretto255_scalar_mul(a, b)
export const minus = (a: Uint8Array): Uint8Array => sodium.crypto_core_ristretto255_scalar_negate(a)
export const inverse = (a: Uint8Array): Uint8Array => sodium.crypto_core_ristretto255_scalar_invert(a)
export const small = (v: number): Uint8Array => scalarBytes(BigInt(v))

// The hashes of §1 over M(label; items…).
export const H = (label: string, ...items: Uint8Array[]): Uint8Array => sha512(message(label, ...items))
export const Hs = (label: string, ...items: Uint8Array[]): Uint8Array =>
  sodium.crypto_core_ristretto255_scalar_reduce(H(label, ...items))
export const Hp = (label: string, ...items: Uint8Array[]): Uint8Array =>
  sodium.crypto_core_ristretto255_from_hash(H(label, ...items))

/** The i-th of the 32-byte values that lie one after the other. */
export const at = (all: Uint8Array, i: number): Uint8Array => all.subarray(32 * i, 32 * i + 32)
