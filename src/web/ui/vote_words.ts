// SPDX-License-Identifier: Apache-2.0
// The words of choosing, casting and the receipt.
import vote from '../words/vote.json' with { type: 'json' }
import { translator } from './i18n.ts'

export const t = translator(vote)
export type Key = Parameters<typeof t>[0]
