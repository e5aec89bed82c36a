// SPDX-License-Identifier: Apache-2.0
// Which verb a step's command line is: what its button leads to.
import type { What } from './act.ts'

const COMMAND = /^(yihu-[a-z]+)(?: ([a-z][a-z-]*))?/

/** null: it is not for this window to run. */
export function verbOf(command: string | null): What | null {
  const found = command === null ? null : COMMAND.exec(command)
  if (found === null || found[1] === 'yihu-countd' || found[1] === 'yihu-cast') return null
  return { program: found[1]!, verb: found[1] === 'yihu-audit' ? null : (found[2] ?? null) }
}
