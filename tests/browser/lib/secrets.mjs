// SPDX-License-Identifier: Apache-2.0
// A letter's secret in each form that it might leak in.
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TOKEN_BYTES = 84
const SEED = [4, 20]

function bytesOf(digits) {
  return Buffer.from(
    BigInt(digits)
      .toString(16)
      .padStart(2 * TOKEN_BYTES, '0'),
    'hex',
  )
}

/** All whole symbols of these bytes in Crockford's base32. */
function crockford(bytes) {
  let bits = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  for (let i = 0; i < Math.floor((bytes.length * 8) / 5); i++, bits >>= 5n) text = SYMBOLS[Number(bits & 31n)] + text
  return text
}

/** fragment: what follows the '#' of a letter's address; other texts have no secret. */
export function formsOf(fragment) {
  if (!/^1\d{203}$/.test(fragment ?? '')) return []
  const token = bytesOf(fragment.slice(1))
  const seed = token.subarray(...SEED)
  const typed = crockford(token.subarray(0, SEED[1]))
  return [
    fragment,
    fragment.slice(1),
    seed.toString('hex'),
    seed.toString('base64').slice(0, -2),
    seed.toString('base64url'),
    seed.toString('latin1'),
    String([...seed]),
    typed,
    typed.match(/.{4}/g).join('-'),
  ]
}
