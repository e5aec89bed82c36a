// SPDX-License-Identifier: Apache-2.0
// The household token (PROTOCOL §5): what the QR on a letter holds. SECRET:
// it lives in memory alone.
import { be32, concat, equal, Fault, Reader, uncrockford } from './bytes.ts'
import type { Charter } from './charter.ts'
import { publicKey, publicKeyValid, verify } from './ed25519.ts'
import { H, H32, message } from './group.ts'

export interface Token {
  serial: number
  seed: Uint8Array
  signature: Uint8Array
}
export interface Credential {
  serial: number
  seed32: Uint8Array // of the credential's Ed25519 key
  pk: Uint8Array
  signature: Uint8Array
}

const TOKEN_BYTES = 84
const DIGITS = 204

/** "1" and the token as one decimal integer of 203 digits. */
export function tokenFromDigits(digits: string): Token {
  if (digits.length !== DIGITS || !/^1[0-9]*$/.test(digits)) throw new Fault('token', 'not 204 digits of version 1')
  let v = BigInt(digits.slice(1))
  if (v >> BigInt(8 * TOKEN_BYTES)) throw new Fault('token', 'the number is too large')
  const bytes = new Uint8Array(TOKEN_BYTES)
  for (let i = TOKEN_BYTES - 1; i >= 0; i--, v >>= 8n) bytes[i] = Number(v & 255n)
  const r = new Reader(bytes)
  const serial = r.u32()
  if (serial === 0) throw new Fault('token', 'no letter has the number 0')
  return { serial, seed: r.take(16), signature: r.take(64) }
}

/** What a scanner types through a Chinese input method: full-width signs, long dashes. */
export function folded(text: string): string {
  return text.normalize('NFKC').replace(/[\p{Pd}\u2212\u30fc]/gu, '-')
}

/** What a scan gives: a URL with the digits behind '#', or the digits alone.
 * Messengers add a query, a line break or a full stop behind: that does no harm. */
export function tokenFromScan(text: string): Token {
  const digits = /(?:^|#)(1[0-9]{203})(?![0-9])/.exec(folded(text).trim())
  if (digits === null) throw new Fault('token', 'no 204 digits of version 1')
  return tokenFromDigits(digits[1] as string)
}

/** The typed form lacks the signature: the register has it. */
export function tokenFromTyped(text: string, eid: Uint8Array): Omit<Token, 'signature'> {
  const bytes = uncrockford(folded(text), 176)
  const body = bytes.slice(0, 20)
  if (!equal(H('typed', eid, body).slice(0, 2), bytes.slice(20)))
    throw new Fault('typed-code', 'mistyped, or of another election')
  const r = new Reader(body)
  return { serial: r.u32(), seed: r.take(16) }
}

/** Derives the credential and checks the issuer's signature under this election. */
export function credential(c: Charter, t: Token): Credential {
  const seed32 = H32('credential', c.eid, be32(t.serial), t.seed)
  const pk = publicKey(seed32)
  const signed = message('token', c.eid, be32(t.serial), pk)
  if (!publicKeyValid(pk) || !verify(t.signature, signed, c.issuer.pk))
    throw new Fault('other-election', 'the letter is not of this election')
  return { serial: t.serial, seed32, pk, signature: t.signature }
}

export const tokenBytes = (t: Token): Uint8Array => concat(be32(t.serial), t.seed, t.signature)
