// SPDX-License-Identifier: Apache-2.0
// The charter (PROTOCOL §4) with all that §3 and §4 ask: signatures, holders'
// proofs, Y, and the election id that is its hash. The page believes nothing
// else of what a server sends.
import { sha256 } from '@noble/hashes/sha2'
import { be32, concat, crockford, decimal, equal, Fault, hex, time, unbase64, under, unhex, utf8 } from './bytes.ts'
import { engine } from './engine.ts'
import { H32, Hs, IDENTITY, point, scalar, scalarBytes, type Point } from './group.ts'
import { requireSigners, splitNote, verifierKey, type VerifierKey } from './note.ts'
import { originValid } from './origin.ts'

export interface Holder {
  key: VerifierKey
  C: Uint8Array[] // C_{i,0} … C_{i,t−1}, encoded
}
export interface Charter {
  eid: Uint8Array
  origin: string
  definition: Uint8Array
  households: number
  roll: Uint8Array
  additions: number // most
  replacements: number // most replacements and voids
  withdrawals: number // most projects that are withdrawn
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
const WITHDRAWALS_MAX = 9
const CHARTER_BYTES_MAX = 256 << 10

/** The lines in their one order; what is wrong with one is told with its number. */
class Lines {
  private at = 0
  constructor(private readonly lines: string[]) {}

  fail(code: string, words: string): never {
    throw new Fault(code, `line ${this.at}: ${words}`)
  }
  check(good: boolean, code: string, words: string): void {
    if (!good) this.fail(code, words)
  }
  /** The fields behind `key`; `code` where the line is there and is another. */
  fields(key: string, n: number, code = 'charter'): string[] {
    const line = this.lines[this.at++]
    const [first, ...parts] = (line ?? '').split(' ')
    if (first !== key || parts.length !== n || parts.includes(''))
      this.fail(line === undefined ? 'charter' : code, `not a sound '${key}' line`)
    return parts
  }
  /** What f finds wrong with the line, under its own code or this one. */
  read<T>(f: () => T, code?: string): T {
    try {
      return f()
    } catch (error) {
      return error instanceof Fault ? this.fail(code ?? error.code, error.message) : this.fail('format', String(error))
    }
  }
  /** Reads a line's only field. */
  one<T>(key: string, read: (text: string) => T, code?: string): T {
    const [text] = this.fields(key, 1) as [string]
    return this.read(() => read(text), code)
  }
  numbers(key: string, n: number): number[] {
    return this.fields(key, n).map((text) => this.read(() => decimal(text), 'charter'))
  }
  /** Does the next line begin with this key? */
  isNext(key: string): boolean {
    return this.lines[this.at]?.split(' ')[0] === key
  }
  end(): void {
    if (this.at !== this.lines.length) throw new Fault('trailing', 'the charter goes on after its last line')
  }
}

const isIdentity = (p: Uint8Array): boolean => p.every((v) => v === 0)

interface Threshold {
  t: number
  n: number
  q: number
}
function threshold(lines: Lines): Threshold {
  const [t, n, q] = lines.numbers('threshold', 3) as [number, number, number]
  const sound = t >= 1 && t <= n && n <= HOLDERS_MAX && (t > 1 || n === 1)
  lines.check(sound, 'threshold', `${t} of ${n} is no threshold that works`)
  lines.check(t <= q && q <= n, 'threshold', `${q} holders cannot sign the box`)
  return { t, n, q }
}

/** Checks the proof of a_{i,0} too. */
function holder(lines: Lines, i: number, { t, n }: Threshold): Holder {
  const [index, vkey, points, proof] = lines.fields('trustee', 4, 'format') as [string, string, string, string]
  const number = lines.read(() => decimal(index, HOLDERS_MAX))
  lines.check(number > 0, 'format', 'there is no holder 0')
  const key = lines.read(() => verifierKey(vkey))
  const c = lines.read(() => unbase64(points, 32 * t))
  const C = Array.from({ length: t }, (_, k) => c.slice(32 * k, 32 * k + 32))
  lines.read(() => C.forEach(point))
  const ks = lines.read(() => unbase64(proof, 64))
  const [K, s] = [ks.slice(0, 32), ks.slice(32)]
  lines.read(() => point(K))
  lines.read(() => scalar(s))
  lines.check(number === i, 'charter', `holder ${number} stands where holder ${i} belongs`)
  lines.check(!C.some(isIdentity), 'identity', 'a commitment is the identity')
  const e = Hs('trustee', concat(be32(i), be32(n), be32(t)), utf8(key.name), key.pk, c, K)
  lines.check(
    engine().proven(s, K, scalarBytes(e), C[0] as Uint8Array),
    'proof',
    `the proof of ${key.name} does not hold`,
  )
  return { key, C }
}

function requireDistinct(keys: VerifierKey[]): void {
  const names = new Set(keys.map((k) => k.name))
  const pks = new Set(keys.map((k) => hex(k.pk)))
  if (names.size !== keys.length || pks.size !== keys.length)
    throw new Fault('keys-not-distinct', 'two keys of the charter are the same')
}

/** The last line: Y, which must be Σ C_{i,0}. */
function electionKey(lines: Lines, holders: Holder[]): Point {
  const Y = lines.one('key', (s) => point(unbase64(s, 32)), 'point')
  lines.check(!Y.equals(IDENTITY), 'identity', 'the election key is the identity')
  const sum = holders.reduce((p, h) => p.add(point(h.C[0] as Uint8Array)), IDENTITY)
  lines.check(sum.equals(Y), 'election-key', 'the key is not the sum of the holders’ parts')
  return Y
}

/** A line that a charter can have after the key's (§18); 0: it has none. */
function withdrawalsOf(lines: Lines): number {
  if (!lines.isNext('withdrawals')) return 0
  const [most] = lines.numbers('withdrawals', 1) as [number]
  lines.check(most >= 1 && most <= WITHDRAWALS_MAX, 'charter', 'no charter allows so many withdrawals')
  return most
}

export function electionId(text: string): Uint8Array {
  return H32('charter', utf8(text))
}

function parseText(text: string): Charter {
  const lines = new Lines(text.slice(0, -1).split('\n'))
  under('version', () => lines.fields('yihu-charter-v1', 0))
  const hash = (key: string): Uint8Array => lines.one(key, (s) => unhex(s, 32), 'charter')
  const origin = lines.one('origin', (s) => s)
  lines.check(originValid(origin), 'origin', 'the origin must be a host in lower case and a path')
  const definition = hash('definition')
  const [households] = lines.numbers('households', 1) as [number]
  lines.check(households >= 1 && households <= HOUSEHOLDS_MAX, 'household', 'no election has so many households')
  const roll = hash('roll')
  const [additions, replacements] = lines.numbers('changes', 2) as [number, number]
  const [minBox] = lines.numbers('min-box', 1) as [number]
  lines.check(minBox >= 1, 'min-box', 'min-box must be at least 1')
  const opens = lines.one('opens', time, 'time')
  const closes = lines.one('closes', time, 'time')
  lines.check(closes > opens, 'time', 'the poll must close later than it opens')
  const issuer = lines.one('issuer', verifierKey)
  const log = lines.one('log', verifierKey)
  lines.check(log.name === origin, 'origin', 'the log key’s name must be the origin')
  const tnq = threshold(lines)
  const holders = Array.from({ length: tnq.n }, (_, i) => holder(lines, i + 1, tnq))
  requireDistinct([issuer, log, ...holders.map((h) => h.key)])
  const Y = electionKey(lines, holders)
  const withdrawals = withdrawalsOf(lines)
  lines.end()
  return {
    eid: electionId(text),
    origin,
    definition,
    households,
    roll,
    additions,
    replacements,
    withdrawals,
    opens,
    closes,
    minBox,
    issuer,
    log,
    ...tnq,
    holders,
    Y,
  }
}

export function parseCharter(bytes: Uint8Array): Charter {
  if (bytes.length > CHARTER_BYTES_MAX) throw new Fault('too-big', 'no charter is so large')
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
