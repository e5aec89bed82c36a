// SPDX-License-Identifier: Apache-2.0
// How a published result stands, as the daemon serves the issuer's two statements
// (PROTOCOL §10.1). For people: /verify proves them.
import { fromUtf8, time } from '../protocol/bytes.ts'
import * as api from './api.ts'

export interface Standing {
  /** unix seconds: objections are taken until then; null: the result was final at once */
  until: number | null
  /** how many objections are upheld; null: it is not final yet */
  upheld: number | null
}
export const UNSAID: Standing = { until: null, upheld: null }

/** What stands behind the key at the beginning of a line. */
const line = (text: string, key: string): string | null =>
  text
    .split('\n')
    .find((l) => l.startsWith(`${key} `))
    ?.slice(key.length + 1) ?? null

async function said<T>(file: string, key: string, read: (text: string) => T): Promise<T | null> {
  try {
    const bytes = await api.bytes(file)
    const text = bytes === null ? null : line(fromUtf8(bytes), key)
    return text === null ? null : read(text)
  } catch {
    return null // nothing that can be read is nothing said
  }
}

export async function resultStanding(): Promise<Standing> {
  const until = await said('/preliminary', 'until', time)
  return until === null ? UNSAID : { until, upheld: await said('/final', 'upheld', Number) }
}
