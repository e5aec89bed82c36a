// SPDX-License-Identifier: Apache-2.0
// The three slow checks of a charter and of notes. Over noble here, which is
// small enough for a voting page; the audit puts libsodium's in, ten times as
// fast and by the same rules (PROTOCOL §1).
import { publicKeyValid, verify } from './ed25519.ts'
import { G, mulPublic, point, scalar } from './group.ts'

export interface Engine {
  verify(signature: Uint8Array, message: Uint8Array, pk: Uint8Array): boolean
  publicKeyValid(pk: Uint8Array): boolean
  /** s·G = K + e·P, all of them valid encodings */
  proven(s: Uint8Array, K: Uint8Array, e: Uint8Array, P: Uint8Array): boolean
}

const noble: Engine = {
  verify,
  publicKeyValid,
  proven: (s, K, e, P) => mulPublic(scalar(s), G).equals(point(K).add(mulPublic(scalar(e), point(P)))),
}
let chosen = noble

export const engine = (): Engine => chosen
export function useEngine(e: Engine): void {
  chosen = e
}
