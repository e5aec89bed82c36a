// SPDX-License-Identifier: Apache-2.0
// Every verb of the programs, for what no step leads to: src/console/VERBS.md says of each
// where it is done.
import { h } from '../ui/dom.ts'
import { act } from './act.ts'
import { a } from './after_words.ts'
import * as api from './api.ts'
import { button, buttons, labelled, routes, show } from './window.ts'

const PROGRAMS = ['yihu-issue', 'yihu-trustee', 'yihu-tally', 'yihu-audit']
/** Not done here, and why stands in the table; or done from the first view, before there is a folder. */
const NOT_HERE = ['yihu-issue init', 'yihu-issue like', 'yihu-issue restore', 'yihu-issue status', 'yihu-tally count']

export function allPanel(b: api.Book): Promise<HTMLElement> {
  return Promise.resolve(
    h(
      'p',
      {},
      labelled(a('all-open'), () => allActs(b)),
    ),
  )
}

async function allActs(b: api.Book): Promise<void> {
  const tables = await Promise.all(PROGRAMS.map(async (program) => ({ program, table: await api.verbs(program) })))
  const row = (program: string, v: api.Verb): HTMLElement => {
    const go = button('do', () => routes.act({ program, verb: v.verb }, b))
    go.setAttribute('aria-label', a('all-go', { label: v.label }))
    return h('li', {}, h('div', {}, h('p', {}, h('strong', {}, v.label)), h('p', {}, v.summary)), go)
  }
  const rows = ({ program, table }: (typeof tables)[number]): HTMLElement[] =>
    table.verbs.filter((v) => !NOT_HERE.includes(`${program} ${v.verb ?? ''}`.trim())).map((v) => row(program, v))
  show(
    () => allActs(b),
    () => [
      h('h1', {}, a('all-title')),
      h('p', {}, a('all-what')),
      ...tables.map((t) =>
        h(
          'section',
          {},
          h('h2', {}, a(`all-${t.program}` as 'all-yihu-issue')),
          h('ul', { class: 'rows' }, ...rows(t)),
        ),
      ),
      buttons(button('back-steps', () => routes.election(b))),
    ],
  )
}

/** An election's folder made again, on this computer, of the clerk's backup. */
export const restore = (): Promise<void> => act({ program: 'yihu-issue', verb: 'restore' }, null)
