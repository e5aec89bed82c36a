// SPDX-License-Identifier: Apache-2.0
// Ed25519, strict and cofactorless as PROTOCOL §1 says. noble's own verify
// accepts more, so the equation stands here: pk and R canonical and not of
// small order, s below the order, encode(s·B − k·A) equal to the bytes of R.
import { ed25519, littleEndian, mod, Q, sha512 } from './group.ts'
import { concat, equal } from './bytes.ts'

type EdPoint = InstanceType<typeof ed25519.ExtendedPoint>
const B = ed25519.ExtendedPoint.BASE
const ZERO = ed25519.ExtendedPoint.ZERO

/** A canonical encoding (RFC 8032 §5.1.3), or null. */
function decode(b: Uint8Array): EdPoint | null {
  try {
    const p = ed25519.ExtendedPoint.fromHex(b, false)
    return equal(p.toRawBytes(), b) ? p : null
  } catch {
    return null
  }
}

/** libsodium's is_valid_point: canonical, of the prime-order subgroup, not the identity. */
export function publicKeyValid(pk: Uint8Array): boolean {
  const p = pk.length === 32 ? decode(pk) : null
  return p !== null && !p.equals(ZERO) && p.isTorsionFree()
}

function times(s: bigint, p: EdPoint): EdPoint {
  return s === 0n ? ZERO : p.multiplyUnsafe(s)
}

export function verify(signature: Uint8Array, message: Uint8Array, pk: Uint8Array): boolean {
  if (signature.length !== 64 || pk.length !== 32) return false
  const r = signature.slice(0, 32)
  const s = littleEndian(signature.slice(32))
  const R = decode(r)
  const A = decode(pk)
  if (R === null || A === null || R.isSmallOrder() || A.isSmallOrder() || s >= Q) return false
  const k = mod(littleEndian(sha512(concat(r, pk, message))))
  return equal(times(s, B).subtract(times(k, A)).toRawBytes(), r)
}

export const publicKey = (seed: Uint8Array): Uint8Array => ed25519.getPublicKey(seed)
export const sign = (seed: Uint8Array, message: Uint8Array): Uint8Array => ed25519.sign(message, seed)
