// SPDX-License-Identifier: Apache-2.0
// Rationals as results.json has them, and as near as a double comes.

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

/** "p/q" in lowest terms; num not negative, den positive. */
export function ratioText(num: bigint, den: bigint): string {
  const g = gcd(num, den)
  return `${num / g}/${den / g}`
}

/** v ≈ top · 2^shift, top of at most 64 bits and cut, never rounded up */
function top(v: bigint): [number, number] {
  const shift = Math.max(0, 4 * v.toString(16).length - 64)
  return [Number(v >> BigInt(shift)), shift]
}

/** num/den off by less than 2^−50 of itself: each cut and each of the three
 * roundings is off by 2^−53 at most. */
export function ratioNumber(num: bigint, den: bigint): number {
  const [a, i] = top(num)
  const [b, j] = top(den)
  return (a / b) * 2 ** (i - j)
}
