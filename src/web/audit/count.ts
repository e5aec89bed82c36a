// SPDX-License-Identifier: Apache-2.0
// The count by the definition's rule, and the two result files as they must be
// (PROTOCOL §10).
import { count } from '../count/count.ts'
import { resultsJson, resultsPb } from '../count/results.ts'
import type { Outcome, Tally } from '../count/types.ts'
import type { Work } from './work.ts'

function makeFiles(w: Work, t: Tally, outcome: Outcome | null): void {
  w.resultsPb = resultsPb(t)
  w.resultsJson = resultsJson(t, outcome)
}

export function checkCount(w: Work): void {
  const t = w.tally
  if (w.notOpened && t !== null) {
    makeFiles(w, t, null)
    return w.skip('count')
  }
  if (t === null || t.opening === null) return w.skip('count')
  if (w.faulty('definition')) return w.skip('count', 'definition')
  const { ballots, lot } = t.opening
  const outcome = w.guard('count', 'election.pb', () =>
    count(t.definition, ballots, lot, {
      eid: t.charter.eid,
      cast: t.cast,
      entitled: t.entitled,
      withdrawn: new Set(t.withdrawn.map(({ project }) => project)),
    }),
  )
  if (outcome === null) return w.step('count', 0)
  makeFiles(w, t, outcome)
  w.step('count', ballots.length)
}
