// SPDX-License-Identifier: Apache-2.0
// The keys of the count desk over a choice: where the hand is, and what a key
// does there, for each kind of ballot.
import type { Definition } from '../protocol/definition.ts'
import { setRank, type Choice } from './controls.ts'
import type { Election } from './election.ts'

export class Hand {
  /** The project whose row the hand is in. */
  row = 0
  /** The digits so far of a project's number that has several. */
  begun = ''

  /** How many digits a project's number is keyed with. */
  readonly digits: number

  private readonly d: Definition

  constructor(
    { definition }: Election,
    private readonly choice: Choice,
  ) {
    this.d = definition
    this.digits = String(this.d.projects.length).length
  }

  /** Did the key do anything? */
  press(key: string): boolean {
    if (key === 'ArrowDown') return this.move(1)
    if (key === 'ArrowUp') return this.move(-1)
    if (key === 'Backspace' || key === 'Delete') return this.clear()
    if (!/^[0-9]$/.test(key)) return false
    if (this.d.kind === 'approval') return this.number(key)
    if (!this.value(Number(key), key)) return false
    if (this.movesOn()) this.move(1)
    return true
  }

  to(row: number): void {
    this.begun = ''
    this.row = row
  }

  private move(by: number): boolean {
    this.to(Math.min(this.d.projects.length - 1, Math.max(0, this.row + by)))
    return true
  }

  private clear(): boolean {
    if (this.begun !== '') {
      this.begun = ''
      return true
    }
    const { digits, answered } = this.choice
    if (this.d.kind === 'ordinal' && digits[this.row] !== 0) setRank(digits, this.row, 0)
    digits[this.row] = 0
    answered[this.row] = false
    return true
  }

  /** The marked projects' numbers, as the paper has them, one after the other: marks, or takes the mark off. */
  private number(key: string): boolean {
    const begun = this.begun + key
    this.begun = ''
    if (begun.length < this.digits) {
      this.begun = begun
      return true
    }
    const number = Number(begun)
    if (number < 1 || number > this.d.projects.length) return false
    this.row = number - 1
    this.choice.digits[this.row] = this.choice.digits[this.row] === 1 ? 0 : 1
    return true
  }

  /** What stands in the row's box. */
  private value(n: number, key: string): boolean {
    const { digits, answered } = this.choice
    const { kind, maxPoints, maxLength } = this.d
    if (kind === 'consent') {
      if (n < 1 || n > 3) return false
      digits[this.row] = n === 3 ? 0 : n
      answered[this.row] = true
    } else if (kind === 'ordinal') {
      const used = digits.filter((v) => v > 0).length
      if (n > used + (digits[this.row] === 0 ? 1 : 0) || n > maxLength) return false
      if (n !== 0 || digits[this.row] !== 0) setRank(digits, this.row, n)
    } else {
      const joined = Number(`${digits[this.row] ?? 0}${key}`)
      if (joined > maxPoints && n > maxPoints) return false
      digits[this.row] = joined <= maxPoints ? joined : n
    }
    return true
  }

  /** Points above nine take several keys: the hand stays in the row. */
  private movesOn(): boolean {
    const { kind, maxPoints } = this.d
    return (kind !== 'scoring' && kind !== 'cumulative') || maxPoints <= 9
  }
}
