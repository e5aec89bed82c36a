// SPDX-License-Identifier: Apache-2.0
// What the committee's window asks its program on this computer. The key comes in the
// address's fragment, once; what it is exchanged for stays with this window alone.
import { currentLanguage } from '../ui/i18n.ts'
import type { Look, Which } from './draft_look.ts'
import { plain, unnamed } from './plain.ts'

const KEPT = 'yihu-console'

/** The program is gone, or does not know this window. */
export class Gone extends Error {}
/** It said no, in words for people. */
export class Refused extends Error {}

export interface Book {
  id: string
  name: string
  path: string
}
export interface Books {
  new_in: string
  /** A key holder's own window: nothing of others is shown. */
  holder: boolean
  books: Book[]
}
/** That is plugged in, with what of ours lies on it. */
export interface Stick {
  device: string
  where: string
  name: string
  size: number
  left: number
  writable: boolean
  /** number: of the key holder of the election that was asked about; null: not one of its. */
  keys: { path: string; holder: string; number: number | null }[]
  backups: string[]
  elections: Book[]
}
export interface Step {
  id: string
  actor: string
  kind: 'moves' | 'beside' | 'at will'
  state: 'done' | 'due' | 'waiting' | 'not needed'
  words: string
  command: string | null
  together: string | null
  /** it can be taken at this stage, needed or not */
  possible: boolean
  card: { who: string; hand: string; time: string; final: string; act: string }
  holders: { more: number; left: Holder[] } | null
}
export interface Holder {
  number: number
  name: string | null
}
export interface Status {
  stage: string
  /** The folder lies on a key holder's stick. */
  stick: boolean
  next: string
  /** The clerk's side on a stick. */
  backup: { state: 'none' | 'older' | 'current'; made: number | null }
  /** So far; null: not known at this moment. */
  ballots: number | null
  /** The verb by which key holders do their part now. */
  round: string | null
  who_comes: string
  holders: Holder[]
  /** where it is a rehearsal itself; times in unix seconds */
  rehearsal: { of: string | null; holders: number; now: number; opens: number; closes: number } | null
  steps: Step[]
}
/** A letter of a rehearsal. */
export interface Specimen {
  serial: string
  household: string
  typed: string
  link: string
}
export interface Option {
  name: string
  kind: 'flag' | 'text' | 'list' | 'number' | 'time' | 'seen'
  argument: string | null
  needed: boolean
  help: string
}
export interface Verb {
  verb: string | null
  label: string
  summary: string
  words: string[]
  options: Option[]
  passphrases: ('existing' | 'new')[]
  for_good: boolean
}
export interface Objection {
  number: number
  day: string
  text: string
  answer: string | null
}
export interface Order {
  program: string
  words: string[]
  options: Record<string, string | string[] | true>
  passphrases: string[]
  book?: string
  new?: string
}
export interface Work {
  ended: boolean
  status: number
  said: string
  told: string
}
/** Of the daemon that has the box, or had it last. */
export interface Poll {
  state: {
    runs: boolean
    /** The last one did not end by itself. */
    cut_off: boolean
    last: string | null
    mirror: string | null
    opens: number
    closes: number
    now: number
    daemon: null | {
      url: string
      serves: boolean
      stage?: string
      households?: number
      ballots?: number
      /** Why the clock is doubted, and whether ballots are written, or only the end waits. */
      clock_words?: string
      clock_writes?: boolean
      end_waits?: boolean
      failed?: boolean
    }
    /** Besides a clock that is doubted. */
    wrong: string[]
  }
  awake: boolean
  mirror_there: boolean
  last_words: string | null
  networks: string[]
  begins: boolean
}
export interface Looked {
  at: string
  names: { name: string; folder: boolean; bytes: number }[]
}

const CHANGES = ['run', 'stop', 'enter', 'begins']

const token = (): string | null => sessionStorage.getItem(KEPT)

async function ask<T>(path: string, init: RequestInit, again: boolean): Promise<T> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (token() !== null) headers.Authorization = `Bearer ${token()}`
  const once = (): Promise<Response> =>
    fetch(path, { ...init, headers, cache: 'no-store', credentials: 'omit', redirect: 'error' })
  // A connection that was kept may just have been closed; what changes nothing is asked again.
  const a = await once()
    .catch((error: unknown) => (again ? once() : Promise.reject(error)))
    .catch(() => {
      throw new Gone()
    })
  if (a.status === 401) throw new Gone()
  const said = (await a.json()) as T & { message?: string }
  if (a.status !== 200) throw new Refused(said.message ?? String(a.status))
  return said
}
export const get = <T>(name: string, values: Record<string, string> = {}): Promise<T> => {
  const language = currentLanguage().startsWith('zh') ? 'zh' : 'en'
  return ask<T>(`/api/${name}?${new URLSearchParams({ ...values, language }).toString()}`, {}, true)
}
export const post = <T>(name: string, body: object): Promise<T> =>
  ask<T>(`/api/${name}`, { method: 'POST', body: JSON.stringify(body) }, !CHANGES.includes(name))

export const isIn = (): boolean => token() !== null

/** With the key of the address, or the code of the terminal. */
export async function enter(said: string): Promise<void> {
  sessionStorage.setItem(KEPT, (await post<{ token: string }>('enter', { said })).token)
}
export const leave = (): void => sessionStorage.removeItem(KEPT)

export const books = (): Promise<Books> => get('books')
export async function status(book: string): Promise<Status> {
  const s = await get<Status>('steps', { book })
  const steps = s.steps.map((x) => ({ ...x, words: plain(x.words) }))
  return { ...s, next: plain(s.next), steps }
}
/** book: "" or an election, whose key holders' numbers are wanted. */
export const sticks = (book: string): Promise<{ sticks: Stick[]; hangs: boolean }> =>
  get('sticks', book === '' ? {} : { book })
export const verbs = (program: string): Promise<{ verbs: Verb[] }> => get('verbs', { program })
export const look = (at: string): Promise<Looked> => post('look', { at })
export const begin = (order: Order): Promise<{ run: number }> =>
  post('run', { ...order, language: currentLanguage().startsWith('zh') ? 'zh' : 'en' })
/** What comes after the last carriage return of a line is how far it is. */
const asLine = (text: string): string => text.replace(/^.*\r/gm, '')
export async function work(run: number): Promise<Work> {
  const w = await get<Work>('run', { run: String(run) })
  return { ...w, told: asLine(w.told) }
}

export const papers = (book: string): Promise<{ papers: { name: string; bytes: number }[] }> => post('papers', { book })
/** In this computer's own viewer. */
export const openPaper = (book: string, name: string): Promise<object> => post('paper', { book, name })
/** The address of the daemon that runs here; null: none does. */
export const served = (book: string): Promise<{ url: string | null }> => post('served', { book })
export const stop = (book: string): Promise<object> => post('stop', { book })
export async function poll(book: string): Promise<Poll> {
  const x = await get<Poll>('poll', { book })
  const last_words = x.last_words === null ? null : unnamed(plain(x.last_words))
  const { daemon, wrong } = x.state
  const others = wrong.filter((text) => text !== daemon?.clock_words)
  return { ...x, last_words, state: { ...x.state, wrong: others.map(plain) } }
}
/** Whether the window opens by itself with the computer, and goes on with what was cut off. */
export const begins = (on: boolean): Promise<object> => post('begins', { on })

export const objections = (book: string): Promise<{ objections: Objection[] }> => get('objections', { book })
/** Of a rehearsal alone. */
export const specimens = (book: string): Promise<{ letters: Specimen[] }> => post('specimens', { book })

/** Where a file lies that was dropped on the page. */
export async function drop(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return (await post<{ path: string }>('drop', { name: file.name, base64: btoa(text) })).path
}

// ---- the election that is being prepared

export const draft = (): Promise<{ draft: unknown; dir: string; medium: string | null }> => post('draft', {})
export const draftKeep = (kept: object): Promise<object> => post('draft-keep', { draft: kept })
export const draftTable = (which: Which, rows: string[][]): Promise<{ path: string }> =>
  post('draft-table', { which, rows })
export const draftFile = (which: Which, path: string): Promise<{ path: string }> => post('draft-file', { which, path })
export const draftAnswers = (answers: object[]): Promise<object> => post('draft-answers', { answers })
export const draftLook = (name: string, options: Order['options']): Promise<Look> =>
  post('draft-look', { new: name, options, language: currentLanguage().startsWith('zh') ? 'zh' : 'en' })
export interface Like {
  options: Record<string, string | true>
  projects: string[][]
  households: string[][]
  unsaid: string[]
  added: number
}
/** An earlier election, as a new one begins with it. */
export const draftLike = (book: string): Promise<Like> => post('draft-like', { book })
export const draftProof = (): Promise<object> => post('draft-proof', {})
export const draftDrop = (): Promise<object> => post('draft-drop', {})
