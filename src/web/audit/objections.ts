// SPDX-License-Identifier: Apache-2.0
// How the result stands (PROTOCOL §10.1): open to objections, or final. Both notes
// name what they are about by its hash.
import { sha256 } from '@noble/hashes/sha2'
import { resultsNote } from '../count/results.ts'
import { equal, Fault, utf8 } from '../protocol/bytes.ts'
import { parseFinal, parsePreliminary, type Final, type Preliminary } from '../protocol/objections.ts'
import { calledOff } from './cancelled.ts'
import type { Work } from './work.ts'

const CHECK = 'objections'
const PRELIMINARY = 'preliminary'
const FINAL = 'final'

/** The statements stand on results that were found right. */
function ready(w: Work): boolean {
  const by = w.has(PRELIMINARY) ? 'results' : 'files'
  if (by === 'results' && w.steps.get(by)?.ran === true && !w.faulty(by)) return true
  w.skip(CHECK, by)
  return false
}

async function checkPreliminary(w: Work, file: Uint8Array): Promise<Preliminary | null> {
  const { charter: c, resultsPb, resultsJson } = w
  if (c === null || resultsPb === null || resultsJson === null) return null
  const must = resultsNote(c.eid, await w.file('box'), resultsPb, resultsJson)
  return w.guard(CHECK, PRELIMINARY, () => {
    const p = parsePreliminary(file, c)
    if (!equal(p.results, sha256(utf8(must)))) throw new Fault('results', 'it is of other results than these')
    return p
  })
}

function checkFinal(w: Work, file: Uint8Array, preliminary: Uint8Array, p: Preliminary): Final | null {
  const { charter: c, resultsJson } = w
  if (c === null || resultsJson === null) return null
  return w.guard(CHECK, FINAL, () => {
    const f = parseFinal(file, c)
    if (!equal(f.preliminary, sha256(preliminary)))
      throw new Fault('results', 'it follows another statement than `preliminary`')
    if (!equal(f.resultsJson, sha256(resultsJson))) throw new Fault('results', 'it is of other results than these')
    if (f.made < p.until) throw new Fault('time', 'it is from before the last day for objections')
    return f
  })
}

export async function checkObjections(w: Work): Promise<void> {
  if (!w.has(PRELIMINARY) && !w.has(FINAL)) return w.skip(CHECK)
  if (calledOff(w, CHECK, w.has(PRELIMINARY) ? PRELIMINARY : FINAL) || !ready(w)) return
  const preliminary = await w.file(PRELIMINARY)
  const final = await w.file(FINAL)
  const p = preliminary === null ? null : await checkPreliminary(w, preliminary)
  const f = preliminary === null || p === null || final === null ? null : checkFinal(w, final, preliminary, p)
  if (p !== null)
    w.objections = { until: p.until, final: f === null ? null : { time: f.made, filed: f.filed, upheld: f.upheld } }
  w.step(CHECK, 1 + (w.has(FINAL) ? 1 : 0))
}
