// SPDX-License-Identifier: Apache-2.0
// The texts about sticks and key holders.
import section from '../words/console-keys.json' with { type: 'json' }
import { translator } from '../ui/i18n.ts'

export const k = translator(section)
