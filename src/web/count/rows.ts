// SPDX-License-Identifier: Apache-2.0
// Rows of election.pb (PROTOCOL §2.1), strict, one line at a time: what stands
// behind the first thing that is wrong is not read, so that two readers name
// the same fault.
import { equal, Fault, fromUtf8, utf8 } from '../protocol/bytes.ts'

const LINE_MAX = 1 << 20
const COLUMNS_MAX = 256
const [LF, QUOTE, SEMICOLON] = [10, 34, 59]

export interface Place {
  line: number
  column?: number
}
export function fail(code: string, place: Place | null, words: string): never {
  const where =
    place === null ? '' : `line ${place.line}${place.column === undefined ? '' : `, column ${place.column}`}: `
  throw new Fault(code, where + words)
}

/** Where the quoted cell at `from` ends: its closing quotation mark, or −1. */
function closing(b: Uint8Array, from: number): number {
  let at = b.indexOf(QUOTE, from + 1)
  while (at >= 0 && b[at + 1] === QUOTE) at = b.indexOf(QUOTE, at + 2)
  return at
}

const CONTROL = /[\x00-\x1f\x7f-\x9f]/

export class Rows {
  /** of the row just read, from 1 */
  line = 0
  /** none: there is no row any more */
  cells: string[] = []
  /** lines so far that read num_votes;0 */
  zeroVotes = 0
  private raw: Uint8Array = new Uint8Array()
  private at = 0

  constructor(private readonly bytes: Uint8Array) {}

  fail(code: string, column: number, words: string): never {
    fail(code, { line: this.line, column }, words)
  }

  /** The next row; false behind the last one. */
  next(): boolean {
    this.cells = []
    this.raw = new Uint8Array()
    if (this.line === 0 && equal(this.bytes.subarray(0, 3), Uint8Array.of(0xef, 0xbb, 0xbf)))
      fail('format', { line: 1, column: 1 }, 'a byte order mark')
    if (this.at === this.bytes.length) return false
    this.take()
    this.split()
    if (this.is('num_votes;0')) this.zeroVotes++
    return true
  }

  /** Is the row, as it stands in the file, this text? */
  is(text: string): boolean {
    return equal(this.raw, utf8(text))
  }

  expect(n: number): void {
    const have = this.cells.length
    if (have !== n) this.fail('format', Math.min(have, n) + 1, `${have} cells where ${n} are expected`)
  }

  private take(): void {
    const end = this.bytes.indexOf(LF, this.at)
    this.line++
    if (end < 0) this.fail('format', 1, 'the last line has no line end')
    this.raw = this.bytes.subarray(this.at, end)
    this.at = end + 1
    if (this.raw.length > LINE_MAX) this.fail('too-big', 1, 'the line is longer than 1 MiB')
    if (this.raw.length === 0) this.fail('format', 1, 'the line is blank')
  }

  private split(): void {
    const cells: { bytes: Uint8Array; quoted: boolean }[] = []
    const wrong = (): never => this.fail('format', cells.length + 1, 'a quotation mark inside a cell, or not closed')
    for (let from = 0, more = true; more; ) {
      const quoted = this.raw[from] === QUOTE
      const last = quoted ? closing(this.raw, from) : this.raw.indexOf(SEMICOLON, from)
      if (quoted && last < 0) wrong()
      const end = last < 0 ? this.raw.length : last
      const bytes = this.raw.subarray(quoted ? from + 1 : from, end)
      if (!quoted && bytes.includes(QUOTE)) wrong()
      const next = quoted ? end + 1 : end
      if (next < this.raw.length && this.raw[next] !== SEMICOLON) wrong()
      cells.push({ bytes, quoted })
      more = next < this.raw.length
      from = next + 1
    }
    if (cells.length > COLUMNS_MAX) this.fail('too-big', COLUMNS_MAX + 1, `more than ${COLUMNS_MAX} cells`)
    cells.forEach(({ bytes, quoted }, i) => this.cells.push(this.text(bytes, quoted, i + 1)))
  }

  private text(bytes: Uint8Array, quoted: boolean, column: number): string {
    let text = ''
    try {
      text = fromUtf8(bytes)
    } catch {
      this.fail('format', column, 'not UTF-8')
    }
    if (CONTROL.test(text)) this.fail('format', column, 'a control character')
    return quoted ? text.replace(/""/g, '"') : text
  }
}
