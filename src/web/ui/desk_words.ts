// SPDX-License-Identifier: Apache-2.0
// The words of the count desk, which takes choices as the residents' page does.
import desk from '../words/desk.json' with { type: 'json' }
import vote from '../words/vote.json' with { type: 'json' }
import { translator } from './i18n.ts'

export const t = translator(desk, vote)
export type Key = Parameters<typeof t>[0]
