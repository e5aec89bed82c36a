// SPDX-License-Identifier: Apache-2.0
// The proof of work that an overloaded daemon asks for (countd/API.md): a counter
// with which SHA-256("yihu/work/v1" ‖ nonce ‖ SHA-256(ballot) ‖ be64 counter)
// begins with as many zero bits.
import { SHA256, sha256 } from '@noble/hashes/sha2'
import { concat, unhex, utf8 } from './bytes.ts'

/** What is asked for: 32 hex digits, and how many bits. */
export interface Ask {
  nonce: string
  bits: number
}
/** Nobody does more for a daemon: a phone would be at it for half a minute. */
const BITS_MAX = 20

export function isAsk(v: unknown): v is Ask {
  const { nonce, bits } = (v ?? {}) as Ask
  return /^[0-9a-f]{32}$/.test(nonce) && Number.isInteger(bits) && bits >= 0 && bits <= BITS_MAX
}

/** The hash of 64 bytes and a counter of 4: the first block is done once, so a try
 * is one block, twice as fast as the whole. */
class Tries extends SHA256 {
  readonly firstWord: (counter: number) => number
  constructor(head: Uint8Array) {
    super()
    this.update(head)
    const before = this.get()
    const block = new DataView(new ArrayBuffer(64))
    block.setUint32(4, 1 << 31) // the bit behind the last
    block.setUint32(60, 8 * 68)
    this.firstWord = (counter) => {
      block.setUint32(0, counter)
      this.set(...before)
      this.process(block, 0)
      return this.A
    }
  }
}

/** So long a page may do nothing else; and so often it looks at the clock. */
const SLICE_MS = 25
const TRIES = 500

/** What the header Yihu-Work is to say; null once `stop` says that it is in vain.
 * In slices: whoever waits can read on. */
export async function proveWork(ask: Ask, ballot: Uint8Array, stop: () => boolean): Promise<string | null> {
  // The counter's high half is 0: with so few bits nobody comes to the low one's end.
  const tries = new Tries(concat(utf8('yihu/work/v1'), unhex(ask.nonce, 16), sha256(ballot), new Uint8Array(4)))
  for (let c = 0; !stop(); ) {
    await new Promise((done) => setTimeout(done))
    const end = performance.now() + SLICE_MS
    do
      for (const most = c + TRIES; c < most; c++)
        if (Math.clz32(tries.firstWord(c)) >= ask.bits) return `${ask.nonce}-${c}`
    while (performance.now() < end)
  }
  return null
}
