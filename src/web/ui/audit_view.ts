// SPDX-License-Identifier: Apache-2.0
// How an audit ends, in words: the verdict, what is wrong and what to do, the
// figures, each check's line.
import { shortPrint } from '../protocol/charter.ts'
import { unhex } from '../protocol/bytes.ts'
import { CHECKS, type Check, type Fault, type Figures, type ReceiptReport, type Report } from '../audit/types.ts'
import { checkTitle, faultText, stepText, w, whatToDo } from './audit_words.ts'
import { download, h } from './dom.ts'
import { count, inLanguage, letterNumber, when } from './i18n.ts'
import { notice } from './shell.ts'

type Part = Node | string
/** How far a check is. */
export type Mark = 'passed' | 'faulty' | 'skipped' | 'running' | 'done' | 'waiting'
const SIGNS: Record<Mark, string> = { passed: '✓', faulty: '✗', skipped: '–', running: '…', done: '•', waiting: '·' }

/** What a thing is called and what is said of it, as the language joins them. */
function named(name: HTMLElement, text: string): Part[] {
  if (text === '') return [name]
  const [before, after] = w('fact', { key: '\0', text }).split('\0')
  return [before ?? '', name, after ?? '']
}

/** One line a check: a sign, which is also said in words, the title, what was found. */
export function checkList(line: (check: Check) => { mark: Mark; text: string }): HTMLElement {
  return h(
    'ul',
    { class: 'checks' },
    ...CHECKS.map((check) => {
      const { mark, text } = line(check)
      return h(
        'li',
        { class: mark, 'data-check': check },
        h('span', { class: 'mark', 'aria-hidden': 'true' }, SIGNS[mark]),
        h(
          'span',
          {},
          ...named(h('strong', {}, checkTitle(check)), text),
          mark !== 'waiting' && h('span', { class: 'hidden' }, ` (${w(mark)})`),
        ),
      )
    }),
  )
}

function reportedChecks(r: Report, whole: boolean): HTMLElement {
  return checkList((check) => {
    const step = r.steps.find((s) => s.check === check)
    const faulty = r.faults.some((f) => f.check === check)
    if (step === undefined) return { mark: 'skipped', text: '' }
    return { mark: faulty ? 'faulty' : step.ran ? 'passed' : 'skipped', text: stepText(step, faulty, whole) }
  })
}

// ---- the verdict

function faultItem(f: Fault): HTMLElement {
  const place = f.index === undefined ? '' : ` #${f.index}`
  return h(
    'li',
    { class: 'card', 'data-check': f.check, 'data-code': f.code },
    h('p', {}, h('strong', {}, faultText(f))),
    h('p', {}, whatToDo(f)),
    h(
      'details',
      {},
      h('summary', {}, w('v-log')),
      h('p', { class: 'log', lang: 'en' }, `${f.check} / ${f.code} / ${f.file}${place}: ${f.detail}`),
    ),
  )
}

const print = (eid: string | null): string => (eid === null ? '' : shortPrint(unhex(eid, 32)))

function verdict(r: Report, giveEid: () => void): Part[] {
  if (r.exit === 0)
    return [notice('good', w('v-verified'), w('v-verified-what'), stage(r), ...withdrawn(r), ...result(r))]
  if (r.exit === 3)
    return [
      notice(
        'part',
        w('v-alone'),
        w('v-alone-what'),
        h('button', { type: 'button', class: 'main', onclick: giveEid }, w('v-give-eid')),
        w('v-alone-print'),
        h('p', { class: 'code' }, print(r.eid)),
        stage(r),
        ...withdrawn(r),
        ...result(r),
      ),
    ]
  return [
    notice('bad', w('v-fault'), w('v-fault-what')),
    h('ol', { class: 'cards faults' }, ...r.faults.map(faultItem)),
  ]
}

const stage = (r: Report): string =>
  r.notOpened ? w('not-opened') : w(`stage-${r.stage}`, { reason: r.cancelled?.reason ?? '' })

/** Which projects left the vote, and why. */
const withdrawn = (r: Report): string[] =>
  r.withdrawn.map(({ project, reason }) => {
    const fields = r.projects[project]
    return w('v-withdrawn', { n: project + 1, name: (fields && inLanguage(fields, 'name')) || '', reason })
  })

/** Preliminary or final; nothing where no objections were ever taken. */
function stands(r: Report): string[] {
  if (r.objections === null) return []
  const { until, final } = r.objections
  if (final === null) return [w('stands-preliminary', { until: when(until) })]
  return [final.upheld > 0 ? w('stands-upheld', { upheld: final.upheld }) : w('stands-final', { filed: final.filed })]
}

function result(r: Report): string[] {
  if (r.result === null || r.notOpened) return stands(r)
  const { funded } = r.result as { funded: string[] }
  const name = (id: string): string => {
    const fields = r.projects.find((p) => p.get('project_id') === id)
    return (fields && inLanguage(fields, 'name')) || id
  }
  return [
    funded.length === 0 ? w('result-none') : w('result-funded', { names: funded.map(name).join(w('list')) }),
    ...stands(r),
  ]
}

const FIGURES = [
  'entitled',
  'cast',
  'additions',
  'replacements',
  'voids',
  'mixes',
  'openings',
  'valid',
  'void',
] as const

function figures(f: Figures): HTMLElement {
  const shown = FIGURES.filter((name) => f[name] !== null)
  return h(
    'dl',
    { class: 'figures' },
    ...shown.flatMap((name) => [h('dt', {}, w(`f-${name}`)), h('dd', { 'data-figure': name }, count(f[name] ?? 0))]),
  )
}

// ---- the report as a file

/** As `yihu-audit --json` has it, with English words. */
export function reportJson(r: Report, eidGiven: boolean): string {
  const steps = r.steps.map((s) => ({ check: s.check, ran: s.ran, count: s.count }))
  const faults = r.faults.map((f) => ({ check: f.check, code: f.code, file: f.file, text: f.detail }))
  const doubts = r.doubts.map((file) => ({ file, text: 'signs that nobody sees, or names that look alike' }))
  const withdrawn = r.withdrawn.map((one) => ({ ...one, project: r.projects[one.project]?.get('project_id') ?? '' }))
  const { exit, eid, stage, rehearsal, cancelled, notices, figures, result, objections } = r
  const verdict = {
    version: 'yihu-verify-v1',
    verified: exit === 0,
    exit,
    eid,
    eid_given: eidGiven,
    stage,
    rehearsal,
    cancelled,
    withdrawn,
  }
  return `${JSON.stringify({ ...verdict, steps, faults, notices, doubts, figures, result, objections })}\n`
}

// ---- the whole view

export interface Ending {
  report: Report
  /** false: read over the network */
  whole: boolean
  eidGiven: boolean
  giveEid(): void
  again(): void
}

export function ending(e: Ending): Part[] {
  const r = e.report
  const save = (): void =>
    download('yihu-verify.json', 'application/json', new TextEncoder().encode(reportJson(r, e.eidGiven)))
  const notes = [
    ...(r.newerEvidence > 0 ? [w('newer', { n: r.newerEvidence })] : []),
    ...r.doubts.map((name) => w('doubt', { name })),
    ...(r.notices.length > 0 ? [w('notices', { names: r.notices.join(w('list')) })] : []),
    w(e.whole ? 'links-note' : 'http-note'),
  ]
  return [
    ...verdict(r, e.giveEid),
    ...(r.exit === 0
      ? [h('p', { class: 'print' }, w('short-print'), h('br'), h('strong', { class: 'code' }, print(r.eid)))]
      : []),
    ...(r.figures === null ? [] : [h('section', {}, h('h2', {}, w('figures')), figures(r.figures))]),
    h(
      'section',
      {},
      h('h2', {}, w('checks')),
      reportedChecks(r, e.whole),
      ...notes.map((note) => h('p', { class: 'note' }, note)),
    ),
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', onclick: save }, w('save-report')),
      h('button', { type: 'button', onclick: e.again }, w('again')),
    ),
  ]
}

// ---- a receipt alone

function receiptFacts(r: ReceiptReport): HTMLElement {
  const rows: [string, string | null][] = [
    [w('ballot-code'), r.code],
    [w('letter-no'), r.serial === null ? null : letterNumber(r.serial)],
    [w('recorded-at'), r.time === null ? null : when(r.time)],
    [w('place'), r.index === null ? null : String(r.index)],
    [w('r-log'), r.log],
  ]
  return h(
    'dl',
    {},
    ...rows.filter(([, value]) => value !== null).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  )
}

export function receiptView(r: ReceiptReport, name: string): HTMLElement {
  const log =
    r.fault === null
      ? null
      : h(
          'details',
          {},
          h('summary', {}, w('v-log')),
          h('p', { class: 'log', lang: 'en' }, `${r.fault.code}: ${r.fault.detail}`),
        )
  const parts = [h('p', {}, name), receiptFacts(r), ...(log === null ? [] : [log])]
  if (r.folder === 'two-histories') return notice('bad', w('r-bad'), w('r-two-histories'), ...parts)
  // Nothing was read of it: the folder that it is held against has a fault.
  if (r.log === null) return notice('bad', w('r-folder-fault'), w('r-folder-fault-what'), ...parts)
  if (!r.holds) return notice('bad', w('r-bad'), w('todo-evidence'), ...parts)
  const folder = r.folder === 'in-it' ? [w('r-in-it')] : r.folder === 'folder-older' ? [w('r-folder-older')] : []
  return notice('good', w('r-good'), w('r-good-what'), ...folder, ...parts)
}
