// SPDX-License-Identifier: Apache-2.0
// What the log's entries make of the register, and the rules of PROTOCOL §6
// and §7 about an entry and the log before it. Of several rules that an entry
// breaks, the first here is told.
import type { Withdrawn } from '../count/types.ts'
import { be64, equal, Fault, hex } from '../protocol/bytes.ts'
import type { Charter } from '../protocol/charter.ts'
import { message } from '../protocol/group.ts'
import { parseEntry, type Entry } from '../protocol/log.ts'
import { readReason } from '../protocol/reason.ts'
import { parseWithdrawal, requireWithdrawalSigned } from '../protocol/withdrawal.ts'
import { parseBallot, pointA, requireProven, type Ballot } from './ballot.ts'
import { requireCredential, type Credential, type Register } from './credentials.ts'
import type { Tree } from './merkle.ts'
import { isZero, verify } from './sodium.ts'
import type { Cancelled } from './types.ts'

interface Letter extends Credential {
  ballot: Uint8Array | null
  voided: boolean
}
export interface Counts {
  ballots: number
  additions: number
  replacements: number
  voids: number
}
interface Change extends Credential {
  old: number
  new: number
  signed: Uint8Array // the body without the issuer's signature
  issuer: Uint8Array
}

function require(good: boolean, code: string, words: string): void {
  if (!good) throw new Fault(code, words)
}

function parseChange(body: Uint8Array): Change {
  const view = new DataView(body.buffer, body.byteOffset)
  const [pk, signature, issuer] = [body.subarray(8, 40), body.subarray(40, 104), body.subarray(104)]
  return { old: view.getUint32(0), new: view.getUint32(4), pk, signature, signed: body.subarray(0, 104), issuer }
}

export class Ledger {
  readonly counts: Counts = { ballots: 0, additions: 0, replacements: 0, voids: 0 }
  size = 0
  closed = false
  cancelled: Cancelled | null = null // X is in
  readonly withdrawn: Withdrawn[] = [] // a W each
  /** every ballot's A ‖ B, word by word, in log order */
  readonly pairs: Uint8Array[] = []
  private lastTime = 0
  private readonly letters: Letter[]
  private readonly pks: Set<string>
  private readonly points = new Set<string>()

  /** tree: of all entries, and of more too. */
  constructor(
    private readonly charter: Charter,
    private readonly register: Register,
    private readonly width: number,
    private readonly projects: number,
    private readonly tree: Tree,
  ) {
    this.letters = register.credentials.map((k) => ({ ...k, ballot: null, voided: false }))
    this.pks = new Set(register.credentials.map((k) => hex(k.pk)))
  }

  get entitled(): number {
    return this.charter.households + this.counts.additions
  }

  append(bytes: Uint8Array): void {
    const e = parseEntry(bytes)
    if (e.type === 'O') this.open(e)
    else if (e.type === 'B') this.ballot(e)
    else if (e.type === 'R') this.change(e)
    else if (e.type === 'C') this.close(e)
    else if (e.type === 'W') this.withdraw(e)
    else this.cancel(e)
    this.lastTime = e.time
    this.size++
  }

  private letter(serial: number): Letter | undefined {
    return this.letters[serial - 1]
  }

  // Of several kinds.
  private requireOpened(): void {
    require(this.size > 0, 'open-entry', 'the log must begin with the entry that opens it')
    require(!this.closed, 'closed', 'nothing can follow the close')
    require(this.cancelled === null, 'cancelled', 'nothing can follow that it is called off')
  }
  private requireNotOver(e: Entry): void {
    require(e.time < this.charter.closes, 'over', 'the poll is over')
  }
  private requireLater(e: Entry): void {
    require(e.time >= this.lastTime, 'time', 'the entry is older than the one before it')
  }
  private requireSize(e: Entry): void {
    const size = new DataView(e.body.buffer, e.body.byteOffset).getBigUint64(0)
    require(size === BigInt(this.size), 'root-moved', `it was signed for a log of ${size} entries`)
  }
  private requireUnused(l: Letter): void {
    require(!l.voided, 'voided', 'the letter is void')
    require(l.ballot === null, 'already-voted', 'the letter has already voted')
  }

  private open(e: Entry): void {
    require(this.size === 0, 'open-entry', 'the log has been opened already')
    this.requireNotOver(e)
    require(equal(e.body.subarray(0, 32), this.charter.eid), 'other-election', 'opened for another election')
    require(equal(e.body.subarray(32), this.register.hash), 'register', 'opened with another register')
  }

  private ballot(e: Entry): void {
    const b = parseBallot(e.body, this.width)
    const known = this.letter(b.serial)
    require(known?.ballot == null ||
      !equal(known.ballot, b.bytes), 'same-ballot', 'exactly this ballot is in the log already')
    this.requireOpened()
    this.requireNotOver(e)
    require(e.time >= this.charter.opens, 'not-open', 'the poll is not open yet')
    this.requireLater(e)
    const l = this.voter(b, known)
    requireProven(b, this.charter.eid)
    this.takePoints(b)
    l.ballot = b.bytes
    this.pairs.push(b.pairs)
    this.counts.ballots++
  }
  private voter(b: Ballot, l: Letter | undefined): Letter {
    const bears = l !== undefined && equal(l.pk, b.pk) && equal(l.signature, b.tokenSignature)
    if (!bears) throw new Fault('credential', `not the key that was issued with letter ${b.serial}`)
    this.requireUnused(l)
    return l
  }
  private takePoints(b: Ballot): void {
    const points = Array.from({ length: b.w }, (_, j) => hex(pointA(b, j)))
    require(!points.some((A) => this.points.has(A)), 'copied-ciphertext', 'it repeats part of another ballot')
    points.forEach((A) => this.points.add(A))
  }

  private change(e: Entry): void {
    const c = parseChange(e.body)
    this.requireOpened()
    this.requireNotOver(e)
    this.requireLater(e)
    require(c.old !== 0 || c.new !== 0, 'change', 'it names neither an old nor a new number')
    if (c.old !== 0) this.requireOld(c)
    require(c.new === 0 || c.new === this.letters.length + 1, 'change', `the next letter is ${this.letters.length + 1}`)
    require(c.new !== 0 ||
      (isZero(c.pk) && isZero(c.signature)), 'change', 'it gives out no letter, yet it holds a key')
    this.requireWithinLimits(c)
    if (c.new !== 0) this.requireNew(c)
    require(verify(
      c.issuer,
      message('replace', this.charter.eid, c.signed),
      this.charter.issuer.pk,
    ), 'signature', 'the issuer has not signed this change')
    this.apply(c)
  }
  private requireOld(c: Change): void {
    const l = this.letter(c.old)
    if (l === undefined) throw new Fault('credential', `there is no letter ${c.old}`)
    this.requireUnused(l)
  }
  private requireNew(c: Change): void {
    require(!this.pks.has(hex(c.pk)), 'keys-not-distinct', 'its key has been used before')
    requireCredential(this.charter, c.new, c, 'token')
  }
  private requireWithinLimits(c: Change): void {
    const { additions, replacements, voids } = this.counts
    const left = c.old === 0 ? this.charter.additions - additions : this.charter.replacements - replacements - voids
    require(left > 0, 'change-limit', 'the charter allows no more such changes')
  }
  private apply(c: Change): void {
    const old = this.letter(c.old)
    if (old !== undefined) old.voided = true
    if (c.new !== 0) {
      this.letters.push({ pk: c.pk, signature: c.signature, ballot: null, voided: false })
      this.pks.add(hex(c.pk))
    }
    this.counts[c.old === 0 ? 'additions' : c.new === 0 ? 'voids' : 'replacements']++
  }

  /** No entry before it has a time of `closes` or later: times go on by themselves. */
  private close(e: Entry): void {
    this.requireOpened()
    require(e.time >= this.charter.closes, 'not-over', 'the poll is not over')
    this.requireSize(e)
    const signed = message('close', this.charter.eid, be64(this.size), this.tree.root(this.size))
    require(verify(
      e.body.subarray(8),
      signed,
      this.charter.issuer.pk,
    ), 'close', 'the issuer has not signed the close of this log')
    this.closed = true
  }

  private withdraw(e: Entry): void {
    this.requireOpened()
    this.requireNotOver(e)
    this.requireLater(e)
    const w = parseWithdrawal(e.body, this.charter)
    const { project, reason } = w
    require(project < this.projects, 'withdrawal', `there is no project number ${project + 1}`)
    require(!this.withdrawn.some((x) => x.project === project), 'withdrawal', 'the project is withdrawn already')
    const left = this.charter.withdrawals - this.withdrawn.length
    require(left > 0, 'change-limit', 'the charter allows no more projects to be withdrawn')
    requireWithdrawalSigned(w, this.charter)
    this.withdrawn.push({ project, reason, time: e.time, entry: this.size })
  }

  private cancel(e: Entry): void {
    this.requireOpened()
    this.requireNotOver(e)
    this.requireLater(e)
    this.requireSize(e)
    const reason = e.body.subarray(72)
    const words = readReason(reason)
    const signed = message('cancel', this.charter.eid, be64(this.size), this.tree.root(this.size), reason)
    require(verify(
      e.body.subarray(8, 72),
      signed,
      this.charter.issuer.pk,
    ), 'cancel', 'the issuer has not signed that this election is called off')
    this.cancelled = { reason: words, time: e.time }
  }
}
