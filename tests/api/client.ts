// SPDX-License-Identifier: Apache-2.0
// A client of somebody else's: it knows of the daemon what src/countd/openapi.json
// says, as the types in openapi.d.ts, which are generated of it, and no more.
import type { components, paths } from './openapi.d.ts'

type Method = 'get' | 'post'
type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never
}[keyof paths]
type Call<M extends Method, P extends PathOf<M>> = NonNullable<paths[P][M]>
type Body<R> = R extends { content: { 'application/json': infer J } } ? J : Uint8Array
export type Answer<C> = C extends { responses: infer R }
  ? { [S in keyof R]: { status: S; body: Body<R[S]> } }[keyof R]
  : never
type At<C, W extends string> = C extends { parameters: { [K in W]: infer V extends object } } ? V : unknown

export type AskedOf<C> = { path?: At<C, 'path'>; header?: At<C, 'header'>; body?: Uint8Array }
/** Sees every answer as it came. */
export type Witness = (method: string, path: string, answer: Response, body: Uint8Array) => void

const filled = (path: string, values: Record<string, unknown>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))

export class Client {
  constructor(
    readonly url: string,
    readonly witness: Witness,
  ) {}

  async call<M extends Method, P extends PathOf<M>>(
    method: M,
    template: P,
    asked: AskedOf<Call<M, P>> = {},
  ): Promise<Answer<Call<M, P>>> {
    const path = filled(template, (asked.path ?? {}) as Record<string, unknown>)
    const headers = (asked.header ?? {}) as Record<string, string>
    const a = await fetch(this.url + path, { method, headers, body: (asked.body ?? null) as BodyInit | null })
    const bytes = new Uint8Array(await a.arrayBuffer())
    this.witness(method, path, a, bytes)
    const json = a.headers.get('content-type') === 'application/json'
    const body = json ? JSON.parse(new TextDecoder().decode(bytes)) : bytes
    return { status: a.status, body } as Answer<Call<M, P>>
  }
}

export type State = components['schemas']['State']

export async function state(c: Client): Promise<State> {
  const a = await c.call('get', '/api/state')
  if (a.status !== 200) throw new Error(`no state: ${a.status}`)
  return a.body
}

/** Turnout in words, and the busiest hour. */
export async function turnout(c: Client): Promise<string> {
  const a = await c.call('get', '/api/turnout')
  if (a.status !== 200) throw new Error(`no turnout: ${a.status}`)
  const { cast, entitled, changes, hours } = a.body
  const busiest = [...hours].sort((x, y) => y.ballots - x.ballots)[0]
  return `${cast} of ${entitled}, ${changes.replacements} replaced, most at ${busiest?.start ?? '-'}`
}

/** The receipt, or in a word why there is none. */
export async function vote(c: Client, ballot: Uint8Array): Promise<string> {
  const a = await c.call('post', '/api/ballot', { body: ballot })
  switch (a.status) {
    case 200:
    case 201:
      return a.body.receipt
    case 409:
      return 'index' in a.body ? `${a.body.error} at ${a.body.index}` : a.body.error
    case 503:
      return 'work' in a.body ? `work of ${a.body.work.bits} bits` : a.body.error
    case 400:
    case 403:
    case 413:
      return a.body.error
    case 408:
      return 'too slow'
  }
}

/** The ballot's code by its letter; null when it has not voted. */
export async function codeOf(c: Client, serial: number): Promise<string | null> {
  const a = await c.call('get', '/api/serial/{serial}', { path: { serial } })
  if (a.status !== 200) throw new Error(`letter ${serial}: ${a.status}`)
  return a.body.status === 'recorded' ? a.body.code : null
}

/** By whom a letter was replaced. */
export async function replacedBy(c: Client, serial: number): Promise<number | null> {
  const a = await c.call('get', '/api/credential/{serial}', { path: { serial } })
  if (a.status !== 200) throw new Error(`letter ${serial}: ${a.status}`)
  return a.body.voided ? a.body.replaced_by : null
}

/** Names and votes of what is funded, in its order. */
export async function funded(c: Client): Promise<string[]> {
  const a = await c.call('get', '/results.json')
  if (a.status !== 200) throw new Error(`no results: ${a.status}`)
  const { funded: ids, projects } = a.body
  return ids.map((id) => {
    const p = projects.find((one) => one.id === id)
    return `${p?.name}: ${p?.votes}`
  })
}
