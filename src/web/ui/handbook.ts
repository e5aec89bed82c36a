// SPDX-License-Identifier: Apache-2.0
// The way to the handbook, which lies beside the pages in two languages.
import { h } from './dom.ts'
import { currentLanguage, t } from './i18n.ts'

export const handbookLink = (more: Record<string, string> = {}): HTMLElement =>
  h('a', { href: `handbook/${currentLanguage().startsWith('zh') ? 'zh' : 'en'}.html`, ...more }, t('handbook'))
