// SPDX-License-Identifier: Apache-2.0
// What the second auditor counts and what comes of it. Nothing here is read by
// the voting page.
import type { Definition } from '../protocol/definition.ts'

export const RULES = [
  'greedy',
  'greedy-no-skip',
  'greedy-threshold',
  'greedy-exclusive',
  'majority',
  'equalshares',
  'equalshares/add1',
  'equalshares/add1u',
  'equalshares/add1e',
  'equalshares/add1eu',
  'phragmen',
] as const
export type Rule = (typeof RULES)[number]

/** over/of; strict: more than, else at least */
export interface Share {
  over: number
  of: number
  strict: boolean
}
export const SUPPORT_BASES = ['cast', 'decided', 'entitled'] as const
export type SupportBase = (typeof SUPPORT_BASES)[number]

/** A definition after every check of PROTOCOL §2. */
export interface StrictDefinition extends Definition {
  /** the file */
  bytes: Uint8Array
  rule: Rule
  quorum: Share | null
  support: (Share & { base: SupportBase }) | null
  threshold: number | null
  comparison: boolean
  eligibility: boolean
}

/** A valid ballot: a digit for each project, in file order. (`Opened.digits`
 * of protocol/opened.ts is one.) */
export type DecodedBallot = readonly number[]

/** What the count needs besides ballots and lot. */
export interface CountContext {
  /** in the lot; of no bytes for a file that no election stands behind */
  eid: Uint8Array
  /** ballots in the log, void ones too */
  cast: number
  entitled: number
  /** projects that are never funded, in file order from 0 */
  withdrawn: ReadonlySet<number>
}

export type Verdict =
  | 'funded'
  | 'no-quorum'
  | 'withdrawn'
  | 'no-support'
  | 'not-more-for'
  | 'below-threshold'
  | 'not-eligible'
  | 'below-support'
  | 'too-poor'
  | 'excluded'
  | 'too-dear'
  | 'after-stop'

/** What puts one project before another; the later, the more was needed. `file`
 * only without a lot. */
export type TieBreak = 'votes' | 'cost' | 'more-votes' | 'lot' | 'file' | 'rule'

export interface ProjectOutcome {
  votes: number
  agree: number
  against: number
  abstain: number
  support: { have: number; of: number; met: boolean } | null
  verdict: Verdict
  place: number | null // in the order, from 1
  orderedBy: TieBreak | null // null: last, or not in it
  leftBefore: number | null // fen
}

export interface Round {
  project: number // index in the file
  cap: string // "p/q"
  effective: string | null
  payers: number
  emptied: number
  by: TieBreak
}
export interface Trace {
  share: string
  raises: number
  raiseEnd: 'exhaustive' | 'over' | null
  rounds: Round[]
  left: { project: number; have: string }[]
  comparison: { greedy: number; shares: number; taken: 'greedy' | 'shares' } | null
}

/** Projects are indices in file order. */
export interface Outcome {
  quorum: { have: number; of: number; met: boolean } | null
  projects: ProjectOutcome[]
  order: number[]
  /** those that the lot put in order, smallest first, with their lots */
  ties: { projects: number[]; lots: Uint8Array[] }[]
  funded: number[]
  spent: number // fen
  /** null: a rule without rounds, no valid ballot, or no quorum */
  trace: Trace | null
}

/** A project that was withdrawn after the charter (PROTOCOL §7.5). */
export interface Withdrawn {
  project: number // in file order, from 0
  reason: string
  time: number // unix seconds, of the log's entry
  entry: number
}

/** Everything that results.pb and results.json are made of. */
export interface Tally {
  definition: StrictDefinition
  charter: { eid: Uint8Array; households: number; opens: number; closes: number; minBox: number; t: number; n: number }
  logSize: number // index of the C entry
  additions: number
  replacements: number
  voids: number
  entitled: number
  cast: number
  withdrawn: readonly Withdrawn[] // in the log's order
  /** null: fewer than min-box, no vote was read */
  opening: {
    mixes: number
    openers: number[] // holders, ascending
    ballots: readonly DecodedBallot[] // the valid ones, in the order of the last mix
    voidAt: number[] // places of the others in the last mix, from 1
    lot: Uint8Array // V
  } | null
}
