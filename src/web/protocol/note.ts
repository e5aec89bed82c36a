// SPDX-License-Identifier: Apache-2.0
// Signed notes and verifier keys (C2SP signed-note) in the narrow form of
// PROTOCOL §1.
import { sha256 } from '@noble/hashes/sha2'
import { base64, concat, equal, Fault, fromUtf8, hex, unbase64, utf8 } from './bytes.ts'
import { publicKeyValid, verify } from './ed25519.ts'

export interface VerifierKey {
  name: string
  pk: Uint8Array
  id: Uint8Array
}
export interface Note {
  text: string // with its last newline
  signatures: { name: string; blob: Uint8Array }[]
}

const ED25519 = Uint8Array.of(1)
const keyId = (name: string, pk: Uint8Array): Uint8Array =>
  sha256(concat(utf8(`${name}\n`), ED25519, pk)).slice(0, 4)

export function verifierKey(text: string): VerifierKey {
  const m = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text)
  if (m === null) throw new Fault('format', 'not a verifier key')
  const [, name, id, key] = m as unknown as [string, string, string, string]
  const typed = unbase64(key, 33)
  const pk = typed.slice(1)
  if (typed[0] !== 1 || hex(keyId(name, pk)) !== id) throw new Fault('format', 'verifier key with a wrong id')
  if (!publicKeyValid(pk)) throw new Fault('public-key', 'weak public key')
  return { name, pk, id: keyId(name, pk) }
}

/** Clean text: UTF-8, no BOM, LF the only byte below 0x20, every line ends with LF. */
export function cleanText(bytes: Uint8Array): string {
  let text: string
  try {
    text = fromUtf8(bytes)
  } catch {
    throw new Fault('format', 'not UTF-8')
  }
  if (text.startsWith('\ufeff') || /[\x00-\x09\x0b-\x1f]/.test(text) || !text.endsWith('\n'))
    throw new Fault('format', 'not a clean text')
  return text
}

export function splitNote(bytes: Uint8Array): Note {
  const all = cleanText(bytes)
  const cut = all.indexOf('\n\n')
  if (cut < 1) throw new Fault('format', 'no empty line before the signatures')
  const lines = all.slice(cut + 2).split('\n')
  if (lines.pop() !== '' || lines.length === 0) throw new Fault('format', 'no signatures')
  const signatures = lines.map((line) => {
    const m = /^— ([^+\s]+) ([A-Za-z0-9+/=]+)$/u.exec(line)
    if (m === null) throw new Fault('format', 'not a signature line')
    return { name: m[1] as string, blob: unbase64(m[2] as string) }
  })
  return { text: all.slice(0, cut + 1), signatures }
}

export function signedBy(note: Note, i: number, key: VerifierKey): boolean {
  const s = note.signatures[i]
  return (
    s !== undefined &&
    s.name === key.name &&
    s.blob.length === 68 &&
    equal(s.blob.slice(0, 4), key.id) &&
    verify(s.blob.slice(4), utf8(note.text), key.pk)
  )
}

/** Exactly these signers, in this order. */
export function requireSigners(note: Note, keys: VerifierKey[]): void {
  if (note.signatures.length !== keys.length) throw new Fault('signers', 'not the signers that it must have')
  keys.forEach((key, i) => {
    if (!signedBy(note, i, key)) throw new Fault('signature', `not signed by ${key.name}`)
  })
}

export const keyText = (k: VerifierKey): string => `${k.name}+${hex(k.id)}+${base64(concat(ED25519, k.pk))}`
