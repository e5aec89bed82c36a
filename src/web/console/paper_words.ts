// SPDX-License-Identifier: Apache-2.0
// The texts of printing, delivering and changing letters.
import section from '../words/console-paper.json' with { type: 'json' }
import { translator } from '../ui/i18n.ts'

export const p = translator(section)
