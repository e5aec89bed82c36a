// SPDX-License-Identifier: Apache-2.0
// The texts of the election that is being prepared.
import section from '../words/console-lists.json' with { type: 'json' }
import { translator } from '../ui/i18n.ts'

export const d = translator(section)
