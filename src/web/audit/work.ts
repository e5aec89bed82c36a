// SPDX-License-Identifier: Apache-2.0
// The audit from inside. A check reads the folder and what earlier checks
// proved, and leaves three things: faults, one step of the report, and its
// product for the checks that follow. A product is set only when it was
// proved: a check whose inputs are not all there says so and does nothing, so
// that one fault does not drown the reader in its consequences.
import type { StrictDefinition, Tally } from '../count/types.ts'
import { Fault as ProtocolFault, utf8 } from '../protocol/bytes.ts'
import type { Charter } from '../protocol/charter.ts'
import type { Checkpoint } from '../protocol/log.ts'
import type { Register } from './credentials.ts'
import type { Ledger } from './ledger.ts'
import type { Tree } from './merkle.ts'
import { mostBytes } from './limits.ts'
import { inventory, type Inventory } from './names.ts'
import type { Opening } from './opening.ts'
import type { Cancelled, Check, Fault, Objections, Options, Source, Step } from './types.ts'

/** As bytes: the order of names, and so which fault comes first, is the same for everybody. */
function byBytes(a: string, b: string): number {
  const [x, y] = [utf8(a), utf8(b)]
  for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return (x[i] as number) - (y[i] as number)
  return x.length - y.length
}

/** Fit for a terminal and for JSON: each byte of a control sign becomes '?'. */
const printable = (text: string): string => text.replace(/[\x00-\x1f\x7f]/g, '?').replace(/[\x80-\x9f]/g, '??')

/** Read once and again: larger than this is not kept. */
const KEPT_BYTES_MAX = 64 << 20

/** Of the folder: the definition is the one that the charter names. */
export interface Election {
  definition: StrictDefinition
  charter: Charter
}

export class Work {
  readonly names: readonly string[]
  readonly inventory: Inventory
  readonly faults: Fault[] = []
  readonly doubts: string[] = []
  readonly steps = new Map<Check, Step>()
  private readonly kept = new Map<string, Promise<Uint8Array | null>>()

  // Products, by the check that proves them.
  definition: StrictDefinition | null = null // definition
  charter: Charter | null = null // charter: everything of §3 and §4
  election: Election | null = null // charter
  register: Register | null = null // register
  entries: Uint8Array[] = [] // tiles, in log order
  tree: Tree | null = null // tiles: over the entries, as the hash tiles say
  checkpoint: Checkpoint | null = null // checkpoint
  logSigned = false // checkpoint: it is the tree that the log signed
  ledger: Ledger | null = null // entries
  closed = false // entries: C is there
  cancelled: Cancelled | null = null // cancelled
  box: Checkpoint = { size: 0, root: new Uint8Array(32) } // entries: what C signs
  notOpened = false // entries: closed with fewer than min-box ballots
  boxSigners = 0 // box
  /** The last list: A ‖ B, word by word, ballot by ballot; entries: L_0, then mixes. */
  list: Uint8Array = new Uint8Array()
  n = 0 // ballots in it
  mixers = new Set<number>() // mixes
  mixesProved = false // mixes: `list` is that of all mixes that are there
  opened = new Map<number, Opening>() // openings, verified, by holder
  tally: Tally | null = null // entries, with its opening: decoding
  resultsPb: Uint8Array | null = null // count
  resultsJson: Uint8Array | null = null
  objections: Objections | null = null // objections
  newerEvidence = 0 // evidence

  constructor(
    readonly source: Source,
    readonly options: Options,
  ) {
    this.names = [...new Set(source.names)].sort(byBytes)
    this.inventory = inventory(this.names)
  }

  has(name: string): boolean {
    return this.names.includes(name)
  }

  /** The file; null when it is not there. One that is named and cannot be had is a fault. */
  file(name: string): Promise<Uint8Array | null> {
    const known = this.kept.get(name)
    if (known !== undefined) return known
    const file = this.read(name)
    this.kept.set(name, file)
    void file.then((bytes) => {
      if (bytes !== null && bytes.length > KEPT_BYTES_MAX) this.kept.delete(name)
    })
    return file
  }
  private async read(name: string): Promise<Uint8Array | null> {
    if (!this.has(name)) return null
    const known = { charter: this.charter, definition: this.election?.definition ?? null }
    if ((this.source.size?.(name) ?? 0) > mostBytes(name, known)) {
      this.fault('files', 'too-big', name, 'it is larger than such a file can be, and was not read')
      return null
    }
    const bytes = await this.source.read(name)
    if (bytes === null) this.fault('files', 'missing-file', name, 'it cannot be read')
    return bytes
  }

  /** Notes a fault, unless the check has one with this code already. */
  fault(check: Check, code: string, file: string, detail: string, index?: number): void {
    if (this.faults.some((f) => f.check === check && f.code === code)) return
    const where = index === undefined ? {} : { index }
    this.faults.push({ check, code, file: printable(file), detail: printable(detail), ...where })
  }
  /** Runs f; what it finds wrong is this check's fault, and null comes of it. */
  guard<T>(check: Check, file: string, f: () => T, index?: number): T | null {
    try {
      return f()
    } catch (error) {
      if (!(error instanceof ProtocolFault)) throw error
      this.fault(check, error.code, file, error.message, index)
      return null
    }
  }
  faulty(check: Check): boolean {
    return this.faults.some((f) => f.check === check)
  }

  step(check: Check, count: number): void {
    this.steps.set(check, { check, ran: true, count, barredBy: null })
  }
  /** It did not run: nothing of it is here, or a fault of `barredBy` bars it. */
  skip(check: Check, barredBy: Check | null = null): void {
    this.steps.set(check, { check, ran: false, count: 0, barredBy })
  }
  progress(check: Check, done: number, total: number): void {
    this.options.progress?.(check, done, total)
  }
}
