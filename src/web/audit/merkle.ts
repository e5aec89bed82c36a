// SPDX-License-Identifier: Apache-2.0
// The log's tree (RFC 6962): roots of its first entries, and the hashes that
// its tiles hold.
import { node } from '../protocol/log.ts'
import { sha256 } from './sodium.ts'

export class Tree {
  /** levels[l][i]: the complete subtree of 2^l leaves, from leaf i·2^l on */
  private readonly levels: Uint8Array[][] = [[]]

  constructor(leaves: readonly Uint8Array[] = []) {
    leaves.forEach((leaf) => this.append(leaf))
  }

  get size(): number {
    return this.levels[0]?.length ?? 0
  }

  append(leaf: Uint8Array): void {
    let hash = leaf
    for (let l = 0; ; l++) {
      const level = (this.levels[l] ??= [])
      level.push(hash)
      if (level.length % 2 === 1) return
      hash = node(level[level.length - 2] as Uint8Array, hash)
    }
  }

  node(level: number, index: number): Uint8Array {
    const hash = this.levels[level]?.[index]
    if (hash === undefined) throw new RangeError('the tree has no such node')
    return hash
  }

  /** Of the first `size` leaves: its complete subtrees, joined from the right. */
  root(size: number = this.size): Uint8Array {
    if (size === 0) return sha256(new Uint8Array())
    let hash: Uint8Array | null = null
    for (let level = 0, left = size; left > 0; level++, left = Math.floor(left / 2)) {
      if (left % 2 === 0) continue
      const subtree = this.node(level, left - 1)
      hash = hash === null ? subtree : node(subtree, hash)
    }
    return hash as Uint8Array
  }
}
