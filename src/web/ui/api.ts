// SPDX-License-Identifier: Apache-2.0
// The daemon's HTTP API as the pages use it. What it says is believed only
// where bytes prove it; the rest is for people.
import { Fault } from '../protocol/bytes.ts'

export interface State {
  state: string
  eid: string
  opens: string
  closes: string
  time: string
  entitled: number
  cast: number
  size: number
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

/** No answer came, or none of the daemon's: it is not known what happened. */
export class NoAnswer extends Error {
  constructor(readonly retryAfter: number | null = null) {
    super('no answer')
  }
}

const TIMEOUT_MS = 20000

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS)
  try {
    return await fetch(path, { ...init, signal: stop.signal, cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' })
  } catch {
    throw new NoAnswer()
  } finally {
    clearTimeout(timer)
  }
}

async function body<T>(answer: Response, read: (r: Response) => Promise<T>): Promise<T> {
  try {
    return await read(answer)
  } catch {
    throw new NoAnswer()
  }
}

/** A file's exact bytes; null when the daemon has none. */
export async function bytes(path: string): Promise<Uint8Array | null> {
  const a = await call(path)
  if (a.status === 404) return null
  if (!a.ok) throw new NoAnswer()
  return new Uint8Array(await body(a, (r) => r.arrayBuffer()))
}

export async function need(path: string): Promise<Uint8Array> {
  const b = await bytes(path)
  if (b === null) throw new Fault('missing-file', path)
  return b
}

async function json<T>(path: string): Promise<T | Refusal> {
  const a = await call(path)
  if (a.status >= 500) throw new NoAnswer()
  return (await body(a, (r) => r.json())) as T | Refusal
}
const isRefusal = (v: object): v is Refusal => 'error' in v

/** JSON of a call; a refusal is thrown as the fault it names. */
export async function ask<T extends object>(path: string): Promise<T> {
  const v = await json<T>(path)
  if (isRefusal(v)) throw new Fault(v.error, v.message)
  return v
}

export const state = (): Promise<State> => ask<State>('/api/state')
export const credentialOf = (serial: number): Promise<CredentialState> => ask(`/api/credential/${serial}`)
export const ballotOf = (serial: number): Promise<Recorded | { status: 'not-recorded' }> => ask(`/api/serial/${serial}`)

export type Sent = { done: Recorded } | { refused: Refusal }

/** One try. Throws NoAnswer when it is not known whether it was recorded. */
export async function send(ballot: Uint8Array): Promise<Sent> {
  const a = await call('/api/ballot', {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: ballot as BodyInit,
  })
  const retry = Number(a.headers.get('Retry-After'))
  if (a.status >= 500) throw new NoAnswer(retry > 0 ? retry : null)
  const v = (await body(a, (r) => r.json())) as Recorded | Refusal
  if (a.ok && !isRefusal(v)) return { done: v }
  if (isRefusal(v)) return { refused: v }
  throw new NoAnswer()
}
