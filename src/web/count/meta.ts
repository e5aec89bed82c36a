// SPDX-License-Identifier: Apache-2.0
// META's keys and values, numbers and money (PROTOCOL §2.1).
import { fen, FEN_MAX } from '../protocol/amount.ts'
import { fail } from './rows.ts'

/** A whole number up to max in its one spelling, or null. */
export function whole(text: string, max: number): number | null {
  if (!/^(0|[1-9][0-9]*)$/.test(text)) return null
  const n = Number(text)
  return n <= max && Number.isSafeInteger(n) ? n : null
}

/** The cell's amount, in fen. */
export function money(text: string, line: number, column: number): number {
  const amount = fen(text)
  if (amount === null) return fail('format', { line, column }, `'${text.slice(0, 60)}' is no amount of money`)
  return amount <= FEN_MAX ? amount : fail('too-big', { line, column }, 'the amount is too large')
}

export class Meta {
  readonly rows = new Map<string, { value: string; line: number }>()

  get(key: string): string | null {
    return this.rows.get(key)?.value ?? null
  }

  /** The value of this key is wrong; without such a key no place is told. */
  fail(key: string, words: string, code = 'meta'): never {
    const line = this.rows.get(key)?.line
    return fail(code, line === undefined ? null : { line, column: 2 }, words)
  }

  number(key: string, max: number): number | null {
    const text = this.get(key)
    if (text === null) return null
    return whole(text, max) ?? this.fail(key, `${key} is no whole number up to ${max}`)
  }

  money(key: string): number | null {
    const row = this.rows.get(key)
    if (row === undefined) return null
    return money(row.value, row.line, 2) || this.fail(key, `${key} must be more than 0`)
  }
}
