// SPDX-License-Identifier: Apache-2.0
// The daemon's HTTP API as the pages use it. What it says is believed only
// where bytes prove it; the rest is for people.
import { Fault, fromUtf8 } from '../protocol/bytes.ts'
import { isAsk, type Ask } from '../protocol/proof_of_work.ts'

export interface State {
  state: string
  eid: string
  opens: string
  closes: string
  time: string
  entitled: number
  cast: number
  size: number
  /** called off; a daemon of before says nothing of it */
  cancelled?: { reason: string; time: string | null } | null
  /** projects that were withdrawn; each is believed by its receipt. A daemon of before says nothing of it */
  withdrawn?: { receipt: string }[]
  /** a box that was made again and takes no ballot; a daemon of before says nothing of it */
  read_only?: boolean
}
export interface CredentialState {
  serial: number
  pk: string
  signature: string
  voided: boolean
  replaced_by: number | null
}
export interface Recorded {
  status: 'recorded'
  index: number
  time: string
  code: string
  receipt: string
}
export interface Refusal {
  error: string
  message: string
  time?: string
  index?: number
}

/** A time of the daemon's, in seconds. */
export const seconds = (time: string): number => Date.parse(time) / 1000

/** No answer came, or none of the daemon's: it is not known what happened. Or it has
 * no time now: `said` is its word for that, of which two say that nothing did. */
export class NoAnswer extends Error {
  constructor(
    readonly retryAfter: number | null = null,
    readonly said = '',
  ) {
    super('no answer')
  }
}

/** A file may come over a slow line; a question is answered at once or not. */
const FILE_MS = 40000
const ASK_MS = 10000

interface Answer {
  status: number
  retryAfter: number | null
  bytes: Uint8Array
}

/** The whole answer: the time is up for its body too. */
async function call(path: string, timeout: number, init: RequestInit = {}): Promise<Answer> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), timeout)
  try {
    const a = await fetch(path, {
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      ...init,
      signal: stop.signal,
    })
    const retry = Number(a.headers.get('Retry-After'))
    return { status: a.status, retryAfter: retry > 0 ? retry : null, bytes: new Uint8Array(await a.arrayBuffer()) }
  } catch {
    throw new NoAnswer()
  } finally {
    clearTimeout(timer)
  }
}

/** A JSON object; anything else did not come from the daemon. */
function object(a: Answer): object {
  let v: unknown = null
  try {
    v = JSON.parse(fromUtf8(a.bytes))
  } catch {}
  if (typeof v !== 'object' || v === null) throw new NoAnswer(a.retryAfter)
  return v
}

const noAnswer = (a: Answer): NoAnswer => new NoAnswer(a.retryAfter, (object(a) as { error?: string }).error)

/** A file's exact bytes; null when the daemon has none. cache: as of fetch, for one
 * that never changes. */
export async function bytes(path: string, cache: RequestCache = 'no-store'): Promise<Uint8Array | null> {
  const a = await call(path, FILE_MS, { cache })
  if (a.status === 404) return null
  if (a.status !== 200) throw noAnswer(a)
  return a.bytes
}

export async function need(path: string): Promise<Uint8Array> {
  const b = await bytes(path)
  if (b === null) throw new Fault('missing-file', path)
  return b
}

/** What the daemon can say of a ballot for good (API.md). Another word, as of a
 * proxy that is asked too often, says nothing of what became of it. */
const FINAL = new Set([
  'format',
  'trailing',
  'version',
  'width',
  'point',
  'scalar',
  'identity',
  'vote-signature',
  'ballot-proof',
  'credential',
  'already-voted',
  'voided',
  'copied-ciphertext',
  'not-open',
  'over',
  'closed',
  'cancelled',
  'too-big',
])

const isRefusal = (v: object): v is Refusal => 'error' in v && typeof v.error === 'string'

/** JSON of a call; a refusal is thrown as the fault it names. */
export async function ask<T extends object>(path: string): Promise<T> {
  const a = await call(path, ASK_MS)
  if (a.status >= 500) throw noAnswer(a)
  const v = object(a)
  if (isRefusal(v)) throw new Fault(v.error, v.message)
  return v as T
}

export const state = (): Promise<State> => ask<State>('/api/state')
export const credentialOf = (serial: number): Promise<CredentialState> => ask(`/api/credential/${serial}`)
export const ballotOf = (serial: number): Promise<Recorded | { status: 'not-recorded' }> => ask(`/api/serial/${serial}`)
/** The ballot of that code; null when the log has none. */
export async function ballotByCode(code: string): Promise<Recorded | null> {
  try {
    return await ask<Recorded>(`/api/ballot/${encodeURIComponent(code)}`)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

/** `ask`: it is to come again with this work. */
export type Sent = { done: Recorded } | { refused: Refusal } | { ask: Ask }

/** One try. Throws NoAnswer when it is not known whether it was recorded. */
export async function send(ballot: Uint8Array, work: string | null): Promise<Sent> {
  const a = await call('/api/ballot', FILE_MS, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', ...(work === null ? {} : { 'Yihu-Work': work }) },
    body: ballot as BodyInit,
  })
  const v = object(a)
  if ('work' in v && isAsk(v.work)) return { ask: v.work }
  if (a.status >= 500) throw noAnswer(a)
  if (isRefusal(v) && FINAL.has(v.error)) return { refused: v }
  if (a.status === 200 || a.status === 201) return { done: v as Recorded }
  throw new NoAnswer()
}
