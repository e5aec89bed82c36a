// SPDX-License-Identifier: Apache-2.0
// The names of the folder: what belongs, what is missing (PROTOCOL §11). Which
// tiles a log of this size has, is the tiles' check.
import { partOf, type Inventory, type Part } from './names.ts'
import type { Work } from './work.ts'

const RESULTS: Part[] = ['results.pb', 'results.json', 'results']
const AFTER_BOX: Part[] = ['mix', 'opening']
const AFTER_RESULTS: Part[] = ['preliminary', 'final']
const AFTER_LOG: Part[] = ['box', ...AFTER_BOX, ...RESULTS, ...AFTER_RESULTS]
const LOG: Part[] = ['checkpoint', 'at-close', 'tile']

/** What must be there as soon as one of `by` is. Box and openings before
 * results are asked where it is known whether anything was to be opened. */
const NEEDED: { name: string; part: Part; by: Part[] }[] = [
  { name: 'register', part: 'register', by: [...LOG, ...AFTER_LOG] },
  { name: 'log/checkpoint', part: 'checkpoint', by: [...LOG, ...AFTER_LOG] },
  { name: 'box', part: 'box', by: AFTER_BOX },
  { name: 'mix/1', part: 'mix', by: ['opening'] },
  { name: 'results.pb', part: 'results.pb', by: [...RESULTS, ...AFTER_RESULTS] },
  { name: 'results.json', part: 'results.json', by: [...RESULTS, ...AFTER_RESULTS] },
  { name: 'results', part: 'results', by: [...RESULTS, ...AFTER_RESULTS] },
  { name: 'preliminary', part: 'preliminary', by: ['final'] },
]

/** What is not there and must be, for what is. */
export function* missing(v: Inventory): Generator<string> {
  if (!v.has('definition')) yield 'election.pb'
  if (!v.has('charter')) yield 'charter'
  for (const { name, part, by } of NEEDED) if (!v.has(part) && by.some(v.has)) yield name
  for (let k = 1; k < Math.max(0, ...v.mixes); k++) if (!v.mixes.has(k)) yield `mix/${k}`
}

export function checkFiles(w: Work): void {
  for (const name of missing(w.inventory)) w.fault('files', 'missing-file', name, 'this file is missing')
  for (const name of w.names)
    if (partOf(name).part === 'stray') w.fault('files', 'stray-file', name, 'it does not belong in a public folder')
  w.step('files', w.names.length - w.inventory.count('passed-over') - w.inventory.count('stray'))
}

/** The dot names that are passed over, each once: of a folder, the folder. */
export function notices(names: readonly string[]): string[] {
  const hidden = names.filter((name) => !name.startsWith('site/')).map((name) => /^(?:.*?\/)??\.[^/]*/.exec(name)?.[0])
  return [...new Set(hidden.filter((name) => name !== undefined))]
}
