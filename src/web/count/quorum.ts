// SPDX-License-Identifier: Apache-2.0
// Shares, compared exactly, and the quorum (PROTOCOL §10).
import type { Outcome, Share, StrictDefinition } from './types.ts'

/** have/of over the share; of nothing it never is. */
export function met(share: Share, have: number, of: number): boolean {
  const [left, right] = [BigInt(have) * BigInt(share.of), BigInt(of) * BigInt(share.over)]
  return of > 0 && (share.strict ? left > right : left >= right)
}

/** Ballots cast of households entitled; null when none is declared. */
export function quorumOf(
  d: StrictDefinition,
  { cast, entitled }: { cast: number; entitled: number },
): Outcome['quorum'] {
  return d.quorum === null ? null : { have: cast, of: entitled, met: met(d.quorum, cast, entitled) }
}
