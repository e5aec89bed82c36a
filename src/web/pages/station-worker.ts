// SPDX-License-Identifier: Apache-2.0
// Keeps what the count desk's page is made of, so that it opens while the
// daemon is away: the ballots that wait are there, and slips go on being keyed.
// The daemon's own files come first whenever it answers. Nothing else is kept,
// no answer of the API and no letter.
export {} // a module of its own for the compiler

interface Ended extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Asked extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
const worker = self as unknown as EventTarget & { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> } }

const CACHE = 'yihu-desk'
const KEPT = [
  '/station',
  '/assets/station.js',
  '/assets/style.css',
  '/assets/old.js',
  '/assets/zxing_reader.wasm',
  '/charter',
  '/election.pb',
]
/** A daemon that says nothing for so long is away, and asked again so much later. */
const ANSWER_MS = 4000
const AWAY_MS = 20000
let awayUntil = 0

async function fresh(path: string): Promise<Response> {
  const stop = new AbortController()
  const timer = setTimeout(() => {
    awayUntil = Date.now() + AWAY_MS
    stop.abort()
  }, ANSWER_MS)
  try {
    const answer = await fetch(path, { cache: 'no-store', credentials: 'omit', redirect: 'error', signal: stop.signal })
    if (answer.status >= 500) throw new Error(String(answer.status))
    return answer
  } finally {
    clearTimeout(timer)
  }
}

async function freshOrKept(path: string): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(path)
  if (kept !== undefined && Date.now() < awayUntil) return kept
  try {
    const answer = await fresh(path)
    if (answer.ok) await cache.put(path, answer.clone()).catch(() => {})
    return answer
  } catch {
    return kept ?? Response.error()
  }
}

async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll(KEPT.map((path) => new Request(path, { cache: 'no-store' })))
  await worker.skipWaiting()
}

worker.addEventListener('install', (event) => (event as Ended).waitUntil(keepAll()))
worker.addEventListener('activate', (event) => (event as Ended).waitUntil(worker.clients.claim()))
worker.addEventListener('fetch', (event) => {
  const { request } = event as Asked
  const { origin, pathname } = new URL(request.url)
  if (request.method === 'GET' && origin === location.origin && KEPT.includes(pathname))
    (event as Asked).respondWith(freshOrKept(pathname))
})
