// SPDX-License-Identifier: Apache-2.0
// The texts of the poll's day, the close and the count.
import section from '../words/console.json' with { type: 'json' }
import own from '../words/console-poll.json' with { type: 'json' }
import { translator } from '../ui/i18n.ts'

export const p = translator(own, section)
export type PollKey = Parameters<typeof p>[0]
