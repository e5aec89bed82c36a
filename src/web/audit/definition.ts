// SPDX-License-Identifier: Apache-2.0
// election.pb: the strict form of PROTOCOL §2, and a rule that is counted.
import { readDefinition } from '../count/definition.ts'
import { requireCountable } from '../count/rule_keys.ts'
import { definitionDeceives } from './looks.ts'
import type { Work } from './work.ts'

const NAME = 'election.pb'

export async function checkDefinition(w: Work): Promise<void> {
  const file = await w.file(NAME)
  if (file === null) return w.skip('definition')
  const d = w.guard('definition', NAME, () => readDefinition(file))
  if (d !== null) w.guard('definition', NAME, () => requireCountable(d))
  w.definition = d
  if (d !== null && definitionDeceives(d)) w.doubts.push(NAME)
  w.step('definition', d?.projects.length ?? 0)
}
