// SPDX-License-Identifier: Apache-2.0
// The charter (PROTOCOL §4) with all that §3 and §4 ask: signatures, holders'
// proofs, Y, and the election id that is its hash. The page believes nothing
// else of what a server sends.
import { sha256 } from '@noble/hashes/sha2'
import { be32, concat, crockford, decimal, equal, Fault, hex, time, unbase64, unhex, utf8 } from './bytes.ts'
import { encode, G, H32, Hs, IDENTITY, mulPublic, point, pointNotIdentity, scalar, type Point } from './group.ts'
import { requireSigners, splitNote, verifierKey, type VerifierKey } from './note.ts'

export interface Holder {
  key: VerifierKey
  C: Point[]
}
export interface Charter {
  eid: Uint8Array
  origin: string
  definition: Uint8Array
  households: number
  opens: number
  closes: number
  minBox: number
  issuer: VerifierKey
  log: VerifierKey
  t: number
  n: number
  q: number
  holders: Holder[]
  Y: Point
}

export const HOUSEHOLDS_MAX = 1000000
export const HOLDERS_MAX = 15

/** The fields of the next line, which must begin with `key`. */
class Lines {
  private at = 0
  constructor(private readonly lines: string[]) {}
  next(key: string, fields: number): string[] {
    const parts = (this.lines[this.at++] ?? '').split(' ')
    if (parts.shift() !== key || parts.length !== fields || parts.includes(''))
      throw new Fault('format', `line ${this.at}: not a sound '${key}' line`)
    return parts
  }
  end(): void {
    if (this.at !== this.lines.length) throw new Fault('trailing', 'more after the last line')
  }
}

function holder(lines: Lines, i: number, n: number, t: number): Holder {
  const [index, vkey, points, proof] = lines.next('trustee', 4) as [string, string, string, string]
  if (decimal(index) !== i) throw new Fault('charter', `holder ${i} is not in its place`)
  const key = verifierKey(vkey)
  const c = unbase64(points, 32 * t)
  const C = Array.from({ length: t }, (_, k) => pointNotIdentity(c.slice(32 * k, 32 * k + 32)))
  const ks = unbase64(proof, 64)
  const K = point(ks.slice(0, 32))
  const s = scalar(ks.slice(32))
  const e = Hs('trustee', concat(be32(i), be32(n), be32(t)), utf8(key.name), key.pk, c, encode(K))
  const proven = mulPublic(s, G).equals(K.add(mulPublic(e, C[0] as Point)))
  if (!proven) throw new Fault('proof', `the proof of ${key.name} does not hold`)
  return { key, C }
}

function requireDistinct(keys: VerifierKey[]): void {
  const names = new Set(keys.map((k) => k.name))
  const pks = new Set(keys.map((k) => hex(k.pk)))
  if (names.size !== keys.length || pks.size !== keys.length)
    throw new Fault('keys-not-distinct', 'two keys of the charter are the same')
}

function threshold(lines: Lines): [number, number, number] {
  const [t, n, q] = lines.next('threshold', 3).map((v) => decimal(v)) as [number, number, number]
  const sound = t >= 1 && t <= n && n <= HOLDERS_MAX && (t > 1 || n === 1) && t <= q && q <= n
  if (!sound) throw new Fault('threshold', 'no sound threshold')
  return [t, n, q]
}

export function electionId(text: string): Uint8Array {
  return H32('charter', utf8(text))
}

function parseText(text: string): Charter {
  const lines = new Lines(text.slice(0, -1).split('\n'))
  lines.next('yihu-charter-v1', 0)
  const origin = lines.next('origin', 1)[0] as string
  const definition = unhex(lines.next('definition', 1)[0] as string, 32)
  const households = decimal(lines.next('households', 1)[0] as string, HOUSEHOLDS_MAX)
  unhex(lines.next('roll', 1)[0] as string, 32)
  lines.next('changes', 2).forEach((v) => decimal(v))
  const minBox = decimal(lines.next('min-box', 1)[0] as string)
  const opens = time(lines.next('opens', 1)[0] as string)
  const closes = time(lines.next('closes', 1)[0] as string)
  const issuer = verifierKey(lines.next('issuer', 1)[0] as string)
  const log = verifierKey(lines.next('log', 1)[0] as string)
  const [t, n, q] = threshold(lines)
  const holders = Array.from({ length: n }, (_, i) => holder(lines, i + 1, n, t))
  const Y = pointNotIdentity(unbase64(lines.next('key', 1)[0] as string, 32))
  lines.end()
  requireDistinct([issuer, log, ...holders.map((h) => h.key)])
  if (households < 1 || minBox < 1 || closes <= opens || log.name !== origin)
    throw new Fault('charter', 'numbers, times or names that do not agree')
  const sum = holders.reduce((p, h) => p.add(h.C[0] as Point), IDENTITY)
  if (!sum.equals(Y)) throw new Fault('charter', 'the key is not the sum of the holders’ parts')
  return { eid: electionId(text), origin, definition, households, opens, closes, minBox, issuer, log, t, n, q, holders, Y }
}

export function parseCharter(bytes: Uint8Array): Charter {
  const note = splitNote(bytes)
  const c = parseText(note.text)
  requireSigners(note, [c.issuer, ...c.holders.map((h) => h.key)])
  return c
}

/** The definition's bytes are those that the charter names. */
export function requireDefinition(c: Charter, definition: Uint8Array): void {
  if (!equal(sha256(definition), c.definition)) throw new Fault('definition', 'election.pb is not the charter’s')
}

/** 24 signs in six groups: what letter and poster show large. */
export const shortPrint = (eid: Uint8Array): string => crockford(eid, 120, 4)
