// SPDX-License-Identifier: Apache-2.0
// The key holders in a round: who has done it, whose stick is in, whose is wanted now, and
// the passphrase of each who is here.
import { h, replace } from '../ui/dom.ts'
import { list } from '../ui/i18n.ts'
import type * as api from './api.ts'
import { Secret } from './key_secret.ts'
import { k } from './key_words.ts'
import { called } from './sticks.ts'

/** In a sentence: each by name, or by number where there is no name yet. */
export const namesOf = (all: api.Holder[]): string =>
  list(all.map((x) => x.name ?? k('kh-number', { number: x.number })))

/** A file of this holder's key on a stick that is in. */
export interface KeyHere {
  path: string
  stick: api.Stick
}

export const whoIs = (x: api.Holder): string =>
  x.name === null ? k('kh-number', { number: x.number }) : k('kh-who', { number: x.number, name: x.name })

export class HolderRow {
  readonly element: HTMLElement
  readonly secret: Secret
  here: KeyHere[] = []
  private asks = false
  private readonly state = h('p', { role: 'status' })
  private readonly form = h('div', {})
  readonly said = h('p', { role: 'alert', class: 'problem' })

  /** done: nothing is wanted of this holder in this round. way: the button of its own. */
  constructor(
    readonly holder: api.Holder,
    readonly done: boolean,
    private readonly way: HTMLElement | null,
  ) {
    this.secret = new Secret(`holder-${holder.number}`, k('kh-secret-of', { who: whoIs(holder) }), false)
    this.element = h('section', { class: 'card' }, h('h2', {}, whoIs(holder)), this.state, this.form)
    this.say(false)
  }

  /** What is plugged in now; files: how many of the key's files are of use. */
  update(all: api.Stick[], files: number): void {
    this.here = all
      .flatMap((stick) =>
        stick.keys.filter((key) => key.number === this.holder.number).map((key) => ({ path: key.path, stick })),
      )
      .slice(0, files)
  }

  /** A passphrase is asked for where it is of use; who types one is not disturbed. */
  drawForm(idle: boolean): void {
    const wanted = this.here.length > 0 && !idle
    if (wanted === this.asks) return
    this.asks = wanted
    replace(this.form, wanted && this.secret.element, wanted && this.said, wanted && !this.done && this.way)
  }

  /** now: this one's stick is wanted; enough: nobody's is any more. */
  say(now: boolean, enough = false): void {
    const sticks = this.here.map((x) => called(x.stick)).join(' ')
    const text = this.done
      ? k('kh-row-done')
      : this.here.length > 0
        ? k('kh-row-here', { sticks })
        : now
          ? k('kh-row-now', { who: whoIs(this.holder) })
          : k(enough ? 'kh-row-enough' : 'kh-row-later')
    this.state.textContent = text
    this.element.classList.toggle('now', now && !this.done)
  }
}
