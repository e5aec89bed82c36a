// SPDX-License-Identifier: Apache-2.0
// A public folder over HTTP. Which files there can be is fixed: by the size of
// the log and the number of key holders; a stray one is not seen this way.
import { tileName, tilesOf } from '../audit/names.ts'
import type { Source } from '../audit/types.ts'
import { HOLDERS_MAX } from '../protocol/charter.ts'
import * as api from './api.ts'

const AT_ONCE = 6
const ALWAYS = ['charter', 'election.pb', 'register', 'log/checkpoint', 'log/at-close', 'cancelled', 'box', 'results', 'results.pb', 'results.json']
const SIZE_MAX = 2 ** 32
const text = (bytes: Uint8Array | null | undefined): string => new TextDecoder().decode(bytes ?? new Uint8Array())

/** Both numbers are only taken to know what to ask for: the audit reads them anew. */
function logSize(checkpoint: Uint8Array | null | undefined): number {
  const line = text(checkpoint).split('\n')[1] ?? ''
  return /^\d{1,10}$/.test(line) && Number(line) < SIZE_MAX ? Number(line) : 0
}
function holders(charter: Uint8Array | null | undefined): number {
  const n = Number(/^threshold \d{1,2} (\d{1,2}) /m.exec(text(charter))?.[1] ?? 0)
  return Math.min(n, HOLDERS_MAX)
}

/** All files of the site; throws NoAnswer when it cannot be reached. */
export async function openSite(base: string, fetched: (n: number) => void): Promise<Source> {
  const files = new Map<string, Uint8Array | null>()
  const fetchAll = async (names: string[]): Promise<void> => {
    const waiting = [...names]
    const next = async (): Promise<void> => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        files.set(name, await api.bytes(`${base}/${name}`))
        fetched(files.size)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, next))
  }
  await fetchAll(ALWAYS)
  const numbers = Array.from({ length: holders(files.get('charter')) }, (_, i) => i + 1)
  const tiles = [...tilesOf(logSize(files.get('log/checkpoint')))]
  await fetchAll([...tiles.map(tileName), ...numbers.map((i) => `mix/${i}`), ...numbers.map((i) => `open/${i}`)])
  return {
    names: [...files].filter(([, bytes]) => bytes !== null).map(([name]) => name),
    whole: false,
    read: async (name) => files.get(name) ?? null,
  }
}
