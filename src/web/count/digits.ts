// SPDX-License-Identifier: Apache-2.0
// Opened words back into digits (PROTOCOL §2.3).
import { breach } from '../protocol/definition.ts'
import type { DecodedBallot, StrictDefinition } from './types.ts'

/** The least number that word j (from 0) cannot be. */
export function wordBound(d: StrictDefinition, j: number): number {
  const last = d.projects.length - (d.width - 1) * d.perWord
  return d.radix ** (j + 1 < d.width ? d.perWord : last)
}

/** null: the ballot is void. A word that is in no table is null. */
export function digitsOf(d: StrictDefinition, words: readonly (number | null)[]): DecodedBallot | null {
  if (words.length !== d.width || words.some((word, j) => word === null || word >= wordBound(d, j))) return null
  const digits = d.projects.map((_, i) => {
    const word = words[Math.floor(i / d.perWord)] as number
    return Math.floor(word / d.radix ** (i % d.perWord)) % d.radix
  })
  return breach(d, digits) === null ? digits : null
}
