// SPDX-License-Identifier: Apache-2.0
// The election that is being prepared: what was typed and chosen, kept by the program at
// every change, and what the program makes of it. No rule is here: yihu-issue init reads it.
import * as api from './api.ts'
import type { Look, Which } from './draft_look.ts'
import { d as words } from './draft_words.ts'

/** One of the two tables: a file that was taken, or rows that were typed. */
export interface Table {
  source: 'none' | 'file' | 'typed'
  path: string
  called: string
  rows: string[][]
  /** The names of its columns; none: as HEADS has them. */
  heads?: string[]
  columns: Record<string, string>
  from: string
}
export interface Answer {
  id: string
  choice?: string
  text?: string
}
export interface Draft {
  name: string
  clock: boolean
  options: Record<string, string>
  marks: { way: string; n: string }
  projects: Table
  households: Table
  answers: Answer[]
  all: boolean
  checked: { name: string; done: boolean }[]
  checkedOf: string
}

const table = (): Table => ({ source: 'none', path: '', called: '', rows: [], columns: {}, from: '' })
export const fresh = (): Draft => ({
  name: '',
  clock: false,
  options: { holders: '4', threshold: '2' },
  marks: { way: '', n: '' },
  projects: table(),
  households: table(),
  answers: [],
  all: false,
  checked: [
    { name: '', done: false },
    { name: '', done: false },
  ],
  checkedOf: '',
})

/** Typed tables have these columns, in words that init knows in both languages. */
export const HEADS: Record<Which, string[]> = {
  projects: ['项目名称', '金额', '说明'],
  households: ['楼栋', '单元', '房号', '户主', '备注'],
}
export const NUMBERED = ['choose-up-to', 'points-each', 'points-to-share', 'rank-up-to']
/** Every way to mark a ballot. */
export const WAYS = ['choose-up-to', 'choose-any', 'choose-within', 'agree-or-against', ...NUMBERED.slice(1)]
const DAY = ['opens', 'closes']

/** "2026-12-05T09:00" of the election's zone, as init takes it wherever the computer stands. */
function exact(local: string, zone: number): string {
  const at = Date.parse(`${local}Z`)
  return Number.isNaN(at) ? '' : `${new Date(at - zone * 1000).toISOString().slice(0, 19)}Z`
}

function columnsOf(t: Table): string {
  const said = Object.entries(t.columns).map(([letter, word]) => `${letter}=${word}`)
  return [...said, ...(t.from === '' ? [] : [`from=${t.from}`])].join(',')
}

/** All that was prepared, as options of init. */
export function optionsOf(d: Draft, dir: string, zone: number): api.Order['options'] {
  const all: Record<string, string> = {}
  for (const [name, value] of Object.entries(d.options))
    if (value.trim() !== '') all[name] = DAY.includes(name) ? exact(value, zone) : value.trim()
  for (const which of ['projects', 'households'] as Which[]) if (d[which].source !== 'none') all[which] = d[which].path
  if (columnsOf(d.households) !== '' && d.households.source === 'file') all.columns = columnsOf(d.households)
  if (columnsOf(d.projects) !== '' && d.projects.source === 'file') all['project-columns'] = columnsOf(d.projects)
  if (d.answers.length > 0) all.answers = `${dir}/answers.csv`
  const flags: Record<string, true> = d.all ? { 'nobody-may-miss': true } : {}
  if (NUMBERED.includes(d.marks.way) && d.marks.n !== '') all[d.marks.way] = d.marks.n
  else if (d.marks.way === 'choose-within') all['choose-within'] ??= 'budget'
  else if (d.marks.way !== '' && !NUMBERED.includes(d.marks.way)) flags[d.marks.way] = true
  // What belongs to a table says nothing before there is one.
  if (d.projects.source === 'none')
    for (const name of [...NUMBERED, ...VOTE]) {
      delete all[name]
      delete flags[name]
    }
  return { ...all, ...flags }
}
const VOTE = [
  ...['title', 'title-en', 'community', 'budget', 'winners', 'turnout', 'support', 'choose-at-least'],
  ...['choose-within', 'choose-any', 'agree-or-against', 'votes-at-least'],
]

/** Rows without what nobody typed. */
export const headsOf = (which: Which, t: Table): string[] => t.heads ?? HEADS[which]
const typed = (which: Which, t: Table): string[][] => [headsOf(which, t), ...t.rows]

/** The draft in hand, which views share; each change is kept, and then looked at. */
export class Desk {
  look: Look | null = null
  problem = ''
  private dirty = new Set<'projects' | 'households' | 'answers' | 'draft'>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private work: Promise<void> = Promise.resolve()

  constructor(
    readonly draft: Draft,
    readonly dir: string,
    private readonly taken: string[],
    /** What this computer's disk cannot promise of a list that is thrown away. */
    readonly medium: string | null,
  ) {}

  /** Called when the program has looked again. */
  seen: () => void = () => {}

  /** The folder that it will be: as it is called, with a number where one is there already. */
  name(): string {
    const wanted = (this.draft.name || this.draft.options.title || '').replace(/[/\n]/g, ' ').replace(/^[.\s-]+/, '')
    const base = [...wanted].slice(0, 40).join('').trim() || '新的表决'
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : `${base} ${n}`
      if (!this.taken.includes(name)) return name
    }
  }

  options = (): api.Order['options'] => optionsOf(this.draft, this.dir, this.look?.clock.zone ?? 8 * 3600)

  /** What was checked on paper is not checked any more when it says something else. */
  checked(): boolean {
    const [a, b] = this.draft.checked
    const names = [a?.name.trim() ?? '', b?.name.trim() ?? '']
    const both = this.draft.checked.every((x) => x.done && x.name.trim() !== '')
    return both && names[0] !== names[1] && this.draft.checkedOf === JSON.stringify(this.options())
  }

  changed(what: 'projects' | 'households' | 'answers' | 'draft' = 'draft'): void {
    this.dirty.add(what).add('draft')
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.flush().catch(() => {}), WAIT_MS)
  }

  /** Keeps what is not kept yet, and looks. */
  flush(): Promise<void> {
    clearTimeout(this.timer)
    this.work = this.work.catch(() => {}).then(() => this.once())
    return this.work
  }

  private async once(): Promise<void> {
    try {
      await this.keep()
      this.look = await api.draftLook(this.name(), this.options())
      this.problem = ''
    } catch (error) {
      this.problem = error instanceof api.Refused ? error.message : words('nv-unsaved')
      if (!(error instanceof api.Refused)) throw error
    } finally {
      this.seen()
    }
  }

  /** What could not be kept is kept the next time. */
  private async keep(): Promise<void> {
    const all = this.dirty
    this.dirty = new Set()
    try {
      await this.put(all)
    } catch (error) {
      for (const what of all) this.dirty.add(what)
      throw error
    }
  }

  private async put(all: Set<string>): Promise<void> {
    const d = this.draft
    for (const which of ['projects', 'households'] as Which[])
      if (all.has(which) && d[which].source === 'typed')
        d[which].path = (await api.draftTable(which, typed(which, d[which]))).path
    if (all.has('answers')) await api.draftAnswers(d.answers)
    if (all.size > 0) await api.draftKeep({ ...d, folder: this.name() })
  }

  answer(a: Answer): void {
    this.draft.answers = [...this.draft.answers.filter((x) => x.id !== a.id), a]
    this.changed('answers')
  }
  takeBack(id: string): void {
    this.draft.answers = this.draft.answers.filter((x) => x.id !== id)
    this.changed('answers')
  }

  /** A file, from now on as it is now. */
  async take(which: Which, path: string): Promise<void> {
    const copy = await api.draftFile(which, path)
    this.draft[which] = { ...table(), source: 'file', path: copy.path, called: path.replace(/.*\//, '') }
    this.changed()
    await this.flush()
  }
  type(which: Which): void {
    const t = this.draft[which]
    if (t.rows.length === 0) t.rows = Array.from({ length: 6 }, () => headsOf(which, t).map(() => ''))
    t.source = 'typed'
    this.changed(which)
  }
}
const WAIT_MS = 400
