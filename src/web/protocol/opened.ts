// SPDX-License-Identifier: Apache-2.0
// An opened ballot (PROTOCOL §13): what the phone gives for a check, and what
// the second device makes of it. Bytes without a vote signature, every r_j as
// 32 bytes, and a be16 for each project's digit; in base64 without padding,
// '-' and '_' for '+' and '/', so that it fits behind a '#'.
import { base64, concat, equal, Fault, Reader, unbase64 } from './bytes.ts'
import { challengeHash, type Sealed } from './ballot.ts'
import type { Charter } from './charter.ts'
import { wordsOf, type Definition } from './definition.ts'
import { publicKeyValid, verify } from './ed25519.ts'
import { encode, G, Hs, message, mul, mulPublic, point, scalar, scalarBytes } from './group.ts'

const HEAD_BYTES = 102 // version, serial, pk, token signature, w
const WORD_BYTES = 128

export interface Opened {
  bytes: Uint8Array
  digits: number[]
  r: bigint[]
}

export function openedText(sealed: Sealed, digits: number[]): string {
  const all = concat(sealed.bytes, ...sealed.r.map(scalarBytes), ...digits.map((d) => Uint8Array.of(d >> 8, d & 255)))
  return base64(all).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
}

export function readOpened(d: Definition, text: string): Opened {
  const plain = text.trim().replace(/-/g, '+').replace(/_/g, '/')
  const r = new Reader(unbase64(plain + '='.repeat((4 - (plain.length % 4)) % 4)))
  const bytes = r.take(HEAD_BYTES + WORD_BYTES * d.width)
  const secrets = Array.from({ length: d.width }, () => scalar(r.take(32)))
  const digits = d.projects.map(() => r.u8() * 256 + r.u8())
  r.end()
  if (digits.some((digit) => digit >= d.radix)) throw new Fault('digits', 'no ballot has such a digit')
  return { bytes, digits, r: secrets }
}

function requireProof(c: Charter, who: Uint8Array, pairs: Uint8Array, K: Uint8Array, s: bigint[]): void {
  const e = Hs('ballot-proof', c.eid, who, pairs, K)
  s.forEach((sj, j) => {
    const A = point(pairs.slice(64 * j, 64 * j + 32))
    const right = point(K.slice(32 * j, 32 * j + 32)).add(mulPublic(e, A))
    if (!mulPublic(sj, G).equals(right)) throw new Fault('ballot-proof', 'the proof does not hold')
  })
}

/** The hash that the phone must have shown. Throws when anything in the bytes
 * is not what digits and r make, or no letter of this election made them. */
export function verifyOpened(c: Charter, d: Definition, o: Opened): Uint8Array {
  const words = wordsOf(d, o.digits)
  const r = new Reader(o.bytes)
  const version = r.u8()
  const who = r.take(36)
  const token = r.take(64)
  if (version !== 1 || r.u8() !== words.length) throw new Fault('width', 'not a ballot of this election')
  const pairs = r.take(64 * words.length)
  const K = r.take(32 * words.length)
  const s = words.map(() => scalar(r.take(32)))
  r.end()
  const [serial, pk] = [who.slice(0, 4), who.slice(4)]
  if (!publicKeyValid(pk) || !verify(token, message('token', c.eid, serial, pk), c.issuer.pk))
    throw new Fault('other-election', 'the letter is not of this election')
  const made = words.map((m, j) => {
    const rj = o.r[j] as bigint
    return concat(encode(mul(rj, G)), encode(mul(BigInt(m), G).add(mul(rj, c.Y))))
  })
  if (!equal(concat(...made), pairs)) throw new Fault('ballot-proof', 'the sealed choice is another')
  requireProof(c, who, pairs, K, s)
  return challengeHash(c.eid, o.bytes)
}
