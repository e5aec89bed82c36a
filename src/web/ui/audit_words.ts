// SPDX-License-Identifier: Apache-2.0
// What the audit's checks, codes and figures are called on the page.
import type { Check, Fault, Step } from '../audit/types.ts'
import words from '../words/verify.json' with { type: 'json' }
import { LANGUAGES, translator } from './i18n.ts'

export const w = translator(words)
export type VerifyKey = Parameters<typeof w>[0]

const has = (key: string): key is VerifyKey => key in words[LANGUAGES[0]!]

export const checkTitle = (check: Check): string => w(`check-${check}`)

/** "“mix/1” does not prove its shuffle …" */
export function faultText(f: Fault): string {
  const own = [`code-${f.code}-${f.check}`, `code-${f.code}`].find(has)
  const text = own === undefined ? w('code-unknown', { check: checkTitle(f.check) }) : w(own)
  return w('fault-line', { file: f.file, fault: text })
}

const TODO_BY_CODE: Record<string, VerifyKey> = {
  'two-histories': 'todo-history',
  'at-close': 'todo-history',
  roll: 'todo-roll',
  rule: 'todo-definition',
}
const TODO_BY_CHECK: Partial<Record<Check, VerifyKey>> = {
  files: 'todo-files',
  definition: 'todo-definition',
  evidence: 'todo-evidence',
}

export function whatToDo(f: Fault): string {
  if (f.code === 'other-election' && f.check === 'charter') return w('todo-eid')
  if (f.check === 'evidence' || f.check === 'definition' || f.check === 'count') {
    const byCode = TODO_BY_CODE[f.code]
    if (byCode !== undefined) return w(byCode)
  }
  return w(TODO_BY_CHECK[f.check] ?? 'todo-damaged')
}

/** What a check found, in a line. whole: the folder's names were all seen. */
export function stepText(step: Step, faulty: boolean, whole: boolean): string {
  if (faulty) return w('line-fault')
  if (step.check === 'files' && !whole) return w('line-files-asked', { n: step.count })
  if (step.ran) return w(`line-${step.check}`, { n: step.count })
  if (step.barredBy !== null) return w('line-barred', { check: checkTitle(step.barredBy) })
  if (step.check === 'pictures') return w('line-no-pictures')
  if (step.check === 'cancelled') return w('line-not-cancelled')
  return w(step.check === 'evidence' ? 'line-none-given' : 'line-absent')
}
