// SPDX-License-Identifier: Apache-2.0
// The register (PROTOCOL §5): every credential and its signature.
import { be32, decimal, equal, Fault, hex, unbase64, under, unhex } from '../protocol/bytes.ts'
import type { Charter } from '../protocol/charter.ts'
import { message } from '../protocol/group.ts'
import { requireSigners, splitNote } from '../protocol/note.ts'
import { publicKeyValid, sha256, verify } from './sodium.ts'

export interface Credential {
  pk: Uint8Array
  signature: Uint8Array // the issuer's, over the token
}
export interface Register {
  credentials: Credential[] // by serial − 1
  hash: Uint8Array // SHA-256 of the file: the log opens with it
}

const HEAD_LINES = 3

/** The issuer gave this key to this serial of this election. */
export function requireCredential(c: Charter, serial: number, k: Credential, code: string): void {
  if (!publicKeyValid(k.pk)) throw new Fault('public-key', `the key of letter ${serial} is not valid`)
  if (!verify(k.signature, message('token', c.eid, be32(serial), k.pk), c.issuer.pk))
    throw new Fault(code, `the issuer has not signed the key of letter ${serial}`)
}

function requireHead(lines: string[], c: Charter): void {
  const [first, eid = '', n = ''] = lines
  if (first !== 'yihu-register-v1') throw new Fault('version', 'not a register')
  if (
    !equal(
      under('register', () => unhex(eid, 32)),
      c.eid,
    )
  )
    throw new Fault('other-election', 'a register of another election')
  if (under('register', () => decimal(n)) !== c.households)
    throw new Fault('register', 'not as many households as in the charter')
}

function readCredential(line: string | undefined, serial: number): Credential {
  const [number = '', pk = '', signature = '', more] = (line ?? '').split(' ')
  return under('register', () => {
    if (more !== undefined || decimal(number) !== serial)
      throw new Fault('register', `the line of letter ${serial} belongs here`)
    return { pk: unbase64(pk, 32), signature: unbase64(signature, 64) }
  })
}

/** Two households with one key could not be told apart in the log. */
function requireDistinct(credentials: Credential[]): void {
  if (new Set(credentials.map((k) => hex(k.pk))).size !== credentials.length)
    throw new Fault('keys-not-distinct', 'two letters have the same key')
}

export function parseRegister(bytes: Uint8Array, c: Charter, told: (done: number) => void): Register {
  const note = splitNote(bytes)
  requireSigners(note, [c.issuer])
  const lines = note.text.slice(0, -1).split('\n')
  requireHead(lines, c)
  const credentials: Credential[] = []
  for (let serial = 1; serial <= c.households; serial++) {
    const credential = readCredential(lines[HEAD_LINES + serial - 1], serial)
    requireCredential(c, serial, credential, 'register')
    credentials.push(credential)
    told(serial)
  }
  if (lines.length !== HEAD_LINES + c.households)
    throw new Fault('trailing', 'the register goes on after its last household')
  requireDistinct(credentials)
  return { credentials, hash: sha256(bytes) }
}
