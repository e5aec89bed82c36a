// SPDX-License-Identifier: Apache-2.0
// Text that deceives who reads it (PROTOCOL §2.4). No fault: what it finds, a
// reader should look at. The first in each file is told.
import type { StrictDefinition } from '../count/types.ts'
import type { Charter } from '../protocol/charter.ts'

const HIDDEN_SIGNS = String.raw`\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800`
const HIDDEN = new RegExp(`[${HIDDEN_SIGNS}]`, 'u')
const UNSEEN = new RegExp(HIDDEN, 'gu')
/** A variation selector behind a sign that is seen only picks its shape. */
const SHAPED = new RegExp(String.raw`(?<=[^${HIDDEN_SIGNS}\p{White_Space}])\p{Variation_Selector}`, 'gu')

const hides = (text: string, shapes: boolean): boolean => HIDDEN.test(shapes ? text.replace(SHAPED, '') : text)

const tidy = (text: string): string =>
  text
    .replace(UNSEEN, '')
    .replace(/\p{White_Space}+/gu, ' ')
    .replace(/^ | $/g, '')

/** Unicode's full case folding: ẞ first becomes ß, which is SS in capitals; ı
 * is no i, though their capitals are one. */
const folded = (text: string): string =>
  text
    .split('ı')
    .map((part) => part.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ'))
    .join('ı')

/** In compatibility form, without case, hidden signs, and runs of space. */
const look = (text: string): string => tidy(folded(tidy(text).normalize('NFKC')).normalize('NFKC'))

function twins(texts: readonly string[]): boolean {
  const looks = texts.map(look).filter((text) => text !== '')
  return new Set(looks).size < looks.length
}

const tellsApart = (column: string): boolean =>
  column === 'project_id' || column === 'name' || column.startsWith('name_')

export function definitionDeceives(d: StrictDefinition): boolean {
  const columns = [...(d.projects[0]?.fields.keys() ?? [])]
  const cells = d.projects.flatMap((p) => [...p.fields])
  return (
    [...d.meta].some(([key, value]) => hides(key, false) || hides(value, true)) ||
    columns.some((column) => hides(column, false)) ||
    cells.some(([column, text]) => hides(text, column !== columns[0])) ||
    columns.filter(tellsApart).some((column) => twins(d.projects.map((p) => p.fields.get(column) ?? '')))
  )
}

export function charterDeceives(c: Charter): boolean {
  const names = [c.log, c.issuer, ...c.holders.map(({ key }) => key)].map(({ name }) => name)
  return names.some((name) => hides(name, true)) || twins(names)
}
