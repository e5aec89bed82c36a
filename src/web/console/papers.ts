// SPDX-License-Identifier: Apache-2.0
// What lies ready to be printed.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import { paperName } from './paper_names.ts'
import { p } from './paper_words.ts'
import { labelled } from './window.ts'
import { c } from './words.ts'

const called = (name: string): string =>
  name.startsWith('letters/') ? p('pn-letters', { name: paperName(name) }) : paperName(name)

export async function papers(b: api.Book): Promise<HTMLElement | null> {
  const names = (await api.papers(b.id)).papers.map((paper) => paper.name)
  const row = (name: string): HTMLElement =>
    h(
      'li',
      {},
      labelled(c('paper-open', { name: called(name) }), async () => void (await api.openPaper(b.id, name))),
    )
  return names.length === 0
    ? null
    : h('details', {}, h('summary', {}, c('papers-title')), h('ul', {}, ...names.map(row)))
}
