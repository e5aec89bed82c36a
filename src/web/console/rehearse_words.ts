// SPDX-License-Identifier: Apache-2.0
// The texts of rehearsals, of the steps' cards, and of what goes wrong.
import section from '../words/console-rehearse.json' with { type: 'json' }
import { translator } from '../ui/i18n.ts'

export const r = translator(section)
