// SPDX-License-Identifier: Apache-2.0
// What a person says before a check: where the files are, the id from the
// letter, and what to hold against them.
import { verifierKey } from '../protocol/note.ts'
import { unhex } from '../protocol/bytes.ts'
import { w, type VerifyKey } from './audit_words.ts'
import { h, replace } from './dom.ts'
import { pickedFolder, type Folder } from './folder.ts'

export type Way = 'here' | 'folder' | 'site' | 'receipt'
type Brought = 'receipts' | 'checkpoints' | 'atClose' | 'roll'

/** It outlives the language switch and a check. */
export interface Given {
  way: Way
  folder: Folder | null
  site: string
  eid: string
  salt: string
  logKey: string
  brought: Record<Brought, File[]>
}
export const nothingGiven = (way: Way): Given => ({
  way,
  folder: null,
  site: '',
  eid: '',
  salt: '',
  logKey: '',
  brought: { receipts: [], checkpoints: [], atClose: [], roll: [] },
})

/** What is wrong with it, and the id of the field; null: it can begin. */
export interface Problem {
  text: string
  field: string
}

const plainEid = (text: string): string => text.replace(/[\s-]/g, '').toLowerCase()

/** undefined: none was given. */
export const eidOf = (g: Given): Uint8Array | undefined =>
  plainEid(g.eid) === '' ? undefined : unhex(plainEid(g.eid), 32)
export const saltOf = (g: Given): Uint8Array | undefined =>
  g.salt.trim() === '' ? undefined : unhex(g.salt.trim(), 16)
/** The site's address without what comes after its folder. */
export const siteOf = (g: Given): string => g.site.trim().replace(/\/+$/, '')

const holds = (read: () => unknown): boolean => {
  try {
    read()
    return true
  } catch {
    return false
  }
}

const SHORT_PRINT = 24

export function problemOf(g: Given, served: boolean): Problem | null {
  const problem = (key: VerifyKey, field: string, n = 0): Problem => ({ text: w(key, { n }), field })
  if (g.way === 'folder' && g.folder === null) return problem('need-folder', 'folder')
  if (g.way === 'site' && !/^https?:\/\/./.test(siteOf(g))) return problem('need-site', 'site')
  if (g.way === 'receipt') {
    if (g.brought.receipts.length === 0) return problem('need-receipt', 'receipts')
    if (!served && !holds(() => verifierKey(g.logKey.trim()))) return problem('need-log-key', 'log-key')
  } else if (g.brought.roll.length > 0 !== (g.salt.trim() !== '') || !holds(() => saltOf(g)))
    return problem('need-roll', 'salt')
  const eid = plainEid(g.eid)
  if (eid.length === SHORT_PRINT) return problem('eid-short', 'eid')
  return holds(() => eidOf(g)) ? null : problem('eid-bad', 'eid', eid.length)
}

// ---- the form

function field(id: string, label: VerifyKey, control: HTMLElement, hint?: VerifyKey): HTMLElement {
  if (hint !== undefined) control.setAttribute('aria-describedby', `${id}-hint`)
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, w(label)),
    control,
    hint !== undefined && h('p', { class: 'hint', id: `${id}-hint` }, w(hint)),
  )
}

function textField(
  g: Given,
  id: string,
  key: 'site' | 'eid' | 'salt' | 'logKey',
  label: VerifyKey,
  hint?: VerifyKey,
): HTMLElement {
  const attributes = {
    id,
    rows: key === 'eid' || key === 'logKey' ? 2 : 1,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
  }
  const input = h('textarea', {
    ...attributes,
    oninput: () => {
      g[key] = input.value
    },
  })
  input.value = g[key]
  return field(id, label, input, hint)
}

function filesField(g: Given, id: string, key: Brought, label: VerifyKey, many: boolean): HTMLElement {
  const chosen = h('p', { class: 'chosen', 'aria-live': 'polite' })
  const say = (): void =>
    replace(
      chosen,
      g.brought[key].length > 0 && w('brought', { names: g.brought[key].map((f) => f.name).join(w('list')) }),
    )
  const input = h('input', {
    type: 'file',
    id,
    multiple: many,
    onchange: () => {
      g.brought[key] = [...(input.files ?? [])]
      say()
    },
  })
  say()
  const whole = field(id, label, input)
  whole.append(chosen)
  return whole
}

function folderField(g: Given): HTMLElement {
  const chosen = h('p', { class: 'chosen', 'aria-live': 'polite' })
  const say = (): void =>
    replace(chosen, g.folder !== null && w('folder-chosen', { name: g.folder.label, n: g.folder.files.size }))
  const input = h('input', {
    type: 'file',
    id: 'folder',
    webkitdirectory: true,
    onchange: () => {
      if (input.files === null || input.files.length === 0) return
      g.folder = pickedFolder(input.files)
      say()
    },
  })
  say()
  const whole = field('folder', 'folder-label', input, 'folder-hint')
  whole.classList.add('drop')
  whole.append(chosen)
  return whole
}

/** The fields that a way needs. */
function placeFields(g: Given, served: boolean): HTMLElement[] {
  switch (g.way) {
    case 'here':
      return []
    case 'folder':
      return [folderField(g)]
    case 'site':
      return [textField(g, 'site', 'site', 'site-label', 'site-hint')]
    case 'receipt': {
      const receipts = filesField(g, 'receipts', 'receipts', 'receipts-label', true)
      return served ? [receipts] : [receipts, textField(g, 'log-key', 'logKey', 'log-key-label', 'log-key-why')]
    }
  }
}

function more(g: Given): HTMLElement {
  const some = Object.values(g.brought).some((files) => files.length > 0)
  return h(
    'details',
    { open: some },
    h('summary', {}, w('more-evidence')),
    filesField(g, 'receipts', 'receipts', 'receipts-label', true),
    filesField(g, 'checkpoints', 'checkpoints', 'checkpoints-label', true),
    filesField(g, 'at-close', 'atClose', 'at-close-label', false),
    filesField(g, 'roll', 'roll', 'roll-label', false),
    textField(g, 'salt', 'salt', 'salt-label'),
  )
}

const TITLES: Record<Way, VerifyKey> = {
  here: 'what-here',
  folder: 'what-folder',
  site: 'what-site',
  receipt: 'what-receipt',
}

export function verifyForm(g: Given, served: boolean, start: () => void): HTMLFormElement {
  const place = h('div')
  const draw = (): void =>
    replace(
      place,
      ...placeFields(g, served),
      textField(g, 'eid', 'eid', 'eid-label', 'eid-why'),
      g.way !== 'receipt' && more(g),
    )
  const ways = (served ? ['here', 'folder', 'receipt'] : ['folder', 'site', 'receipt']) as Way[]
  const radio = (way: Way): HTMLElement =>
    h(
      'label',
      { class: g.way === way ? 'choose on' : 'choose' },
      h('input', {
        type: 'radio',
        name: 'way',
        value: way,
        checked: g.way === way,
        onchange: () => {
          g.way = way
          draw()
        },
      }),
      h('span', {}, w(TITLES[way])),
    )
  const problem = h('p', { class: 'problem', role: 'alert' })
  const form = h(
    'form',
    { novalidate: true },
    h('fieldset', { class: 'ways' }, h('legend', {}, w('what')), ...ways.map(radio)),
    place,
    problem,
    h('button', { type: 'submit', class: 'main' }, w('start')),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const found = problemOf(g, served)
    problem.textContent = found?.text ?? ''
    if (found === null) start()
    else form.querySelector<HTMLElement>(`#${found.field}`)?.focus()
  })
  draw()
  return form
}
