// SPDX-License-Identifier: Apache-2.0
// Proof of work as src/countd/API.md has it, by Node's own SHA-256.
import { createHash } from 'node:crypto'

const sha256 = (...parts) => parts.reduce((h, part) => h.update(part), createHash('sha256')).digest()

export function isWork({ nonce, bits }, ballot, counter) {
  const c = Buffer.alloc(8)
  c.writeBigUInt64BE(BigInt(counter))
  const hash = sha256('yihu/work/v1', Buffer.from(nonce, 'hex'), sha256(ballot), c)
  return hash.readUInt32BE(0) >>> (32 - bits) === 0
}

/** Is the header's text the work that was asked for? */
export function answers(ask, ballot, header) {
  const [, nonce, counter] = /^([0-9a-f]{32})-(0|[1-9]\d*)$/.exec(header ?? '') ?? []
  return nonce === ask.nonce && isWork(ask, ballot, counter)
}
