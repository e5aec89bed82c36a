// SPDX-License-Identifier: Apache-2.0
// The election as this page has verified it.
import { decimal } from '../protocol/bytes.ts'
import { parseCharter, requireDefinition, type Charter } from '../protocol/charter.ts'
import { parseDefinition, type Definition, type Project } from '../protocol/definition.ts'
import { currentLanguage, t } from './i18n.ts'
import * as api from './api.ts'

export interface Election {
  charter: Charter
  definition: Definition
}

export async function loadElection(base = ''): Promise<Election> {
  const [charterBytes, definitionBytes] = await Promise.all([
    api.need(`${base}/charter`),
    api.need(`${base}/election.pb`),
  ])
  const charter = parseCharter(charterBytes)
  requireDefinition(charter, definitionBytes)
  return { charter, definition: parseDefinition(definitionBytes) }
}

/** Who must come to the count, and how many may be missing. */
export const whoComes = ({ charter: { t: open, n, q } }: Election): string =>
  t(n === 1 ? 'key-holder-one' : q === n ? 'key-holders-all' : 'key-holders-what', { t: open, n, q, missing: n - q })
/** From how many votes on the box is opened; and how many there are, where that is known. */
export const openedFrom = ({ charter }: Election, cast?: number): string =>
  cast === undefined ? t('min-box', { n: charter.minBox }) : t('min-box-so-far', { n: charter.minBox, cast })

/** A text of the file in the reader's language, if the file has it. */
function inLanguage(fields: Map<string, string>, key: string): string {
  const translated = currentLanguage() === 'en' ? fields.get(`${key}_en`) : undefined
  return translated || fields.get(key) || ''
}
export const title = (e: Election): string => inLanguage(e.definition.meta, 'description')
export const community = (e: Election): string =>
  [e.definition.meta.get('unit'), e.definition.meta.get('subunit')].filter(Boolean).join(' · ')
export const projectName = (p: Project): string => inLanguage(p.fields, 'name') || p.id
export const projectText = (p: Project): string => inLanguage(p.fields, 'description')
/** Any other column of the list; empty when it has none. */
export const projectField = (p: Project, field: string): string => inLanguage(p.fields, field)

/** Letter numbers are typed with zeros before them. */
export const serialOf = (text: string): number => decimal(text.trim().replace(/^0+(?=\d)/, ''))
