// SPDX-License-Identifier: Apache-2.0
// A round of key holders at one table: a card each, one press for one, and one for all who
// are here where a run takes them through several rounds.
import { h } from '../ui/dom.ts'
import type * as api from './api.ts'
import { carryOut, sayDone, SHOWS, type Doing } from './key_acts.ts'
import { HolderRow, whoIs } from './key_rows.ts'
import { k } from './key_words.ts'
import { withSeen } from './shown.ts'
import { watchSticks } from './sticks.ts'
import { labelled, type Act } from './window.ts'

/** Verbs of yihu-trustee that are a round; what each takes besides. */
const ROUNDS: Record<string, { options?: api.Order['options']; files?: number }> = {
  deal: { options: { 'one-table': true } },
  accept: {},
  withdraw: {},
  box: {},
  shuffle: {},
  open: {},
  sign: {},
  retire: { files: 16 },
}
/** A run that takes the keys of all who are here through several rounds. */
export const TOGETHER: Record<string, string> = {
  ...{ deal: 'ceremony', accept: 'ceremony' },
  ...{ box: 'count', shuffle: 'count', open: 'count', sign: 'count' },
}
const COUNT_ROUNDS = ['box', 'shuffle', 'open']

type Key = Parameters<typeof k>[0]

/** Copies that are left when all have retired are erased in the same way. */
export const roundOf = (s: api.Status): string | null =>
  s.round ?? (s.steps.some((x) => x.id === 'files-left' && x.state === 'due') ? 'retire' : null)

export class KeyTable {
  readonly rows: HolderRow[]
  private readonly round: string
  private readonly left: number[]
  private readonly more: number | null
  private readonly summary = h('p', { role: 'status' })
  private readonly together = h('section', { class: 'card' })

  /** again: back to this view; next: when one has done it. */
  constructor(
    private readonly b: api.Book,
    private readonly s: api.Status,
    private readonly again: Act,
    private readonly next: () => HTMLElement[],
  ) {
    this.round = roundOf(s)!
    const step = s.steps.find((x) => x.id === this.round)
    this.left = (s.round === null ? null : step?.holders)?.left.map((x) => x.number) ?? s.holders.map((x) => x.number)
    this.more = (s.round === null ? null : step?.holders)?.more ?? null
    this.rows = s.holders.map((x) => {
      const mine = this.left.includes(x.number)
      return new HolderRow(
        x,
        !mine,
        mine ? labelled(k(`kh-do-${this.round}` as Key), () => this.alone(x.number)) : null,
      )
    })
    this.rows.sort((a, c) => Number(a.done) - Number(c.done))
  }

  /** How many must be here for the run that goes through all rounds. */
  private needed(): number {
    if (TOGETHER[this.round] === 'ceremony') return this.s.holders.length
    const more = this.s.steps.filter((x) => COUNT_ROUNDS.includes(x.id)).map((x) => x.holders?.more ?? 0)
    return Math.max(2, ...more)
  }
  private here = (): HolderRow[] => this.rows.filter((r) => r.here.length > 0)
  /** Nobody else is waited for in this round. */
  private enough = (): boolean => this.more !== null && this.here().filter((r) => !r.done).length >= this.more
  private canTogether = (): boolean =>
    TOGETHER[this.round] !== undefined && this.s.holders.length > 1 && this.here().length >= this.needed()

  private update(all: api.Stick[]): void {
    for (const r of this.rows) r.update(all, ROUNDS[this.round]?.files ?? 1)
    const together = this.canTogether()
    for (const r of this.rows) r.drawForm(r.done && !together)
    const enough = this.enough()
    const now = enough || this.s.round === null ? undefined : this.rows.find((r) => !r.done && r.here.length === 0)
    for (const r of this.rows) r.say(r === now, enough)
    this.together.hidden = !together
    if (this.more !== null) this.summary.textContent = k('kh-summary', { here: this.here().length, more: this.more })
  }

  element(): HTMLElement {
    const place = h('div', {}, this.summary, ...this.rows.map((r) => r.element), this.together)
    this.together.append(
      h('h2', {}, k('kh-together')),
      h('p', {}, k(TOGETHER[this.round] === 'count' ? 'kh-together-count' : 'kh-together-ceremony')),
      labelled(k('kh-together-do'), () => this.all(), true),
    )
    this.together.hidden = true
    watchSticks(place, this.b.id, (all) => this.update(all))
    return place
  }

  private doing(verb: string, rows: HolderRow[], hands: string[]): Doing {
    const files = (r: HolderRow): string[] => r.here.map((x) => x.path)
    const options = { key: rows.flatMap(files), ...ROUNDS[verb]?.options }
    const passphrases = (): string[] => rows.flatMap((r) => files(r).map(() => r.secret.value))
    const base = { program: 'yihu-trustee', words: [verb, '{dir}'], book: this.b.id }
    const shows = SHOWS[verb]
    return {
      title: k(`kh-at-${verb}` as Key),
      // What is only shown needs no passphrase, but where it comes in the middle of the work.
      order: (seen) => ({
        ...base,
        options: withSeen(options, seen),
        passphrases: shows !== undefined && seen === null ? [] : passphrases(),
      }),
      ...(shows === undefined ? {} : { shows }),
      again: this.again,
      forget: () => rows.forEach((r) => r.secret.forget()),
      done: (w) => sayDone(w, hands, ...this.next()),
    }
  }

  private check(rows: HolderRow[]): boolean {
    for (const r of rows) r.said.textContent = r.secret.problem() ?? ''
    return rows.every((r) => r.said.textContent === '')
  }

  private async alone(number: number): Promise<void> {
    const row = this.rows.find((r) => r.holder.number === number)!
    if (!this.check([row])) return
    const hands = [k(this.round === 'retire' ? 'kh-hands-retire' : 'kh-hands-out', { who: whoIs(row.holder) })]
    await carryOut(this.doing(this.round, [row], hands))
  }

  private async all(): Promise<void> {
    const rows = this.here().sort((a, c) => a.holder.number - c.holder.number)
    if (!this.check(rows)) return
    await carryOut(this.doing(TOGETHER[this.round]!, rows, [k('kh-hands-all')]))
  }
}
