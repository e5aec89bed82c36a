// SPDX-License-Identifier: Apache-2.0
// Bytes and text as PROTOCOL §1 has them: strict hex, base64, decimals, times,
// Crockford base 32. A reader accepts exactly one spelling of a value.

export class Fault extends Error {
  /** @param code the slug that the C library uses for the same fault */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** Runs f; what it finds wrong is told under this code. */
export function under<T>(code: string, f: () => T): T {
  try {
    return f()
  } catch (error) {
    throw error instanceof Fault ? new Fault(code, error.message) : error
  }
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const p of parts) {
    out.set(p, at)
    at += p.length
  }
  return out
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((v, i) => v === b[i])
}

export function be32(v: number): Uint8Array {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, v)
  return out
}

export function be64(v: number | bigint): Uint8Array {
  const out = new Uint8Array(8)
  new DataView(out.buffer).setBigUint64(0, BigInt(v))
  return out
}

export const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s)

/** Throws on bytes that are no UTF-8, keeps a BOM (which no text of ours has). */
export function fromUtf8(b: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(b)
}

export function hex(b: Uint8Array): string {
  return Array.from(b, (v) => v.toString(16).padStart(2, '0')).join('')
}

export function unhex(s: string, length: number): Uint8Array {
  if (s.length !== 2 * length || !/^[0-9a-f]*$/.test(s)) throw new Fault('format', 'not lower-case hex')
  return Uint8Array.from({ length }, (_, i) => parseInt(s.slice(2 * i, 2 * i + 2), 16))
}

export function base64(b: Uint8Array): string {
  let s = ''
  for (const v of b) s += String.fromCharCode(v)
  return btoa(s)
}

/** Standard, padded, and it re-encodes to the same text. */
export function unbase64(s: string, length?: number): Uint8Array {
  let out: Uint8Array
  try {
    out = Uint8Array.from(atob(s), (c) => c.charCodeAt(0))
  } catch {
    throw new Fault('format', 'not base64')
  }
  if (base64(out) !== s || (length !== undefined && out.length !== length))
    throw new Fault('format', 'not base64 of the expected length')
  return out
}

/** ASCII decimal without sign or leading zero, at most max. */
export function decimal(s: string, max = 0xffffffff): number {
  const v = /^(0|[1-9][0-9]{0,15})$/.test(s) ? Number(s) : NaN
  if (!(v <= max)) throw new Fault('format', 'not a number')
  return v
}

/** Exactly YYYY-MM-DDTHH:MM:SSZ, as unix seconds. */
export function time(s: string): number {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(s) ? Date.parse(s) : NaN
  if (!(ms >= 0) || new Date(ms).toISOString().replace('.000', '') !== s) throw new Fault('format', 'not a time')
  return ms / 1000
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The first `bits` bits, zero-padded to a multiple of 5, in groups of `group`. */
export function crockford(b: Uint8Array, bits: number, group = 0): string {
  let s = ''
  for (let at = 0; at < bits; at += 5) {
    let v = 0
    for (let i = at; i < at + 5; i++) v = (v << 1) | (i < bits ? ((b[i >> 3] ?? 0) >> (7 - (i & 7))) & 1 : 0)
    s += CROCKFORD[v]
  }
  return group === 0 ? s : (s.match(new RegExp(`.{1,${group}}`, 'g')) ?? []).join('-')
}

/** Case, hyphens and spaces are ignored, I and L read as 1, O as 0; U is refused. */
export function uncrockford(text: string, bits: number): Uint8Array {
  const s = text.replace(/[-\s]/g, '').toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0')
  const out = new Uint8Array(Math.ceil(bits / 8))
  if (s.length !== Math.ceil(bits / 5)) throw new Fault('typed-code', 'wrong length')
  let at = 0
  for (const c of s) {
    const v = CROCKFORD.indexOf(c)
    if (v < 0) throw new Fault('typed-code', `no such symbol: ${c}`)
    for (let i = 4; i >= 0; i--, at++) {
      const bit = (v >> i) & 1
      if (at < bits) out[at >> 3] = (out[at >> 3] ?? 0) | (bit << (7 - (at & 7)))
      else if (bit) throw new Fault('typed-code', 'pad bits are not zero')
    }
  }
  return out
}

/** A reader that refuses short input; `end` refuses what is left over. */
export class Reader {
  private at = 0
  constructor(private readonly bytes: Uint8Array) {}
  take(n: number): Uint8Array {
    if (this.at + n > this.bytes.length) throw new Fault('format', 'cut short')
    this.at += n
    return this.bytes.slice(this.at - n, this.at)
  }
  u8(): number {
    return this.take(1)[0] ?? 0
  }
  u32(): number {
    const b = this.take(4)
    return new DataView(b.buffer, b.byteOffset).getUint32(0)
  }
  u64(): number {
    const b = this.take(8)
    const v = new DataView(b.buffer, b.byteOffset).getBigUint64(0)
    if (v > BigInt(Number.MAX_SAFE_INTEGER)) throw new Fault('format', 'number too large')
    return Number(v)
  }
  end(): void {
    if (this.at !== this.bytes.length) throw new Fault('trailing', 'bytes left over')
  }
}
