// SPDX-License-Identifier: Apache-2.0
// A public folder over HTTP. Which files there can be is fixed: by the definition, the
// size of the log and the number of key holders; a stray one is not seen this way.
import { mostEntries } from '../audit/limits.ts'
import { FIXED_NAMES, numberedNames, pictureName, tileName, tilesOf } from '../audit/names.ts'
import { ready } from '../audit/sodium.ts'
import type { Source } from '../audit/types.ts'
import { Fault } from '../protocol/bytes.ts'
import { parseCharter, requireDefinition, type Charter } from '../protocol/charter.ts'
import { parseDefinition, picturesOf } from '../protocol/definition.ts'
import { parseCheckpoint } from '../protocol/log.ts'
import * as api from './api.ts'

const AT_ONCE = 6
const nothing = new Uint8Array()

/** null where it is not sound, which the audit tells. */
function sound<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

/** Nothing is asked for that the charter, or the log's own key, does not cover. */
function logSize(charter: Charter | null, checkpoint: Uint8Array | null | undefined): number {
  const size = charter === null ? 0 : (sound(() => parseCheckpoint(checkpoint ?? nothing, charter.log))?.size ?? 0)
  return charter !== null && size <= mostEntries(charter) ? size : 0
}

function picturesIn(charter: Charter | null, definition: Uint8Array | null | undefined): string[] {
  if (charter === null) return []
  const bytes = definition ?? nothing
  const named = sound(() => {
    requireDefinition(charter, bytes)
    return picturesOf(parseDefinition(bytes))
  })
  return (named ?? []).map(pictureName)
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
  await fetchAll(FIXED_NAMES)
  await ready()
  const charter = sound(() => parseCharter(files.get('charter') ?? nothing))
  const tiles = [...tilesOf(logSize(charter, files.get('log/checkpoint')))]
  const pictures = picturesIn(charter, files.get('election.pb'))
  await fetchAll([...tiles.map(tileName), ...pictures, ...numberedNames(charter?.n ?? 0)])
  return {
    names: [...files].filter(([, bytes]) => bytes !== null).map(([name]) => name),
    whole: false,
    read: async (name) => files.get(name) ?? null,
  }
}
