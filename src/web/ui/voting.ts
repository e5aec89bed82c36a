// SPDX-License-Identifier: Apache-2.0
// A letter's way to a recorded vote, without any page: what the letter is,
// and sending until it is known what became of the ballot.
import { equal, Fault, unbase64, uncrockford, utf8 } from '../protocol/bytes.ts'
import { castBallot, ballotCode, type Sealed } from '../protocol/ballot.ts'
import { parseEntry, parseReceipt, requireReceiptOf } from '../protocol/log.ts'
import { proveWork } from '../protocol/proof_of_work.ts'
import { credential, tokenFromScan, tokenFromTyped, type Credential, type Token } from '../protocol/token.ts'
import type { Cancelled } from '../audit/types.ts'
import { nextTryMs, whyOf, type Why } from './again.ts'
import * as api from './api.ts'
import { calledOff } from './called_off.ts'
import { isReadOnly } from './read_only.ts'
import type { Election } from './election.ts'
import { takeWithdrawn } from './withdrawn.ts'

/** A vote that the log proves. */
export interface Proof {
  code: string
  time: number
  index: number
  receipt: string
}
/** The phone's clock and the server's differ by more than this: it is said. */
const CLOCK_OFF_S = 300

export type Standing =
  | { kind: 'may-vote'; clockOff: boolean }
  | { kind: 'voted'; proof: Proof }
  | { kind: 'called-off'; cancelled: Cancelled; proof: Proof | null }
  | { kind: 'voided'; by: number | null }
  | { kind: 'not-open'; opens: number }
  | { kind: 'over'; closed: number }
  | { kind: 'read-only' }

/** The letter's credential; the typed form takes its signature from the register. */
export async function openLetter(e: Election, text: string, typed: boolean): Promise<Credential> {
  if (!typed) return credential(e.charter, tokenFromScan(text))
  const { serial, seed } = tokenFromTyped(text, e.charter.eid)
  const entry = await api.credentialOf(serial)
  const token: Token = { serial, seed, signature: unbase64(entry.signature, 64) }
  return credential(e.charter, token)
}

interface Recording {
  proof: Proof
  serial: number
}

/** A receipt as the daemon gives it: believed as far as it proves itself. */
function prove(e: Election, receipt: string, ballot: Uint8Array | null): Recording {
  const r = parseReceipt(utf8(receipt), e.charter.log)
  const entry = ballot === null ? parseEntry(r.entry) : requireReceiptOf(r, ballot)
  if (entry.type !== 'B') throw new Fault('inclusion', 'not a ballot’s receipt')
  return {
    proof: { code: ballotCode(e.charter.eid, entry.body), time: entry.time, index: r.index, receipt },
    serial: new DataView(entry.body.buffer, entry.body.byteOffset).getUint32(1),
  }
}

/** The recorded ballot of that code, from the log's own entry; null for none. */
export async function recordedBallot(e: Election, code: string): Promise<Uint8Array | null> {
  const found = await api.ballotByCode(code)
  if (found === null) return null
  const { proof } = prove(e, found.receipt, null)
  const body = parseReceipt(utf8(found.receipt), e.charter.log).entry.slice(9)
  return equal(uncrockford(code, 80), uncrockford(proof.code, 80)) ? body : null
}

interface Answers {
  state: api.State
  entry: api.CredentialState
  ballot: Awaited<ReturnType<typeof api.ballotOf>>
  /** The phone's time in the middle of asking. */
  asked: number
}

async function askAbout(serial: number): Promise<Answers> {
  const before = Date.now()
  const [state, entry, ballot] = await Promise.all([api.state(), api.credentialOf(serial), api.ballotOf(serial)])
  return { state, entry, ballot, asked: (before + Date.now()) / 2000 }
}

/** Asks while the election is still on its way: a slow line is waited for once.
 * Undefined for what is no letter; why is told when it is opened. */
export function askEarly(text: string): Promise<Answers> | undefined {
  try {
    const answers = askAbout(tokenFromScan(text).serial)
    answers.catch(() => {}) // told where it is awaited
    return answers
  } catch {
    return undefined
  }
}

/** Has the household voted, is its letter void, is the poll open? */
export async function standing(e: Election, who: Credential, answers = askAbout(who.serial)): Promise<Standing> {
  const { state, entry, ballot, asked } = await answers
  takeWithdrawn(e, state)
  const recorded = ballot.status === 'recorded' ? prove(e, ballot.receipt, null) : null
  const proof = recorded?.serial === who.serial ? recorded.proof : null
  const cancelled = calledOff(state)
  if (cancelled !== null) return { kind: 'called-off', cancelled, proof }
  if (proof !== null) return { kind: 'voted', proof }
  if (!equal(unbase64(entry.pk), who.pk)) throw new Fault('credential', 'the register has another key for this letter')
  if (entry.voided) return { kind: 'voided', by: entry.replaced_by }
  const now = api.seconds(state.time)
  if (now < e.charter.opens) return { kind: 'not-open', opens: e.charter.opens }
  if (now >= e.charter.closes) return { kind: 'over', closed: e.charter.closes }
  if (isReadOnly(state)) return { kind: 'read-only' }
  return { kind: 'may-vote', clockOff: Math.abs(asked - now) > CLOCK_OFF_S }
}

export type Outcome = { kind: 'recorded'; proof: Proof } | { kind: 'not-recorded'; refusal: api.Refusal }

/** So often a try does what is asked: an ask is too old when this device took long. */
const WORKS_MAX = 3
const WORK_MS_MAX = 120000

async function sendWorking(ballot: Uint8Array, working: () => void): Promise<api.Sent> {
  const end = performance.now() + WORK_MS_MAX
  let sent = await api.send(ballot, null)
  for (let n = 0; 'ask' in sent && n < WORKS_MAX; n++) {
    working()
    const work = await proveWork(sent.ask, ballot, () => performance.now() > end)
    if (work === null) break
    sent = await api.send(ballot, work)
  }
  return sent
}

/** An outcome; or why there is none yet, and after how many seconds to ask. */
export type Try = { outcome: Outcome } | { outcome: null; why: Why; asked: number | null }

/** One try. A receipt that proves nothing is no receipt. */
export async function sendOnce(e: Election, ballot: Uint8Array, working: () => void): Promise<Try> {
  try {
    const sent = await sendWorking(ballot, working)
    if ('ask' in sent) return { outcome: null, why: 'queueing', asked: 1 }
    if ('refused' in sent) return { outcome: { kind: 'not-recorded', refusal: sent.refused } }
    return { outcome: { kind: 'recorded', proof: prove(e, sent.done.receipt, ballot).proof } }
  } catch (error) {
    return { outcome: null, why: whyOf(error), asked: error instanceof api.NoAnswer ? error.retryAfter : null }
  }
}

/** Sends the same bytes until it is known what became of them. `waiting` is told why
 * that takes time: once a try was not answered, it is not known whether it is in. */
export async function sendUntilKnown(e: Election, ballot: Uint8Array, waiting: (why: Why) => void): Promise<Outcome> {
  let known = true
  const tell = (why: Why): void => {
    known &&= why !== 'not-known'
    waiting(known ? why : 'not-known')
  }
  for (let tries = 1; ; tries++) {
    const sent = await sendOnce(e, ballot, () => tell('queueing'))
    if (sent.outcome !== null) return sent.outcome
    tell(sent.why)
    await new Promise((done) => setTimeout(done, nextTryMs(tries, sent.asked)))
  }
}

export const cast = (e: Election, who: Credential, sealed: Sealed): Uint8Array => castBallot(e.charter, who, sealed)
