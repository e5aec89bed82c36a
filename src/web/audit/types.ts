// SPDX-License-Identifier: Apache-2.0
// The audit as its callers see it (PROTOCOL §11): where the folder comes from,
// what a person brings, and the report. Checks and codes have the names of
// `yihu-audit --json`, so that two auditors can be compared word by word.
import type { Withdrawn } from '../count/types.ts'

export const CHECKS = [
  'files',
  'definition',
  'charter',
  'pictures',
  'register',
  'tiles',
  'checkpoint',
  'entries',
  'cancelled',
  'box',
  'mixes',
  'openings',
  'decoding',
  'count',
  'results',
  'objections',
  'evidence',
] as const
export type Check = (typeof CHECKS)[number]

export const STAGES = [
  'chartered',
  'issued',
  'open',
  'cancelled',
  'closed',
  'boxed',
  'mixed',
  'opened',
  'published',
] as const
export type Stage = (typeof STAGES)[number]

/** Called off, as the issuer signed it. */
export interface Cancelled {
  reason: string
  /** unix seconds, of the log's entry; null where the note says it, which has no time */
  time: number | null
}

/** How a published result stands. */
export interface Objections {
  /** unix seconds: objections are taken until then */
  until: number
  /** null: it is preliminary */
  final: { time: number; filed: number; upheld: number } | null
}

/** A public folder. Names are relative, with '/'; their order does not matter. */
export interface Source {
  names: string[]
  /** false where files are fetched by name, as over HTTP: strays cannot be seen */
  whole: boolean
  /** symbolic links and devices: each is a fault, and the folder is not read further */
  irregular?: string[]
  /** Its bytes, where that is known before it is read. */
  size?(name: string): number
  /** null: it cannot be had, which is a fault where it is in `names`. */
  read(name: string): Promise<Uint8Array | null>
}

/** A file that a person brings. */
export interface Evidence {
  name: string
  bytes: Uint8Array
}

export interface Options {
  /** The 32 bytes from a letter. Without them a folder is only held against itself. */
  eid?: Uint8Array
  receipts?: Evidence[]
  checkpoints?: Evidence[]
  /** the checkpoint that was served when the poll ended */
  atClose?: Evidence
  /** the household roll, with its salt of 16 bytes: the two go together */
  roll?: Evidence
  salt?: Uint8Array
  progress?(check: Check, done: number, total: number): void
}

export interface Fault {
  check: Check
  /** slug, as of the C library's error.h: 'mix-proof', 'missing-file' … */
  code: string
  /** in the folder, or of the evidence; printable */
  file: string
  /** English words, for a log */
  detail: string
  /** which entry, mix, line or holder, where the fault has one */
  index?: number
}

export interface Step {
  check: Check
  /** false: the folder does not go so far, or an earlier fault bars it */
  ran: boolean
  /** how many things were checked */
  count: number
  /** why it did not run: the check whose fault bars it; null: nothing of it is here, or nothing was to be opened */
  barredBy: Check | null
}

export interface Figures {
  entitled: number
  cast: number
  additions: number
  replacements: number
  voids: number
  mixes: number
  openings: number
  valid: number | null // null before the opening
  void: number | null
}

export interface Report {
  /** 0 verified under the eid given; 1 a fault; 3 no fault, but no eid was given */
  exit: 0 | 1 | 3
  stage: Stage
  /** what the charter gives, in hex; null where charter or definition is broken */
  eid: string | null
  /** its title says that it is a rehearsal (PROTOCOL §2.6) */
  rehearsal: boolean
  steps: Step[] // of every check, in order
  /** the first of each kind: check and code */
  faults: Fault[]
  /** files that are sound, and hold text that deceives who reads it (PROTOCOL §2.4) */
  doubts: string[]
  /** names passed over: those that begin with a dot */
  notices: string[]
  figures: Figures | null
  /** results.json as it must be, once the box is opened or had to stay shut */
  result: unknown
  /** the election's projects, each with all that its file says of it */
  projects: Map<string, string>[]
  /** results.json, byte for byte */
  resultsJson: Uint8Array | null
  /** entries of the log, and the checkpoint that was checked */
  checkpoint: { size: number; root: string } | null
  /** fewer ballots than the charter asks for: nothing was to be opened */
  notOpened: boolean
  /** it was called off, and nothing is counted */
  cancelled: Cancelled | null
  /** projects that were withdrawn, as issuer and holders signed it */
  withdrawn: readonly Withdrawn[]
  /** null: not published, or final as it was published */
  objections: Objections | null
  /** receipts and checkpoints that know more entries than this folder: fetch it anew */
  newerEvidence: number
}

/** A receipt held against nothing but the log's key (PROTOCOL §7). */
export interface ReceiptReport {
  /** it is well formed, the log signed it, and its entry is in the log that it names */
  holds: boolean
  fault: { code: string; detail: string } | null
  log: string | null // the log's name
  eid: string | null // of the election, where the entry is a ballot that verifies under it
  index: number | null
  size: number | null // of the log under the receipt's checkpoint
  type: 'O' | 'B' | 'R' | 'C' | 'X' | 'W' | null
  time: number | null // unix seconds
  serial: number | null // of a ballot
  /** the ballot code that the phone showed */
  code: string | null
  /** with a source: how the receipt stands to that folder */
  folder: 'in-it' | 'folder-older' | 'two-histories' | null
}
