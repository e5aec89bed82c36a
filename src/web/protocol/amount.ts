// SPDX-License-Identifier: Apache-2.0
// Money in an election file (PROTOCOL §2.1): one spelling, in fen.

/** Every sum of money is a number that JavaScript keeps exact. */
export const FEN_MAX = Number.MAX_SAFE_INTEGER

/** "99.5" → 9950; null: no amount; Infinity: an amount that is too large. */
export function fen(text: string): number | null {
  const m = /^(0|[1-9][0-9]*)(?:\.([0-9]{1,2})0*)?$/.exec(text)
  if (m === null) return null
  const amount = BigInt(m[1] as string) * 100n + BigInt((m[2] ?? '').padEnd(2, '0'))
  return amount <= BigInt(FEN_MAX) ? Number(amount) : Infinity
}
