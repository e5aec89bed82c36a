// SPDX-License-Identifier: Apache-2.0
// The whole audit of PROTOCOL §11, stage by stage, as far as the folder goes.
// It runs in a worker of the page that verifies, and in Node.js for its tests;
// it shares nothing with the C audit but what both were written from.
import { hex } from '../protocol/bytes.ts'
import { rehearses } from '../protocol/definition.ts'
import { checkBox } from './box.ts'
import { checkCancelled } from './cancelled.ts'
import { checkCharter } from './charter.ts'
import { checkCheckpoint } from './checkpoint.ts'
import { checkCount } from './count.ts'
import { checkDecoding } from './decoding.ts'
import { checkDefinition } from './definition.ts'
import { checkEntries } from './entries.ts'
import { checkEvidence } from './evidence.ts'
import { checkFiles, notices } from './files.ts'
import { checkMixes } from './mixes.ts'
import { checkObjections } from './objections.ts'
import { checkOpenings } from './openings.ts'
import { checkPictures } from './pictures.ts'
import { checkRegister } from './register.ts'
import { checkResults } from './results.ts'
import { ready } from './sodium.ts'
import { checkTiles } from './tiles.ts'
import {
  CHECKS,
  type Check,
  type Figures,
  type Options,
  type Report,
  type Source,
  type Stage,
  STAGES,
} from './types.ts'
import { Work } from './work.ts'

export * from './types.ts'
export { checkReceipt } from './receipt.ts'

const RUN: Record<Check, (w: Work) => void | Promise<void>> = {
  files: checkFiles,
  definition: checkDefinition,
  charter: checkCharter,
  pictures: checkPictures,
  register: checkRegister,
  tiles: checkTiles,
  checkpoint: checkCheckpoint,
  entries: checkEntries,
  cancelled: checkCancelled,
  box: checkBox,
  mixes: checkMixes,
  openings: checkOpenings,
  decoding: checkDecoding,
  count: checkCount,
  results: checkResults,
  objections: checkObjections,
  evidence: checkEvidence,
}

/** How far an election is, by its public folder. On a folder without fault each
 * stage stands on all before it; on another this says what it claims. */
function stageOf(w: Work): Stage {
  if (w.cancelled !== null) return 'cancelled'
  const v = w.inventory
  const reached: Record<Stage, boolean> = {
    chartered: true,
    issued: v.has('register'),
    open: v.has('checkpoint'),
    cancelled: false,
    closed: w.closed,
    boxed: v.has('box'),
    mixed: v.mixes.size > 0,
    opened: w.charter !== null && v.openings.size >= w.charter.t,
    published: v.has('results'),
  }
  return [...STAGES].reverse().find((stage) => reached[stage]) as Stage
}

function figuresOf(w: Work): Figures | null {
  if (w.ledger === null) return null
  const { ballots, additions, replacements, voids } = w.ledger.counts
  const opening = w.tally?.opening ?? null
  return {
    entitled: w.ledger.entitled,
    cast: ballots,
    additions,
    replacements,
    voids,
    mixes: w.mixers.size,
    openings: w.opened.size,
    valid: opening?.ballots.length ?? null,
    void: opening?.voidAt.length ?? null,
  }
}

function report(w: Work): Report {
  const exit = w.faults.length > 0 ? 1 : w.options.eid === undefined ? 3 : 0
  return {
    exit,
    stage: stageOf(w),
    eid: w.election === null ? null : hex(w.election.charter.eid),
    rehearsal: w.election !== null && rehearses(w.election.definition),
    steps: CHECKS.map((check) => w.steps.get(check) ?? { check, ran: false, count: 0, barredBy: null }),
    faults: w.faults,
    doubts: w.doubts,
    notices: notices(w.names),
    figures: figuresOf(w),
    result: w.resultsJson === null ? null : (JSON.parse(new TextDecoder().decode(w.resultsJson)) as unknown),
    projects: w.election?.definition.projects.map((p) => p.fields) ?? [],
    resultsJson: w.resultsJson,
    checkpoint: w.checkpoint === null ? null : { size: w.checkpoint.size, root: hex(w.checkpoint.root) },
    notOpened: w.notOpened,
    cancelled: w.cancelled,
    withdrawn: w.ledger?.withdrawn ?? [],
    objections: w.objections,
    newerEvidence: w.newerEvidence,
  }
}

export async function audit(source: Source, options: Options): Promise<Report> {
  await ready()
  const w = new Work(source, options)
  const [irregular] = source.irregular ?? []
  if (irregular !== undefined) w.fault('files', 'symbolic-link', irregular, 'a public folder holds plain files only')
  else for (const check of CHECKS) await RUN[check](w)
  return report(w)
}
