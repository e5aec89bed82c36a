// SPDX-License-Identifier: Apache-2.0
// Numbers at random, the same for the same seed.
export class Random {
  constructor(seed) {
    this.state = (seed + 1) | 0
  }

  /** From 0 to below − 1 (splitmix32). */
  draw(below) {
    this.state = (this.state + 0x9e3779b9) | 0
    let z = this.state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return ((z ^ (z >>> 15)) >>> 0) % below
  }

  of(list) {
    return list[this.draw(list.length)]
  }

  one(in_) {
    return this.draw(in_) === 0
  }

  bytes(n) {
    return Uint8Array.from({ length: n }, () => this.draw(256))
  }
}
