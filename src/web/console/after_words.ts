// SPDX-License-Identifier: Apache-2.0
// The texts of what comes after the results.
import section from '../words/console-archive.json' with { type: 'json' }
import { translator } from '../ui/i18n.ts'

export const a = translator(section)
