// SPDX-License-Identifier: Apache-2.0
// Folders with what the C audit said of them (record.c), and the same question
// put to the TypeScript.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64'))
const evidence = (e) => ({ name: e.name, bytes: bytes(e.bytes) })

/** What a recorder prints, line by line, however long it is. */
export const record = (program, args = []) =>
  execFileSync(join(process.env.YIHU_RECORDERS, `record-${program}`), args, {
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
    .toString()
    .split('\n')

export const caseOf = (line) => (line.startsWith('#case ') ? JSON.parse(line.slice(6)) : null)

/** The audits of each test of a recorded program: [{ name, cases }]. */
export function recorded(program) {
  const tests = []
  let cases = []
  for (const line of record(program)) {
    const one = caseOf(line)
    const done = /^(ok|not ok) \d+ - (.*)/.exec(line)
    if (one !== null) cases.push(one)
    if (done === null) continue
    assert.equal(done[1], 'ok', line)
    tests.push({ name: done[2], cases })
    cases = []
  }
  return tests
}

/** files: Map from name to base64. */
export const source = (files) => ({
  names: [...files.keys()],
  whole: true,
  read: async (name) => bytes(files.get(name)),
})

export function options(o) {
  return {
    receipts: o.receipts.map(evidence),
    checkpoints: o.checkpoints.map(evidence),
    ...(o.eid === null ? {} : { eid: bytes(o.eid) }),
    ...(o.at_close === null ? {} : { atClose: evidence(o.at_close) }),
    ...(o.roll === null ? {} : { roll: evidence(o.roll), salt: bytes(o.salt) }),
  }
}

/** The report in the recorder's words. */
function told(r) {
  return {
    exit: r.exit,
    stage: r.stage,
    eid: r.eid,
    figures: r.figures,
    faults: r.faults.map((f) => [f.check, f.code, f.file]).sort(),
    doubts: r.doubts,
    steps: r.steps.map((s) => [s.check, s.ran, s.count]),
    result: r.resultsJson === null ? null : Buffer.from(r.resultsJson).toString('base64'),
  }
}

/** Same stage, exit, figures, steps, result, and the same set of faults. */
export function assertSame(report, verdict, name) {
  assert.deepEqual(told(report), { ...verdict, faults: [...verdict.faults].sort() }, name)
}

export async function assertSameAudit(audit, { files, options: o, verdict }, name) {
  assertSame(await audit(source(new Map(Object.entries(files))), options(o)), verdict, name)
}
