// SPDX-License-Identifier: Apache-2.0
// The mixes (PROTOCOL §8): 1..m without gap, each by another holder, each
// verified against the list before it. The product is the last list.
import { Fault } from '../protocol/bytes.ts'
import type { Charter } from '../protocol/charter.ts'
import { calledOff } from './cancelled.ts'
import { parseMix, verifyMix } from './shuffle.ts'
import type { Election, Work } from './work.ts'

function requireHolder(w: Work, charter: Charter, holder: number): void {
  if (holder < 1 || holder > charter.n) throw new Fault('mix', `there is no key holder ${holder}`)
  if (w.mixers.has(holder)) throw new Fault('mix', `key holder ${holder} has mixed already; each may once`)
}

/** On success the list becomes the mix's. */
function checkMix(w: Work, { definition, charter }: Election, k: number, m: number, bytes: Uint8Array): void {
  const mix = parseMix(bytes, w.n, definition.width)
  requireHolder(w, charter, mix.holder)
  verifyMix(mix, { charter, k, holder: mix.holder, n: w.n, w: definition.width, list: w.list }, (share) =>
    w.progress('mixes', (k - 1 + share) * w.n, m * w.n),
  )
  w.list = mix.list
  w.mixers.add(mix.holder)
}

/** A mix that fails has no list that the next could be held against. */
async function checkAll(w: Work, e: Election, m: number): Promise<boolean> {
  for (let k = 1; k <= m; k++) {
    const name = `mix/${k}`
    const bytes = await w.file(name)
    if (bytes === null) return false // a fault of the files' check
    if (w.guard('mixes', name, () => (checkMix(w, e, k, m, bytes), true), k) === null) return false
  }
  return true
}

/** Mixes where nothing may be mixed. */
function mayExist(w: Work, charter: Charter, m: number): boolean {
  if (!w.closed) w.fault('mixes', 'mix', `mix/${m}`, 'it is here, though the log is not closed', m)
  else if (w.notOpened)
    w.fault('mixes', 'min-box', `mix/${m}`, `${w.n} ballots, fewer than ${charter.minBox}, must not be mixed`, m)
  return w.closed && !w.notOpened
}

export async function checkMixes(w: Work): Promise<void> {
  const m = Math.max(0, ...w.inventory.mixes)
  if (m === 0) return w.skip('mixes')
  if (calledOff(w, 'mixes', `mix/${m}`)) return
  if (w.ledger === null || w.election === null) return w.skip('mixes', 'entries')
  if (mayExist(w, w.election.charter, m)) w.mixesProved = await checkAll(w, w.election, m)
  w.step('mixes', w.mixers.size)
}
