// SPDX-License-Identifier: Apache-2.0
// The word behind m·G (PROTOCOL §9), by baby and giant steps: some m·G are
// tabled, and from a point the size of the table is taken off until what is
// left stands in it.
import { add, base, IDENTITY, ONE, small, sub } from './sodium.ts'

const key = (p: Uint8Array): string => String.fromCharCode(...p)

export class Words {
  private readonly table = new Map<string, number>()
  private readonly giant: Uint8Array

  /** For about `lookups` words below `bound`. */
  constructor(
    private readonly bound: number,
    lookups: number,
  ) {
    const babies = Math.min(bound, Math.ceil(Math.sqrt(bound * Math.max(1, lookups))))
    const G = base(ONE)
    let p = IDENTITY
    for (let m = 0; m < babies; m++, p = add(p, G)) this.table.set(key(p), m)
    this.giant = base(small(babies))
  }

  /** m with m·G = p and m < bound; null for none. */
  find(p: Uint8Array): number | null {
    const babies = this.table.size
    for (let left = p, m = 0; m < this.bound; m += babies, left = sub(left, this.giant)) {
      const found = this.table.get(key(left))
      if (found !== undefined) return m + found < this.bound ? m + found : null
    }
    return null
  }
}
