// SPDX-License-Identifier: Apache-2.0
// Making a ballot (PROTOCOL §6), and its code and challenge hash (§13).
import { be32, concat, crockford, Fault } from './bytes.ts'
import type { Charter } from './charter.ts'
import { sign } from './ed25519.ts'
import { encode, G, H, H32, Hs, message, mod, mul, randomScalar, scalarBytes } from './group.ts'
import type { Credential } from './token.ts'

export const SIGNATURE_BYTES = 64

/** A ballot that nobody has signed yet: with `r` it can be checked, not cast. */
export interface Sealed {
  bytes: Uint8Array // all before the vote signature
  words: number[]
  r: bigint[]
}

/** r and k are given in tests alone; every real caller leaves them out. */
export function seal(
  c: Charter,
  who: Credential,
  words: number[],
  r: bigint[] = words.map(randomScalar),
  k: bigint[] = words.map(randomScalar),
): Sealed {
  if (words.length < 1 || words.length > 255 || words.some((m) => m < 0 || m > 65535))
    throw new Fault('width', 'no ballot has these words')
  const pairs = words.map((m, j) => {
    const rj = r[j] as bigint
    return concat(encode(mul(rj, G)), encode(mul(BigInt(m), G).add(mul(rj, c.Y))))
  })
  const K = k.map((kj) => encode(mul(kj, G)))
  const e = Hs('ballot-proof', c.eid, concat(be32(who.serial), who.pk), concat(...pairs), concat(...K))
  const s = k.map((kj, j) => scalarBytes(mod(kj + e * (r[j] as bigint))))
  const bytes = concat(
    Uint8Array.of(1),
    be32(who.serial),
    who.pk,
    who.signature,
    Uint8Array.of(words.length),
    ...pairs,
    ...K,
    ...s,
  )
  return { bytes, words, r }
}

/** Casting: the household's signature makes it a vote. */
export function castBallot(c: Charter, who: Credential, sealed: Sealed): Uint8Array {
  return concat(sealed.bytes, sign(who.seed32, message('ballot', c.eid, sealed.bytes)))
}

/** For people: XXXX-XXXX-XXXX-XXXX. Of a whole ballot. */
export function ballotCode(eid: Uint8Array, ballot: Uint8Array): string {
  return crockford(H('code', eid, ballot.slice(0, ballot.length - SIGNATURE_BYTES)), 80, 4)
}

export const challengeHash = (eid: Uint8Array, unsigned: Uint8Array): Uint8Array => H32('challenge', eid, unsigned)
