// SPDX-License-Identifier: Apache-2.0
// The count desk's finished ballots. Each is sealed and signed, its choice
// forgotten; it is kept (when the page is reloaded, the browser killed or the
// power cut too) until the daemon has answered, and sent again as the very same
// bytes, so that none is lost and none counts twice.
import { hex } from '../protocol/bytes.ts'
import { pauseMs, type Why } from './again.ts'
import * as voting from './voting.ts'
import type { Election } from './election.ts'

export interface Slip {
  /** Place in the order of keying, given by the database: two tabs never share one. */
  n: number
  serial: number
  batch: number
  /** Waiting: the ballot's bytes. Settled: what became of it. */
  ballot?: Uint8Array
  code?: string
  time?: number
  index?: number
  refused?: string
}

const RETRY_MS = 3000
const STORE = 'slips'

/** What a request to the database gives. */
const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'n', autoIncrement: true })
  return result(request)
}

/** A batch that was begun: kept beside the slips, so that a reload and another
 * tab know of it before it has a slip. */
type Begun = Pick<Slip, 'n' | 'batch'>
const isSlip = (record: Slip | Begun): record is Slip => 'serial' in record

export class Queue {
  private slips: Slip[] = []
  /** The number that the next slip's batch has. */
  batch = 1
  private sending = false
  /** Why what waits is not sent; null while nothing keeps it. */
  why: Why | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  private constructor(
    private readonly election: Election,
    private readonly changed: () => void,
    private readonly database: IDBDatabase,
    private readonly tabs: BroadcastChannel,
  ) {}

  /** Throws when the browser keeps nothing. */
  static async open(election: Election, changed: () => void): Promise<Queue> {
    const name = `yihu-desk-${hex(election.charter.eid)}`
    const queue = new Queue(election, changed, await openDatabase(name), new BroadcastChannel(name))
    // Another tab has keyed or settled one.
    queue.tabs.onmessage = () => void queue.read().then(changed)
    await queue.read()
    void navigator.storage?.persist?.() // ask that it is never cleared to make room
    void queue.send()
    return queue
  }

  private async read(): Promise<void> {
    const store = this.database.transaction(STORE).objectStore(STORE)
    const records = await result(store.getAll() as IDBRequest<(Slip | Begun)[]>)
    this.slips = records.filter(isSlip)
    this.batch = Math.max(1, ...records.map((r) => r.batch))
  }
  /** Done when it is on the disk. */
  private async write(record: Omit<Slip, 'n'> | Slip | Omit<Begun, 'n'>): Promise<number> {
    const transaction = this.database.transaction(STORE, 'readwrite', { durability: 'strict' })
    const kept = new Promise<void>((done, fail) => {
      transaction.oncomplete = () => done()
      transaction.onabort = () => fail(transaction.error)
    })
    const [n] = await Promise.all([result(transaction.objectStore(STORE).put(record)), kept])
    await this.read()
    this.tabs.postMessage(null)
    return n as number
  }

  all(): Slip[] {
    return this.slips
  }
  waiting(): Slip[] {
    return this.slips.filter((s) => s.ballot !== undefined)
  }
  recorded(): Slip[] {
    return this.slips.filter((s) => s.code !== undefined)
  }
  refused(): Slip[] {
    return this.slips.filter((s) => s.refused !== undefined)
  }
  /** Is a ballot of this letter here already, sent or waiting? */
  has(serial: number): boolean {
    return this.slips.some((s) => s.serial === serial && s.refused === undefined)
  }

  /** Keeps a finished ballot; its place. Throws when the browser cannot store
   * it: then it must not be taken for done. */
  async add(serial: number, ballot: Uint8Array): Promise<number> {
    const n = await this.write({ serial, batch: this.batch, ballot })
    void this.send()
    return n
  }

  /** Throws when the browser cannot store it. */
  async newBatch(): Promise<void> {
    await this.write({ batch: this.batch + 1 })
  }

  /** One after the other; a daemon that does not answer is asked again later. */
  private async send(): Promise<void> {
    if (this.sending) return
    this.sending = true
    clearTimeout(this.timer)
    let pause: number | null = null
    while (pause === null && this.waiting().length > 0) pause = await this.sendOne(this.waiting()[0] as Slip)
    this.sending = false
    if (pause === null) this.tell(null)
    else this.timer = setTimeout(() => void this.send(), pause)
  }

  private tell(why: Why | null): void {
    if (this.why === why) return
    this.why = why
    this.changed()
  }

  /** Null when it is known what became of it; else milliseconds until the next try.
   * What cannot be written down is not known: the daemon gives the same answer to
   * the same bytes again. */
  private async sendOne(slip: Slip): Promise<number | null> {
    const sent = await voting.sendOnce(this.election, slip.ballot as Uint8Array, () => this.tell('queueing'))
    const { outcome } = sent
    if (outcome === null) {
      this.tell(sent.why)
      return pauseMs(RETRY_MS, sent.asked)
    }
    const { n, serial, batch } = slip
    const { kind } = outcome
    const settled =
      kind === 'recorded'
        ? { code: outcome.proof.code, time: outcome.proof.time, index: outcome.proof.index }
        : { refused: outcome.refusal.error }
    try {
      await this.write({ n, serial, batch, ...settled })
    } catch {
      return RETRY_MS
    }
    this.why = null
    this.changed()
    return null
  }
}
