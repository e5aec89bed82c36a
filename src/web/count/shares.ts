// SPDX-License-Identifier: Apache-2.0
// One run of equal shares (PROTOCOL §10), exact.
//
// Over one denominator D: what a household had at first, and ρ of each round.
// A household that has not been emptied has share − Σ ρ·u of the rounds that it
// paid for, so what a set of households has together is a sum over rounds, not
// over households. For a project, doubles only guess who will pay all that is
// left to it (the poor); from the guess comes an exact ρ, and it is the right
// one when all those have at most ρ·u and nobody else has less. Doubles may say
// so where they are clear, integers say the rest.
import { ratioNumber, ratioText } from './rational.ts'
import { type Setting, type Supporter, goesFirst, toldApart } from './setting.ts'
import type { Round } from './types.ts'

/** Relative error of ratioNumber, generously. */
const OFF = 2 ** -48

interface Offer {
  num: bigint // ρ = num/(units·D)
  units: number
  rho: number
  /** ρ/cost from below; as money is only spent, good for later rounds too */
  least: number
  fresh: boolean // of this round
}
export interface RunResult {
  funded: number[]
  spent: number
  rounds: Round[]
  drawn: number[][] // of the rounds in which the lot chose
  unsettled: boolean // a lot was needed, and there is none
}

export class Run {
  private readonly money: Float64Array // of a household of each group
  private readonly emptied: Uint8Array
  private readonly poor: Uint8Array // of the offer in hand
  private readonly offers = new Map<number, Offer>() // of those that may still be funded
  private readonly chosen: number[] = []
  private readonly rhos: bigint[] = [] // over D
  private readonly share: number
  private D: bigint
  private start: bigint

  /** Every household has num/den fen at first. */
  constructor(
    private readonly s: Setting,
    private readonly candidates: readonly number[],
    num: bigint,
    den: bigint,
  ) {
    this.start = num
    this.D = den
    this.share = ratioNumber(num, den)
    this.money = new Float64Array(s.groups.length).fill(this.share)
    this.emptied = new Uint8Array(s.groups.length)
    this.poor = new Uint8Array(s.groups.length)
    for (const k of candidates)
      this.offers.set(k, { num: 0n, units: 1, rho: 0, least: (1 - OFF) / (s.votes[k] as number), fresh: false })
  }

  /** tell: with the rounds in words, which takes its time. */
  result(tell: boolean): RunResult {
    const out: RunResult = { funded: this.chosen, spent: 0, rounds: [], drawn: [], unsettled: false }
    for (let k = this.choose(); k !== null; k = this.choose()) {
      this.fund(k, out, tell)
      out.spent += this.cost(k)
    }
    return out
  }

  /** What the supporters of those that no round funded have left. */
  left(): { project: number; have: string }[] {
    return this.candidates
      .filter((project) => !this.chosen.includes(project))
      .map((project) => ({ project, have: ratioText(this.together(this.list(project)), this.D) }))
  }

  private cost(k: number): number {
    return this.s.costs[k] as number
  }

  private weight(group: number): number {
    return (this.s.groups[group] as { weight: number }).weight
  }

  private list(k: number): Supporter[] {
    return this.s.supporters[k] as Supporter[]
  }

  /** What these households have, over D. */
  private together(list: Supporter[]): bigint {
    const paid = new Float64Array(this.chosen.length)
    let weight = 0
    for (const { group } of list) {
      if (this.emptied[group] === 1) continue
      const { u, weight: w } = this.s.groups[group] as { u: readonly number[]; weight: number }
      weight += w
      for (let j = 0; j < paid.length; j++) paid[j] = (paid[j] as number) + w * (u[this.chosen[j] as number] as number)
    }
    let sum = BigInt(weight) * this.start
    paid.forEach((times, j) => {
      if (times !== 0) sum -= BigInt(times) * (this.rhos[j] as bigint)
    })
    return sum
  }

  /** Guesses the poor: those who have less than a cap that grows until it pays. */
  private guess(k: number): void {
    let need = this.cost(k)
    let units = 0
    let rest = this.list(k).filter(({ group }) => this.emptied[group] === 0)
    for (const { group, u } of rest) {
      this.poor[group] = 0
      units += this.weight(group) * u
    }
    for (let before = -1; rest.length !== before && units > 0; ) {
      before = rest.length
      const cap = need / units
      rest = rest.filter(({ group, u }) => {
        const money = this.money[group] as number
        if (money >= cap * u) return true
        this.poor[group] = 1
        need -= money * this.weight(group)
        units -= this.weight(group) * u
        return false
      })
    }
  }

  /** ρ when exactly those marked poor pay all they have; null when nobody else
   * is there. */
  private solve(k: number): Offer | null {
    const list = this.list(k).filter(({ group }) => this.emptied[group] === 0)
    const units = list.reduce((sum, { group, u }) => sum + (this.poor[group] === 1 ? 0 : this.weight(group) * u), 0)
    if (units === 0) return null
    const num = BigInt(this.cost(k)) * this.D - this.together(list.filter(({ group }) => this.poor[group] === 1))
    const rho = num > 0n ? ratioNumber(num, BigInt(units) * this.D) : 0
    return { num, units, rho, least: (rho / this.cost(k)) * (1 - OFF), fresh: true }
  }

  /** The sign of money − ρ·u for a household of the group. */
  private compare({ group, u }: Supporter, offer: Offer): number {
    const gap = (this.money[group] as number) - offer.rho * u
    // Each of the rounds before added an error of some 2^−50 of the share.
    if (Math.abs(gap) > (this.share * (this.chosen.length + 2) + offer.rho * u) * 2 ** -46) return gap
    const { u: points } = this.s.groups[group] as { u: readonly number[] }
    const money = this.chosen.reduce(
      (sum, p, j) => sum - BigInt(points[p] as number) * (this.rhos[j] as bigint),
      this.start,
    )
    const exact = money * BigInt(offer.units) - offer.num * BigInt(u)
    return exact < 0n ? -1 : exact > 0n ? 1 : 0
  }

  /** Is ρ from the marked poor the least that pays? */
  private holds(k: number, offer: Offer): boolean {
    return this.list(k).every((v) => {
      if (this.emptied[v.group] === 1) return true
      const sign = this.compare(v, offer)
      return this.poor[v.group] === 1 ? sign <= 0 : sign >= 0
    })
  }

  /** By integers alone: nobody is poor until shown to be; ρ only grows. */
  private solveSlowly(k: number): Offer {
    for (const { group } of this.list(k)) this.poor[group] = 0
    for (;;) {
      const offer = this.solve(k) as Offer
      const more = this.list(k).filter(
        (v) => this.emptied[v.group] === 0 && this.poor[v.group] === 0 && this.compare(v, offer) < 0,
      )
      if (more.length === 0) return offer
      for (const { group } of more) this.poor[group] = 1
    }
  }

  /** This round's offer, or null when its supporters have not enough. Leaves
   * the poor marked. */
  private offer(k: number): Offer | null {
    if (this.together(this.list(k)) < BigInt(this.cost(k)) * this.D) return null
    this.guess(k)
    const guessed = this.solve(k)
    return guessed !== null && this.holds(k, guessed) ? guessed : this.solveSlowly(k)
  }

  /** The sign of ρ/cost of a less that of b. */
  private against(a: number, b: number): number {
    const [x, y] = [this.offers.get(a) as Offer, this.offers.get(b) as Offer]
    const left = x.num * BigInt(y.units) * BigInt(this.cost(b))
    const right = y.num * BigInt(x.units) * BigInt(this.cost(a))
    return left < right ? -1 : left > right ? 1 : 0
  }

  private better(a: number, b: number): boolean {
    const sign = this.against(a, b)
    return sign !== 0 ? sign < 0 : goesFirst(this.s, a, b).first
  }

  /** The most effective votes; null when nobody can be paid. Offers of earlier
   * rounds say from where on nobody is better. */
  private choose(): number | null {
    let best: number | null = null
    const order = [...this.offers.keys()].sort(
      (a, b) => (this.offers.get(a) as Offer).least - (this.offers.get(b) as Offer).least,
    )
    for (const offer of this.offers.values()) offer.fresh = false
    for (const k of order) {
      if (
        best !== null &&
        (this.offers.get(k) as Offer).least > ((this.offers.get(best) as Offer).rho / this.cost(best)) * (1 + OFF)
      )
        break
      const offer = this.offer(k)
      if (offer === null) {
        this.offers.delete(k)
        continue
      }
      this.offers.set(k, offer)
      if (best === null || this.better(k, best)) best = k
    }
    return best
  }

  private fund(k: number, out: RunResult, tell: boolean): void {
    const equals = [...this.offers]
      .filter(([other, o]) => other !== k && o.fresh && this.against(other, k) === 0)
      .map(([other]) => other)
    const { by, drawn } = toldApart(this.s, k, equals)
    if (by === 'file') out.unsettled = true
    if (drawn.length > 0) out.drawn.push(drawn)
    const offer = this.offer(k) as Offer // marks the poor again
    const paid = this.collect(k, offer)
    if (tell) out.rounds.push({ project: k, by, ...paid, ...this.texts(k, offer) })
    this.offers.delete(k)
    this.append(k, offer)
  }

  private texts(k: number, { num, units }: Offer): { cap: string; effective: string } {
    const den = BigInt(units) * this.D
    return { cap: ratioText(num, den), effective: ratioText(BigInt(this.cost(k)) * den, num) }
  }

  private collect(k: number, offer: Offer): { payers: number; emptied: number } {
    let [payers, emptied] = [0, 0]
    for (const v of this.list(k)) {
      if (this.emptied[v.group] === 1) continue
      payers += this.weight(v.group)
      const sign = this.compare(v, offer)
      if (sign < 0) {
        emptied += this.weight(v.group)
        this.emptied[v.group] = 1
      }
      this.money[v.group] = sign <= 0 ? 0 : (this.money[v.group] as number) - offer.rho * v.u
    }
    return { payers, emptied }
  }

  private append(k: number, { num, units }: Offer): void {
    const scale = BigInt(units)
    this.D *= scale
    this.start *= scale
    for (let j = 0; j < this.rhos.length; j++) this.rhos[j] = (this.rhos[j] as bigint) * scale
    this.rhos.push(num)
    this.chosen.push(k)
  }
}
