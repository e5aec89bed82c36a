// SPDX-License-Identifier: Apache-2.0
// The election as this page has verified it.
import { decimal } from '../protocol/bytes.ts'
import { parseCharter, requireDefinition, type Charter } from '../protocol/charter.ts'
import { parseDefinition, type Definition, type Project } from '../protocol/definition.ts'
import { inLanguage, joined, money, t, when } from './i18n.ts'
import * as api from './api.ts'
import { takeRehearsal } from './rehearsal.ts'

export interface Election {
  charter: Charter
  definition: Definition
  /** where its public folder is; empty: the root */
  base: string
  /** projects that were withdrawn since, in file order from 0, as far as this page knows */
  withdrawn: Map<number, { reason: string; time: number }>
}

export async function loadElection(base = ''): Promise<Election> {
  const [charterBytes, definitionBytes] = await Promise.all([
    api.need(`${base}/charter`),
    api.need(`${base}/election.pb`),
  ])
  const charter = parseCharter(charterBytes)
  requireDefinition(charter, definitionBytes)
  const definition = parseDefinition(definitionBytes)
  takeRehearsal(definition)
  return { charter, definition, base, withdrawn: new Map() }
}

/** Who must come to the count, and how many may be missing. */
export function whoComes({ charter: { t: open, n, q } }: Election): string {
  const values = { t: open, n, q, missing: n - q }
  const who = t(n === 1 ? 'keys-one' : q === n ? 'keys-all' : 'keys-some', values)
  return joined([who, t(n === 1 ? 'nobody-else-sees' : 'fewer-see-nothing', values)])
}
/** From how many votes on the box is opened; and how many there are, where that is known. */
export const openedFrom = ({ charter }: Election, cast?: number): string =>
  cast === undefined ? t('min-box', { n: charter.minBox }) : t('min-box-so-far', { n: charter.minBox, cast })

/** When the poll is open. */
export const pollTimes = ({ opens, closes }: Charter): string =>
  t('opens-closes', { opens: when(opens), closes: when(closes) })

export const title = (e: Election): string => inLanguage(e.definition.meta, 'description')
export const community = (e: Election): string =>
  [inLanguage(e.definition.meta, 'unit'), inLanguage(e.definition.meta, 'subunit')].filter(Boolean).join(' · ')
export const projectName = (p: Project): string => inLanguage(p.fields, 'name') || p.id
/** A sum in the election's currency. */
export const sum = ({ meta }: Definition, fen: number): string => money(fen, meta.get('currency'))
export const projectText = (p: Project): string => inLanguage(p.fields, 'description')
/** Any other column of the list; empty when it has none. */
export const projectField = (p: Project, field: string): string => inLanguage(p.fields, field)

/** Letter numbers are typed with zeros before them. */
export const serialOf = (text: string): number => decimal(text.trim().replace(/^0+(?=\d)/, ''))
