// SPDX-License-Identifier: Apache-2.0
// How far shares can rise before a round of equal shares could go otherwise, so
// that raises by one need not all be run: a project that few support may be
// worth millions of them.
//
// With t more for every household, and as long as the same households pay all
// they have, money and ρ are linear in t, and so is each of these conditions:
//   the poor of a project that is funded have at most ρ·u, the rich at least
//   (who stay so: what one has never falls with t, and ρ never rises);
//   no other project k of the round is as good: at the ρ' = ρ·cost(k)/cost that
//   would make it so, its supporters together pay less than cost(k). They pay
//   at most Σ_A money + ρ'·Σ_rest u for any set A, so A may be guessed;
//   at the end, the supporters of what is left have less than its cost.
import { goesFirst, type Setting, type Supporter } from './setting.ts'

/** (at + by·t) over the denominator of all */
interface Linear {
  at: bigint
  by: bigint
}
const ZERO: Linear = { at: 0n, by: 0n }
const minus = (a: Linear, b: Linear): Linear => ({ at: a.at - b.at, by: a.by - b.by })
const times = (a: Linear, n: bigint): Linear => ({ at: a.at * n, by: a.by * n })

/** Of a share: where sums of money are nearer than that, their slopes tell which
 * will be less. */
const NEAR = 2 ** -30

class Standing {
  /** steps of t that every condition so far allows; null: any */
  steps: bigint | null = null
  private D: bigint
  private readonly money: Linear[]
  // The same as doubles, for guesses.
  private readonly near: Float64Array
  private readonly slope: Float64Array
  private readonly share: number

  constructor(
    private readonly s: Setting,
    num: bigint,
    private readonly step: bigint,
  ) {
    this.D = BigInt(s.n)
    this.money = s.groups.map(() => ({ at: num, by: this.D }))
    this.share = Number(num) / s.n
    this.near = new Float64Array(s.groups.length).fill(this.share)
    this.slope = new Float64Array(s.groups.length).fill(1)
  }

  /** f ≥ 0, or > 0 when strict */
  private require(f: Linear, strict: boolean): void {
    const room = strict ? f.at - 1n : f.at
    const allowed = room < 0n ? 0n : f.by >= 0n ? null : room / (-f.by * this.step)
    if (allowed !== null && (this.steps === null || allowed < this.steps)) this.steps = allowed
  }

  private list(k: number): Supporter[] {
    return this.s.supporters[k] as Supporter[]
  }

  private cost(k: number): bigint {
    return BigInt(this.s.costs[k] as number)
  }

  private weight({ group }: Supporter): number {
    return (this.s.groups[group] as { weight: number }).weight
  }

  private units(list: Supporter[]): number {
    return list.reduce((sum, v) => sum + this.weight(v) * v.u, 0)
  }

  private together(list: Supporter[]): Linear {
    let [at, by] = [0n, 0n]
    for (const v of list) {
      const m = this.money[v.group] as Linear
      at += m.at * BigInt(this.weight(v))
      by += m.by * BigInt(this.weight(v))
    }
    return { at, by }
  }

  /** Has it less than (cap + slope·t)·u, as far as doubles tell? */
  private poorer({ group, u }: Supporter, cap: number, slope: number): boolean {
    const gap = (this.near[group] as number) - cap * u
    return Math.abs(gap) <= this.share * NEAR ? (this.slope[group] as number) <= slope * u : gap < 0
  }

  /** Who pays all for k, as doubles have it, and ρ with its slope. */
  private guess(k: number): { poor: Supporter[]; rich: Supporter[]; cap: number; slope: number } {
    const poor: Supporter[] = []
    let rich = this.list(k)
    for (;;) {
      const sum = (of: Float64Array): number =>
        poor.reduce((all, v) => all + this.weight(v) * (of[v.group] as number), 0)
      const units = this.units(rich)
      const [cap, slope] = [((this.s.costs[k] as number) - sum(this.near)) / units, -sum(this.slope) / units]
      const more = rich.filter((v) => this.poorer(v, cap, slope))
      if (more.length === 0 || more.length === rich.length) return { poor, rich, cap, slope }
      poor.push(...more)
      rich = rich.filter((v) => !more.includes(v))
    }
  }

  /** k is funded, and none of the others. */
  round(k: number, others: number[]): void {
    const { poor, rich, cap, slope } = this.guess(k)
    const units = BigInt(this.units(rich))
    const rho = minus({ at: this.cost(k) * this.D, by: 0n }, this.together(poor)) // over units·D
    const gap = (v: Supporter): Linear => minus(times(this.money[v.group] as Linear, units), times(rho, BigInt(v.u)))
    for (const v of poor) this.require(times(gap(v), -1n), false)
    for (const v of rich) this.require(gap(v), false)
    for (const other of others) this.requireWorse(other, k, { rho, units, cap, slope })
    for (const v of rich) this.near[v.group] = (this.near[v.group] as number) - cap * v.u
    for (const v of rich) this.slope[v.group] = (this.slope[v.group] as number) - slope * v.u
    this.pay(
      poor,
      rich.map((v) => ({ ...v, left: gap(v) })),
      units,
    )
  }

  private requireWorse(k: number, best: number, of: { rho: Linear; units: bigint; cap: number; slope: number }): void {
    const ratio = (this.s.costs[k] as number) / (this.s.costs[best] as number)
    const all = this.list(k).filter((v) => this.poorer(v, of.cap * ratio, of.slope * ratio))
    const capped = this.units(this.list(k)) - this.units(all)
    const scale = of.units * this.cost(best)
    const need = minus({ at: this.cost(k) * this.D, by: 0n }, this.together(all))
    // Just enough is as good, and the tie's order decides. When all pay all they
    // have to reach it, less than ρ' is enough too.
    const { first, why } = goesFirst(this.s, best, k)
    const strict = !first || why === 'file' || capped === 0
    this.require(minus(times(need, scale), times(of.rho, this.cost(k) * BigInt(capped))), strict)
  }

  private pay(poor: Supporter[], rich: (Supporter & { left: Linear })[], units: bigint): void {
    this.D *= units
    this.money.forEach((m, group) => (this.money[group] = times(m, units)))
    for (const { group } of poor) {
      this.money[group] = ZERO
      this.near[group] = this.slope[group] = 0
    }
    for (const { group, left } of rich) this.money[group] = left
  }

  end(others: number[]): void {
    for (const k of others)
      this.require(minus({ at: this.cost(k) * this.D, by: 0n }, this.together(this.list(k))), true)
  }
}

/** Every household has num/n fen and `funded` came of it, in this order: how
 * often can `step` fen be added with the same outcome? */
export function standsFor(
  s: Setting,
  candidates: readonly number[],
  num: bigint,
  step: bigint,
  funded: readonly number[],
): number {
  const standing = new Standing(s, num, step)
  let others = [...candidates]
  for (const k of funded) {
    others = others.filter((other) => other !== k)
    standing.round(k, others)
    if (standing.steps === 0n) return 0
  }
  standing.end(others)
  return Number(standing.steps ?? 0n)
}
