// SPDX-License-Identifier: Apache-2.0
// The texts of the committee's window.
import section from '../words/console.json' with { type: 'json' }
import { translator } from '../ui/i18n.ts'

export const c = translator(section)
