// SPDX-License-Identifier: Apache-2.0
// A letter's way to a recorded vote, without any page: what the letter is,
// and sending until it is known what became of the ballot.
import { equal, Fault, hex, unbase64, utf8 } from '../protocol/bytes.ts'
import { castBallot, ballotCode, type Sealed } from '../protocol/ballot.ts'
import { parseReceipt, requireReceiptOf } from '../protocol/log.ts'
import { credential, tokenFromScan, tokenFromTyped, type Credential, type Token } from '../protocol/token.ts'
import * as api from './api.ts'
import type { Election } from './election.ts'

/** A vote that the log proves. */
export interface Proof {
  code: string
  time: number
  index: number
  receipt: string
}
export type Standing =
  | { kind: 'may-vote' }
  | { kind: 'voted'; proof: Proof }
  | { kind: 'voided'; by: number | null }
  | { kind: 'not-open'; opens: number }
  | { kind: 'over'; closed: number }

/** The letter's credential; the typed form takes its signature from the register. */
export async function openLetter(e: Election, text: string, typed: boolean): Promise<Credential> {
  if (!typed) return credential(e.charter, tokenFromScan(text))
  const { serial, seed } = tokenFromTyped(text, e.charter.eid)
  const entry = await api.credentialOf(serial)
  const token: Token = { serial, seed, signature: unbase64(entry.signature, 64) }
  return credential(e.charter, token)
}

/** A receipt as the daemon gives it: believed as far as it proves itself. */
function prove(e: Election, receipt: string, ballot: Uint8Array | null): Proof {
  const r = parseReceipt(utf8(receipt), e.charter.log)
  const entry = ballot === null ? { time: 0, body: r.entry.slice(9) } : requireReceiptOf(r, ballot)
  const head = new DataView(r.entry.buffer, r.entry.byteOffset)
  if (r.entry[0] !== 0x42) throw new Fault('inclusion', 'not a ballot’s receipt')
  return {
    code: ballotCode(e.charter.eid, entry.body),
    time: Number(head.getBigUint64(1)),
    index: r.index,
    receipt,
  }
}

function serialOfProof(receipt: string, e: Election): number {
  const entry = parseReceipt(utf8(receipt), e.charter.log).entry
  return new DataView(entry.buffer, entry.byteOffset).getUint32(10)
}

/** Has the household voted, is its letter void, is the poll open? */
export async function standing(e: Election, who: Credential): Promise<Standing> {
  const [state, entry, ballot] = await Promise.all([api.state(), api.credentialOf(who.serial), api.ballotOf(who.serial)])
  if (ballot.status === 'recorded' && serialOfProof(ballot.receipt, e) === who.serial)
    return { kind: 'voted', proof: prove(e, ballot.receipt, null) }
  if (!equal(unbase64(entry.pk), who.pk)) throw new Fault('credential', 'the register has another key for this letter')
  if (entry.voided) return { kind: 'voided', by: entry.replaced_by }
  const now = Date.parse(state.time) / 1000
  if (now < e.charter.opens) return { kind: 'not-open', opens: e.charter.opens }
  if (now >= e.charter.closes) return { kind: 'over', closed: e.charter.closes }
  return { kind: 'may-vote' }
}

/** How far the phone's clock is off, in seconds (positive: fast). */
export async function clockError(): Promise<number> {
  const before = Date.now()
  const state = await api.state()
  return Math.round((before + Date.now()) / 2000 - Date.parse(state.time) / 1000)
}

export type Outcome =
  | { kind: 'recorded'; proof: Proof }
  | { kind: 'not-recorded'; refusal: api.Refusal }

const WAIT_MS = [1000, 2000, 4000, 8000, 15000]

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** One try: an outcome, or null while it is not yet known. A receipt that
 * proves nothing is no receipt. */
export async function sendOnce(e: Election, ballot: Uint8Array): Promise<{ outcome: Outcome | null; waitMs: number | null }> {
  try {
    const sent = await api.send(ballot)
    if ('refused' in sent) return { outcome: { kind: 'not-recorded', refusal: sent.refused }, waitMs: null }
    return { outcome: { kind: 'recorded', proof: prove(e, sent.done.receipt, ballot) }, waitMs: null }
  } catch (error) {
    if (error instanceof api.NoAnswer) return { outcome: null, waitMs: error.retryAfter === null ? null : error.retryAfter * 1000 }
    if (error instanceof Fault) return { outcome: null, waitMs: null }
    throw error
  }
}

/** Sends the same bytes until it is known what became of them. `waiting` is
 * told before each further try. */
export async function sendUntilKnown(e: Election, ballot: Uint8Array, waiting: (tries: number) => void): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    const { outcome, waitMs } = await sendOnce(e, ballot)
    if (outcome !== null) return outcome
    waiting(tries)
    await pause(waitMs ?? (WAIT_MS[Math.min(tries, WAIT_MS.length) - 1] as number))
  }
}

export const cast = (e: Election, who: Credential, sealed: Sealed): Uint8Array => castBallot(e.charter, who, sealed)
export { hex }
