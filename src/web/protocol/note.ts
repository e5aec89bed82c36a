// SPDX-License-Identifier: Apache-2.0
// Signed notes and verifier keys (C2SP signed-note) in the narrow form of
// PROTOCOL §1.
import { sha256 } from '@noble/hashes/sha2'
import { base64, concat, equal, Fault, fromUtf8, hex, unbase64, unhex, utf8 } from './bytes.ts'
import { engine } from './engine.ts'

export interface VerifierKey {
  name: string
  pk: Uint8Array
  id: Uint8Array
}
export interface Note {
  text: string // with its last newline
  signatures: { name: string; blob: Uint8Array }[]
}

const NAME_BYTES_MAX = 200
const ED25519 = Uint8Array.of(1)
const keyId = (name: string, pk: Uint8Array): Uint8Array => sha256(concat(utf8(`${name}\n`), ED25519, pk)).slice(0, 4)

/** Unicode's White_Space, controls and '+' are in no name. U+FEFF, which \s has too, may be. */
function nameValid(name: string): boolean {
  return (
    name !== '' &&
    !/[+\x00-\x1f\x7f-\x9f]/.test(name) &&
    !/\s/.test(name.replace(/\ufeff/g, '')) &&
    utf8(name).length <= NAME_BYTES_MAX
  )
}

/** Two '+' part it; base64 may hold more of them. */
export function verifierKey(text: string): VerifierKey {
  const [name = '', id = ''] = text.split('+', 2)
  const claimed = unhex(id, 4)
  const typed = unbase64(text.slice(name.length + id.length + 2), 33)
  if (typed[0] !== 1 || !nameValid(name)) throw new Fault('format', 'not a verifier key')
  const pk = typed.slice(1)
  if (!engine().publicKeyValid(pk)) throw new Fault('public-key', `the public key of ${name} cannot be used`)
  if (!equal(keyId(name, pk), claimed)) throw new Fault('format', 'a verifier key with a wrong id')
  return { name, pk, id: claimed }
}

/** Clean text: UTF-8, no BOM, LF the only byte below 0x20. */
export function cleanText(bytes: Uint8Array): string {
  let text: string
  try {
    text = fromUtf8(bytes)
  } catch {
    throw new Fault('format', 'not UTF-8')
  }
  if (text.startsWith('\ufeff') || /[\x00-\x09\x0b-\x1f]/.test(text)) throw new Fault('format', 'not a clean text')
  return text
}

export function splitNote(bytes: Uint8Array): Note {
  const all = cleanText(bytes)
  const cut = all.indexOf('\n\n')
  if (cut < 1 || all.startsWith('\n')) throw new Fault('format', 'no text, or no empty line behind it')
  const lines = all.slice(cut + 2).split('\n')
  if (lines.pop() !== '' || lines.length === 0)
    throw new Fault('format', 'no signatures, or the last one lacks its line end')
  const signatures = lines.map((line) => {
    const [dash, name = '', text = '', more] = line.split(' ')
    const blob = unbase64(text)
    if (dash !== '—' || more !== undefined || !nameValid(name) || blob.length <= 4)
      throw new Fault('format', 'not a signature line')
    return { name, blob }
  })
  return { text: all.slice(0, cut + 1), signatures }
}

/** Its name and key id are this key's; whether it verifies is not asked. */
export const isBy = (s: Note['signatures'][number], key: VerifierKey): boolean =>
  s.name === key.name && equal(s.blob.slice(0, 4), key.id)

/** Signature line i is this key's, and it verifies. */
export function requireSigned(note: Note, i: number, key: VerifierKey): void {
  const s = note.signatures[i]
  if (s === undefined || s.name !== key.name)
    throw new Fault('signers', `a signature by ${key.name} belongs on line ${i + 1}`)
  if (s.blob.length !== 68 || !equal(s.blob.slice(0, 4), key.id))
    throw new Fault('signers', `signed with another key than ${key.name}’s`)
  if (!engine().verify(s.blob.slice(4), utf8(note.text), key.pk))
    throw new Fault('signature', `the signature of ${key.name} does not verify`)
}

/** Exactly these signers, in this order. */
export function requireSigners(note: Note, keys: VerifierKey[]): void {
  if (note.signatures.length !== keys.length)
    throw new Fault('signers', `${note.signatures.length} signatures where ${keys.length} belong`)
  keys.forEach((key, i) => requireSigned(note, i, key))
}

export const keyText = (k: VerifierKey): string => `${k.name}+${hex(k.id)}+${base64(concat(ED25519, k.pk))}`
