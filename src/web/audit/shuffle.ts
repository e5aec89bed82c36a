// SPDX-License-Identifier: Apache-2.0
// A mix (PROTOCOL §8): its bytes, and each of its equations by itself, with
// the challenges recomputed from every value that the equations name.
import { be32, be64, equal, Fault, utf8 } from '../protocol/bytes.ts'
import type { Charter } from '../protocol/charter.ts'
import { encode, message } from '../protocol/group.ts'
import {
  add,
  at,
  base,
  H,
  Hp,
  Hs,
  minus,
  mul,
  ONE,
  pointValid,
  scalarValid,
  sha512,
  sub,
  times,
  verify,
  IDENTITY,
} from './sodium.ts'

const MAGIC = 'YIHUMIX1'
const HEADER_BYTES = 28
const BALLOTS_MAX = 10000000
const SIGNATURE_BYTES = 64

export interface Mix {
  k: number
  holder: number
  list: Uint8Array
  c: Uint8Array
  chat: Uint8Array // ĉ_1 …
  t: Uint8Array // t1 ‖ t2 ‖ t3
  t4: Uint8Array // t4A_1 ‖ t4B_1 ‖ …
  that: Uint8Array // t̂_1 …
  s: Uint8Array // s1 ‖ s2 ‖ s3
  s4: Uint8Array
  shat: Uint8Array // ŝ_1 …
  sprime: Uint8Array // s'_1 …
  signature: Uint8Array
  digest: Uint8Array // SHA-512 of all before the signature
}

/** A header of a magic, numbers and be64 N; what else the file is not, under `code`. */
export function requireShape(
  bytes: Uint8Array,
  magic: string,
  header: number,
  n: number,
  w: number,
  size: number,
  code: string,
): void {
  if (!equal(bytes.subarray(0, magic.length), utf8(magic)))
    throw new Fault('version', `its first bytes are not ${magic}`)
  if (bytes.length < header) throw new Fault('format', 'it ends within its header')
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  if (view.getBigUint64(header - 12) !== BigInt(n) || view.getUint32(header - 4) !== w)
    throw new Fault(code, 'of other ballots than those that are here')
  if (n > BALLOTS_MAX) throw new Fault('too-big', 'more ballots than can be read')
  if (bytes.length !== size)
    throw new Fault(bytes.length < size ? 'format' : 'trailing', `${bytes.length} bytes where ${size} belong`)
}

/** The runs of 32-byte values behind a header, one after the other. */
export class Runs {
  constructor(
    private readonly bytes: Uint8Array,
    private from: number,
  ) {}
  take(n: number): Uint8Array {
    this.from += 32 * n
    return this.bytes.subarray(this.from - 32 * n, this.from)
  }
  points(n: number, name: string): Uint8Array {
    const run = this.take(n)
    for (let i = 0; i < n; i++)
      if (!pointValid(at(run, i))) throw new Fault('point', `value ${i + 1} of ${name} is no canonical point`)
    return run
  }
  scalars(n: number, name: string): Uint8Array {
    const run = this.take(n)
    for (let i = 0; i < n; i++)
      if (!scalarValid(at(run, i))) throw new Fault('scalar', `value ${i + 1} of ${name} is not below the order`)
    return run
  }
}

export function parseMix(bytes: Uint8Array, n: number, w: number): Mix {
  const values = 2 * n * w + 5 * n + 3 * w + 6
  requireShape(bytes, MAGIC, HEADER_BYTES, n, w, HEADER_BYTES + 32 * values + SIGNATURE_BYTES, 'mix')
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const runs = new Runs(bytes, HEADER_BYTES)
  const end = bytes.length - SIGNATURE_BYTES
  return {
    k: view.getUint32(8),
    holder: view.getUint32(12),
    list: runs.points(2 * n * w, 'the list'),
    c: runs.points(n, 'c'),
    chat: runs.points(n, 'ĉ'),
    t: runs.points(3, 't'),
    t4: runs.points(2 * w, 't4'),
    that: runs.points(n, 't̂'),
    s: runs.scalars(3, 's'),
    s4: runs.scalars(w, 's4'),
    shat: runs.scalars(n, 'ŝ'),
    sprime: runs.scalars(n, 's′'),
    signature: bytes.subarray(end),
    digest: sha512(bytes.subarray(0, end)),
  }
}

/** What a mix is held against: list L before it, of n ballots of w words. */
export interface MixContext {
  charter: Charter
  k: number
  holder: number
  n: number
  w: number
  list: Uint8Array
}

const generators: Uint8Array[] = []
/** h_i; H0 = h_0. The same in every election. */
const generator = (i: number): Uint8Array => (generators[i] ??= Hp('generator', be64(i)))

const fails = (equation: string): never => {
  throw new Fault('mix-proof', `the shuffle proof fails at equation ${equation}`)
}
const requireEqual = (t: Uint8Array, right: Uint8Array, equation: string): void => {
  if (!equal(t, right)) fails(equation)
}

/** Σ over i of what `term` gives. */
function sum(n: number, term: (i: number) => Uint8Array): Uint8Array {
  let total = IDENTITY
  for (let i = 0; i < n; i++) total = add(total, term(i))
  return total
}

/** The challenges, and what is made of them. */
interface Challenges {
  u: Uint8Array[]
  c: Uint8Array
  minusC: Uint8Array
}
function challenges(x: MixContext, m: Mix): Challenges {
  const { charter, k, holder, n, w } = x
  const D = H('shuffle', charter.eid, be32(k), be32(holder), be64(n), be32(w), encode(charter.Y), x.list, m.list, m.c)
  const c = Hs('shuffle-proof', D, m.chat, m.t, m.t4, m.that)
  return { u: Array.from({ length: n }, (_, i) => Hs('shuffle-u', D, be64(i + 1))), c, minusC: minus(c) }
}

/** t1 = s1·G − c·c̄, c̄ = Σ c_i − Σ h_i: the c_i commit to a matrix whose columns add up to one. */
function checkT1(x: MixContext, m: Mix, { minusC }: Challenges): void {
  const bar = sub(
    sum(x.n, (i) => at(m.c, i)),
    sum(x.n, (i) => generator(i + 1)),
  )
  requireEqual(at(m.t, 0), add(base(at(m.s, 0)), mul(minusC, bar)), 't1, the sum of the commitments')
}

/** t2 = s2·G − c·ĉ, ĉ = ĉ_N − (Π u_i)·H0: the chain ends in the product. */
function checkT2(x: MixContext, m: Mix, { u, minusC }: Challenges): void {
  const product = u.reduce(times, ONE)
  const end = x.n === 0 ? generator(0) : at(m.chat, x.n - 1)
  const hat = sub(end, mul(product, generator(0)))
  requireEqual(at(m.t, 1), add(base(at(m.s, 1)), mul(minusC, hat)), 't2, the end of the chain')
}

/** Σ s'_i·P_i − c·Σ u_i·Q_i */
function difference(
  x: MixContext,
  m: Mix,
  { u, minusC }: Challenges,
  P: (i: number) => Uint8Array,
  Q: (i: number) => Uint8Array,
): Uint8Array {
  const committed = sum(x.n, (i) => mul(u[i] as Uint8Array, Q(i)))
  return add(
    sum(x.n, (i) => mul(at(m.sprime, i), P(i))),
    mul(minusC, committed),
  )
}

/** t3 = s3·G + Σ s'_i·h_i − c·Σ u_i·c_i: the u'_i are the u_i, permuted. */
function checkT3(x: MixContext, m: Mix, ch: Challenges): void {
  const right = add(
    base(at(m.s, 2)),
    difference(
      x,
      m,
      ch,
      (i) => generator(i + 1),
      (i) => at(m.c, i),
    ),
  )
  requireEqual(at(m.t, 2), right, 't3, the permutation')
}

/** t4A_j = −s4_j·G + Σ s'_i·A'_{i,j} − c·Σ u_i·A_{i,j}; t4B_j alike with Y for G. */
function checkT4(x: MixContext, m: Mix, ch: Challenges, j: number): void {
  const minusS4 = minus(at(m.s4, j))
  const column = (of: number): Uint8Array => {
    const place = (i: number): number => 2 * (i * x.w + j) + of
    return difference(
      x,
      m,
      ch,
      (i) => at(m.list, place(i)),
      (i) => at(x.list, place(i)),
    )
  }
  requireEqual(at(m.t4, 2 * j), add(base(minusS4), column(0)), `t4A for word ${j + 1}, the re-encryption`)
  requireEqual(
    at(m.t4, 2 * j + 1),
    add(mul(minusS4, encode(x.charter.Y)), column(1)),
    `t4B for word ${j + 1}, the re-encryption`,
  )
}

/** t̂_i = ŝ_i·G + s'_i·ĉ_{i−1} − c·ĉ_i; i from 0 here. */
function checkLink(m: Mix, { minusC }: Challenges, i: number): void {
  const before = i === 0 ? generator(0) : at(m.chat, i - 1)
  const right = add(add(base(at(m.shat, i)), mul(at(m.sprime, i), before)), mul(minusC, at(m.chat, i)))
  requireEqual(at(m.that, i), right, `t̂ for ballot ${i + 1}, a link of the chain`)
}

/** told: how much of the work is done, from 0 to 1. */
export function verifyMix(m: Mix, x: MixContext, told: (share: number) => void): void {
  if (m.k !== x.k) throw new Fault('mix', `it says that it is number ${m.k}`)
  const key = x.charter.holders[x.holder - 1]?.key
  if (key === undefined || !verify(m.signature, message('mix', x.charter.eid, m.digest), key.pk))
    throw new Fault('signature', `not signed by key holder ${x.holder}`)
  const ch = challenges(x, m)
  const steps = 3 + x.w + x.n
  let done = 0
  const step = (check: () => void): void => {
    check()
    told(++done / steps)
  }
  step(() => checkT1(x, m, ch))
  step(() => checkT2(x, m, ch))
  step(() => checkT3(x, m, ch))
  for (let j = 0; j < x.w; j++) step(() => checkT4(x, m, ch, j))
  for (let i = 0; i < x.n; i++) step(() => checkLink(m, ch, i))
}
