// SPDX-License-Identifier: Apache-2.0
// Signatures at the edges, where verifiers differ: small and mixed order,
// encodings that are not canonical, s at and above the order.
const P = 2n ** 255n - 19n
/** y of a point of order 8. */
const Y8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022n

function littleEndian(v) {
  const out = new Uint8Array(32)
  for (let i = 0; i < 32; i++, v >>= 8n) out[i] = Number(v & 255n)
  return out
}
const concat = (...parts) => new Uint8Array(Buffer.concat(parts))
const signBit = (b) => b.map((v, i) => (i === 31 ? v | 128 : v))

/** y of the points of order 1, 2, 4, 8, and what is above p. */
function encodings() {
  const small = [0n, 1n, P - 1n, Y8, P - Y8]
  const loose = [P, P + 1n, ...Array.from({ length: 17 }, (_, i) => P + 2n + BigInt(i))]
  const plain = [...small, ...loose, 2n].map(littleEndian)
  return [...plain, ...plain.map(signBit), new Uint8Array(32).fill(255)]
}

/** group: the pages' protocol/group.ts. */
export function edgeCases(group) {
  const { ed25519, littleEndian: read, mod, Q, sha512 } = group
  const { BASE } = ed25519.ExtendedPoint
  const T = ed25519.ExtendedPoint.fromHex(littleEndian(Y8))
  const cases = []
  const add = (name, pk, signature, message) => cases.push({ name, pk, signature, message })
  const challenge = (R, pk, message) => mod(read(sha512(concat(R, pk, message))))

  for (let i = 0; i < 24; i++) {
    const message = Uint8Array.of(i)
    const seed = new Uint8Array(32).fill(i + 1)
    const pk = ed25519.getPublicKey(seed)
    const good = ed25519.sign(message, seed)
    const s = read(good.slice(32))
    add('a good one', pk, good, message)
    add('another message', pk, good, Uint8Array.of(i, 0))
    add('an empty message', pk, ed25519.sign(new Uint8Array(), seed), new Uint8Array())
    add('s above the order', pk, concat(good.slice(0, 32), littleEndian(s + Q)), message)
    add('s of all ones', pk, concat(good.slice(0, 32), new Uint8Array(32).fill(255)), message)
    add('s zero', pk, concat(good.slice(0, 32), new Uint8Array(32)), message)
    add('s the order', pk, concat(good.slice(0, 32), littleEndian(Q)), message)
    add('R with its sign turned', pk, concat(good.slice(0, 31), Uint8Array.of(good[31] ^ 128), good.slice(32)), message)

    const a = BigInt(i + 11)
    const r = BigInt(i + 1234567)
    const torsion = T.multiplyUnsafe(BigInt((i % 7) + 1))
    const sign = (R, key) => concat(R, littleEndian(mod(r + challenge(R, key, message) * a)))
    const plainR = BASE.multiply(r).toRawBytes()
    const plainKey = BASE.multiply(a).toRawBytes()
    const mixedKey = BASE.multiply(a).add(torsion).toRawBytes()
    const mixedR = BASE.multiply(r).add(torsion).toRawBytes()
    add('a key of mixed order', mixedKey, sign(plainR, mixedKey), message)
    add('R of mixed order', plainKey, sign(mixedR, plainKey), message)
    add('both of mixed order', mixedKey, sign(mixedR, mixedKey), message)
    // R chosen so that the cofactorless equation holds with a mixed key.
    const k = challenge(mixedR, mixedKey, message)
    const fits = BASE.multiply(r)
      .subtract(torsion.multiplyUnsafe(k % 8n === 0n ? 8n : k % 8n))
      .toRawBytes()
    add('a mixed key, R of its torsion', mixedKey, sign(fits, mixedKey), message)
  }
  const message = Uint8Array.of(7)
  const key = BASE.multiply(5n).toRawBytes()
  for (const [i, strange] of encodings().entries()) {
    add(`key ${i} at the edge, s zero`, strange, concat(littleEndian(1n), new Uint8Array(32)), message)
    add(`key and R ${i} at the edge`, strange, concat(strange, new Uint8Array(32)), message)
    add(`R ${i} at the edge`, key, concat(strange, littleEndian(mod(challenge(strange, key, message) * 5n))), message)
    for (let j = 0; j < 8; j++) {
      const R = BASE.multiply(BigInt(j + 3)).toRawBytes()
      add(
        `key ${i} at the edge, R of a known scalar`,
        strange,
        concat(R, littleEndian(BigInt(j + 3))),
        Uint8Array.of(j),
      )
    }
  }
  return cases
}
