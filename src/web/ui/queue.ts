// SPDX-License-Identifier: Apache-2.0
// The count desk's finished ballots. Each is sealed and signed, its choice
// forgotten; it is kept (across reloads too) until the daemon has answered,
// and sent again as the very same bytes, so that none is lost and none counts
// twice.
import { base64, unbase64 } from '../protocol/bytes.ts'
import * as voting from './voting.ts'
import type { Election } from './election.ts'
import { hex } from '../protocol/bytes.ts'

export interface Slip {
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
  slips: Slip[] = []
  private readonly key: string
  private sending = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly election: Election,
    private readonly changed: () => void,
  ) {
    this.key = `yihu-desk-${hex(election.charter.eid)}`
    this.slips = JSON.parse(localStorage.getItem(this.key) ?? '[]') as Slip[]
    void this.send()
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
    const slip: Slip = { serial, batch, ballot: base64(ballot) }
    this.slips.push(slip)
    try {
      this.save()
    } catch (error) {
      this.slips.pop()
      throw error
    }
    void this.send()
    return slip
  }

  private save(): void {
    localStorage.setItem(this.key, JSON.stringify(this.slips))
  }

  /** One after the other; a daemon that does not answer is asked again later. */
  private async send(): Promise<void> {
    if (this.sending) return
    this.sending = true
    clearTimeout(this.timer)
    let known = true
    for (const slip of this.waiting()) {
      known = await this.sendOne(slip)
      if (!known) break
    }
    this.sending = false
    if (!known || this.waiting().length > 0) this.timer = setTimeout(() => void this.send(), known ? 0 : RETRY_MS)
  }

  private async sendOne(slip: Slip): Promise<boolean> {
    const { outcome } = await voting.sendOnce(this.election, unbase64(slip.ballot as string))
    if (outcome === null) return false
    if (outcome.kind === 'recorded') Object.assign(slip, { code: outcome.proof.code, time: outcome.proof.time })
    else slip.refused = outcome.refusal.error
    delete slip.ballot
    this.save()
    this.changed()
    return true
  }
}
