// SPDX-License-Identifier: Apache-2.0
// The audit off the page's own thread: it gets one job, tells how far it is,
// and ends with a report.
import { audit, checkReceipt } from '../audit/audit.ts'
import type { Check, Evidence, Options, ReceiptReport, Report, Source } from '../audit/types.ts'
import { NoAnswer } from '../ui/api.ts'
import { openSite } from '../ui/site.ts'

export type Place = { files: Map<string, File> } | { site: string }
export type Job =
  | { kind: 'audit'; place: Place; options: Omit<Options, 'progress'> }
  | { kind: 'receipt'; place: Place | null; receipts: Evidence[]; options: { eid?: Uint8Array; logKey?: string } }
export type Message =
  | { kind: 'fetched'; n: number }
  | { kind: 'progress'; check: Check; done: number; total: number }
  | { kind: 'report'; report: Report }
  | { kind: 'receipts'; reports: ReceiptReport[] }
  | { kind: 'nothing' } // neither charter nor election.pb
  | { kind: 'unreachable' }
  | { kind: 'broke'; words: string }

const say = (message: Message): void => self.postMessage(message)

/** Often enough for eyes. */
const EVERY_MS = 100
let toldCheck: Check | null = null
let toldAt = 0
function progress(check: Check, done: number, total: number): void {
  const now = Date.now()
  if (check === toldCheck && now - toldAt < EVERY_MS) return
  toldCheck = check
  toldAt = now
  say({ kind: 'progress', check, done, total })
}

async function open(place: Place): Promise<Source> {
  if ('site' in place) return openSite(place.site, (n) => say({ kind: 'fetched', n }))
  const { files } = place
  return {
    names: [...files.keys()],
    whole: true,
    size: (name) => files.get(name)?.size ?? 0,
    read: async (name) => {
      const file = files.get(name)
      // A file that was removed or altered since it was chosen cannot be read.
      return file === undefined
        ? null
        : file.arrayBuffer().then(
            (bytes) => new Uint8Array(bytes),
            () => null,
          )
    },
  }
}

async function run(job: Job): Promise<Message> {
  const source = job.place === null ? null : await open(job.place)
  if (source !== null && !source.names.includes('charter') && !source.names.includes('election.pb'))
    return { kind: 'nothing' }
  if (job.kind === 'receipt') {
    const reports: ReceiptReport[] = []
    for (const receipt of job.receipts) reports.push(await checkReceipt(source, receipt, job.options))
    return { kind: 'receipts', reports }
  }
  return { kind: 'report', report: await audit(source as Source, { ...job.options, progress }) }
}

self.onmessage = (event: MessageEvent<Job>): void => {
  run(event.data)
    .catch(
      (error: unknown): Message =>
        error instanceof NoAnswer
          ? { kind: 'unreachable' }
          : { kind: 'broke', words: String(error instanceof Error ? (error.stack ?? error) : error) },
    )
    .then(say)
}
