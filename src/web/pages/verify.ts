// SPDX-License-Identifier: Apache-2.0
// The second auditor, for anyone: where the public folder is, what to hold
// against it, the audit in a worker, and how it ends. The page is one file: from
// a site it reads that site's files; saved on a computer it needs no server.
import { CHECKS, type Check, type Evidence, type Report } from '../audit/types.ts'
import { checkList, ending, receiptView } from '../ui/audit_view.ts'
import { checkTitle, w } from '../ui/audit_words.ts'
import { h, replace } from '../ui/dom.ts'
import { droppedFolder, type Folder } from '../ui/folder.ts'
import { sayRehearsal } from '../ui/rehearsal.ts'
import { notice, Shell } from '../ui/shell.ts'
import { eidOf, nothingGiven, saltOf, siteOf, verifyForm } from '../ui/verify_form.ts'
import type { Job, Message, Place } from './verify_worker.ts'

const served = location.protocol !== 'file:'
// The daemon's page lies beside the files; on a plain copy it lies in site/.
const here = served ? location.origin + location.pathname.replace(/\/(site\/)?[^/]*$/, '') : ''
const given = nothingGiven(served ? 'here' : 'folder')
const shell = new Shell(() => w('verify-title'))
// Taken before the shell clears the body; kept as text, so that a worker needs no second file.
const workerUrl = URL.createObjectURL(
  new Blob([document.getElementById('worker')?.textContent ?? ''], { type: 'text/javascript' }),
)

// ---- asking

function ask(focus?: string): void {
  shell.go(() => [
    h('h1', {}, w('verify-title')),
    h('p', {}, w('intro')),
    verifyForm(given, served, () => void begin()),
    ...(served
      ? [
          h(
            'div',
            { class: 'buttons' },
            h('a', { href: location.pathname, download: 'yihu-verify.html' }, w('save-page')),
          ),
          h('p', { class: 'note' }, w('save-page-what')),
        ]
      : []),
  ])
  if (focus !== undefined) document.getElementById(focus)?.focus()
}

function takeFolder(folder: Folder | null): void {
  if (folder === null) return
  given.folder = folder
  given.way = 'folder'
  ask()
}

// ---- the job

function place(): Place | null {
  if (given.way === 'folder') return given.folder === null ? null : { files: given.folder.files }
  if (given.way === 'site') return { site: siteOf(given) }
  return served ? { site: here } : null
}

const read = async (file: File): Promise<Evidence> => ({
  name: file.name,
  bytes: new Uint8Array(await file.arrayBuffer()),
})

/** Members that are not given must not be there at all. */
async function makeJob(): Promise<Job> {
  const { receipts, checkpoints, atClose, roll } = given.brought
  const eid = eidOf(given)
  const salt = saltOf(given)
  const id = eid === undefined ? {} : { eid }
  if (given.way === 'receipt') {
    const logKey = given.logKey.trim()
    return {
      kind: 'receipt',
      place: place(),
      receipts: await Promise.all(receipts.map(read)),
      options: { ...id, ...(logKey === '' ? {} : { logKey }) },
    }
  }
  return {
    kind: 'audit',
    place: place() as Place,
    options: {
      ...id,
      receipts: await Promise.all(receipts.map(read)),
      checkpoints: await Promise.all(checkpoints.map(read)),
      ...(atClose[0] === undefined ? {} : { atClose: await read(atClose[0]) }),
      ...(roll[0] === undefined || salt === undefined ? {} : { roll: await read(roll[0]), salt }),
    },
  }
}

async function begin(): Promise<void> {
  let job: Job
  try {
    job = await makeJob()
  } catch (error) {
    return broke(String(error))
  }
  const running = new Worker(workerUrl)
  const told = under(() => {
    running.terminate()
    ask()
  })
  running.onmessage = (event: MessageEvent<Message>) => {
    if (event.data.kind === 'fetched' || event.data.kind === 'progress') return told(event.data)
    running.terminate()
    end(event.data)
  }
  running.onerror = (event) => {
    running.terminate()
    broke(event.message)
  }
  running.postMessage(job)
}

// ---- under way

type Step = Extract<Message, { kind: 'fetched' | 'progress' }>

/** Shows how far it is; what comes back takes the steps. */
function under(stop: () => void): (step: Step) => void {
  let step: Step = { kind: 'fetched', n: 0 }
  const list = h('div')
  const bar = h('progress', { max: CHECKS.length, value: 0, 'aria-label': w('checking') })
  // Read out at each check, not at each figure.
  const line = h('span', { role: 'status' })
  const figure = h('span')
  const draw = (): void => {
    const at = step.kind === 'progress' ? CHECKS.indexOf(step.check) : -1
    const text = step.kind === 'progress' ? w('checking-now', { check: checkTitle(step.check) }) : w('fetching')
    if (line.textContent !== text) line.textContent = text
    figure.textContent = step.kind === 'fetched' ? ` ${step.n}` : ''
    bar.value = at < 0 ? 0 : at + (step.kind === 'progress' && step.total > 0 ? step.done / step.total : 0)
    replace(
      list,
      checkList((check: Check) => {
        const i = CHECKS.indexOf(check)
        if (i !== at || step.kind === 'fetched') return { mark: i < at ? 'done' : 'waiting', text: '' }
        return { mark: 'running', text: step.total > 1 ? `${step.done} / ${step.total}` : '' }
      }),
    )
  }
  shell.go(() => {
    draw()
    return [
      h('h1', {}, w('checking')),
      h('p', {}, line, figure),
      bar,
      list,
      h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: stop }, w('stop'))),
    ]
  })
  return (next) => {
    step = next
    draw()
  }
}

// ---- how it ends

const againButton = (): HTMLElement => h('button', { type: 'button', class: 'main', onclick: () => ask() }, w('again'))

function end(message: Exclude<Message, Step>): void {
  switch (message.kind) {
    case 'report':
      return ended(message.report)
    case 'receipts': {
      const names = given.brought.receipts.map((f) => f.name)
      return shell.go(() => [...message.reports.map((r, i) => receiptView(r, names[i] ?? '')), againButton()])
    }
    case 'nothing':
      return shell.go(() => [
        notice('bad', w('v-none'), w(given.way === 'folder' ? 'v-none-folder' : 'v-none-site'), againButton()),
      ])
    case 'unreachable':
      return shell.go(() => [notice('bad', w('v-unreachable'), w('v-unreachable-what'), retryButton(), againButton())])
    case 'broke':
      return broke(message.words)
  }
}

const retryButton = (): HTMLElement => h('button', { type: 'button', onclick: () => void begin() }, w('try-again'))

function ended(report: Report): void {
  if (report.rehearsal) sayRehearsal()
  const whole = given.way === 'folder'
  const eidGiven = eidOf(given) !== undefined
  shell.go(() => ending({ report, whole, eidGiven, giveEid: () => ask('eid'), again: () => ask() }))
}

function broke(words: string): void {
  shell.go(() => [
    notice(
      'bad',
      w('v-broke'),
      w('v-broke-what'),
      h('p', { class: 'log', lang: 'en' }, words),
      retryButton(),
      againButton(),
    ),
  ])
}

// A folder may be dropped at any time, anywhere on the page.
document.addEventListener('dragover', (event) => {
  event.preventDefault()
  document.querySelector('.drop')?.classList.add('over')
})
document.addEventListener('dragleave', () => document.querySelector('.drop')?.classList.remove('over'))
document.addEventListener('drop', (event) => {
  event.preventDefault()
  droppedFolder(event).then(takeFolder, (error: unknown) => broke(String(error)))
})
ask()
