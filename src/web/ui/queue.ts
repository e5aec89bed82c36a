// SPDX-License-Identifier: Apache-2.0
// The count desk's finished ballots. Each is sealed and signed, its choice
// forgotten; it is kept (across reloads too) until the daemon has answered,
// and sent again as the very same bytes, so that none is lost and none counts
// twice. Each lies under a key of its own: two tabs never write over each other.
import { base64, hex, unbase64 } from '../protocol/bytes.ts'
import * as voting from './voting.ts'
import type { Election } from './election.ts'

export interface Slip {
  /** Place in the order of keying. */
  n: number
  serial: number
  batch: number
  /** Waiting: the ballot's bytes. Settled: what became of it. */
  ballot?: string
  code?: string
  time?: number
  refused?: string
}

const RETRY_MS = 3000

export class Queue {
  private slips: Slip[] = []
  private readonly prefix: string
  private sending = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly election: Election,
    private readonly changed: () => void,
  ) {
    this.prefix = `yihu-desk-${hex(election.charter.eid)}-`
    this.read()
    // Another tab has keyed or settled one.
    window.addEventListener('storage', () => {
      this.read()
      changed()
    })
    void this.send()
  }

  private read(): void {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix))
    this.slips = keys.map((key) => JSON.parse(localStorage.getItem(key) as string) as Slip).sort((a, b) => a.n - b.n || a.serial - b.serial)
  }
  private write(slip: Slip): void {
    localStorage.setItem(`${this.prefix}${slip.n}-${slip.serial}`, JSON.stringify(slip))
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

  /** Keeps a finished ballot. Throws when the browser cannot store it: then it
   * must not be taken for done. */
  add(serial: number, batch: number, ballot: Uint8Array): Slip {
    this.read()
    const slip: Slip = { n: (this.slips[this.slips.length - 1]?.n ?? 0) + 1, serial, batch, ballot: base64(ballot) }
    this.write(slip)
    this.slips.push(slip)
    void this.send()
    return slip
  }

  /** One after the other; a daemon that does not answer is asked again later. */
  private async send(): Promise<void> {
    if (this.sending) return
    this.sending = true
    clearTimeout(this.timer)
    let known = true
    while (known && this.waiting().length > 0) known = await this.sendOne(this.waiting()[0] as Slip)
    this.sending = false
    if (!known) this.timer = setTimeout(() => void this.send(), RETRY_MS)
  }

  private async sendOne(slip: Slip): Promise<boolean> {
    const { outcome } = await voting.sendOnce(this.election, unbase64(slip.ballot as string))
    if (outcome === null) return false
    const { n, serial, batch } = slip
    const settled = outcome.kind === 'recorded' ? { code: outcome.proof.code, time: outcome.proof.time } : { refused: outcome.refusal.error }
    this.write({ n, serial, batch, ...settled })
    this.read()
    this.changed()
    return true
  }
}
