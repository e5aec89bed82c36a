// SPDX-License-Identifier: Apache-2.0
// A verb of a program as a form: its words and options by what they are, and the
// passphrases that it will ask for.
import type { Option, Verb } from './api.ts'
import { PathField, type What } from './files.ts'
import { p } from './paper_words.ts'
import { c } from './words.ts'
import { h } from '../ui/dom.ts'

const FILES = ['FILE', 'FILE.pb', 'PUBLIC_DIR|ARCHIVE|URL']
const FOLDERS = ['STICK', 'OLD', 'DIR']
/** Chosen by the window itself, or by no committee. */
const HIDDEN = ['seen', 'passphrase-fd', 'unencrypted', 'lang', 'json', 'proof']

/** What a verb's words are called. */
const WORDS: Record<string, Parameters<typeof c>[0]> = {
  STICK: 'word-stick',
  'NUMBER|HOUSEHOLD': 'word-letter',
  HOUSEHOLD: 'word-household',
  REHEARSAL: 'word-rehearsal',
  'PUBLIC_DIR|ARCHIVE|URL': 'word-public',
}
const wordLabel = (word: string): string => (WORDS[word] === undefined ? word : c(WORDS[word]))

/** What nearly everybody fills in; the other options are folded away. */
const USUAL: Record<string, string[]> = {
  init: [
    ...['projects', 'households', 'title', 'community', 'budget', 'choose-up-to', 'opens', 'closes'],
    ...['holders', 'threshold', 'url', 'answers'],
  ],
  letters: ['sender', 'phone', 'place', 'desk', 'skip-rehearsal'],
  walklist: ['sender', 'phone'],
  poster: ['sender', 'phone', 'place', 'desk'],
  reconcile: ['delivered', 'returned', 'void'],
  'shred-letters': ['printed'],
  add: ['reason'],
  withdraw: ['reason'],
  cancel: ['reason', 'confirm'],
  complaints: ['filed', 'answers'],
  final: ['upheld'],
  announce: ['index'],
}
const ALWAYS = ['key', 'name', 'backup', 'to', 'eid']

interface Field {
  element: HTMLElement
  value: () => string
}

function place(id: string, what: What): Field {
  const field = new PathField(id, what)
  return { element: field.element, value: () => field.value }
}

function typed(id: string, type: string, note = ''): Field {
  const input = h('input', { type, id, autocomplete: 'off' })
  return { element: h('div', {}, input, note !== '' && h('small', {}, note)), value: () => input.value.trim() }
}

function fieldFor(id: string, kind: string, argument: string, makes: boolean): Field {
  if (FILES.includes(argument)) return place(id, makes ? 'new' : 'file')
  if (FOLDERS.includes(argument)) return place(id, 'folder')
  if (kind === 'number') return typed(id, 'number')
  if (kind === 'time') {
    const field = typed(id, 'datetime-local', c('time-what'))
    return { element: field.element, value: () => field.value().replace('T', ' ') }
  }
  return typed(id, 'text')
}

/** One value, or as many as are added. */
class Row {
  readonly element = h('div', { class: 'field' })
  private readonly fields: Field[] = []

  constructor(
    private readonly id: string,
    private readonly option: Option,
    private readonly makes: boolean,
  ) {
    this.add()
  }

  private add(): void {
    this.fields.push(
      fieldFor(`${this.id}-${this.fields.length}`, this.option.kind, this.option.argument ?? '', this.makes),
    )
    const more = this.option.kind === 'list' && h('button', { type: 'button', onclick: () => this.add() }, c('add-one'))
    const own: Record<string, string> = { opens: c('label-opens'), closes: c('label-closes') }
    const mark = this.option.needed ? ` (${c('needed')})` : ''
    this.element.replaceChildren(
      h('label', { for: `${this.id}-0` }, (own[this.option.name] ?? this.option.help) + mark),
      ...this.fields.map((f) => f.element),
      ...(more === false ? [] : [more]),
    )
  }

  values = (): string[] => this.fields.map((f) => f.value()).filter((v) => v !== '')
}

export class Form {
  readonly element = h('div', {})
  private readonly words: { word: string; field: Field }[]
  private readonly rows: { option: Option; row: Row }[] = []
  private readonly flags: { name: string; input: HTMLInputElement }[] = []
  private readonly secrets: [HTMLInputElement, HTMLInputElement][] = []

  constructor(private readonly verb: Verb) {
    this.words = verb.words
      .filter((word) => word !== 'DIR')
      .map((word, i) => ({ word, field: fieldFor(`word-${i}`, 'text', word, false) }))
    const shown = verb.options.filter((o) => !HIDDEN.includes(o.name))
    const usual = [...(USUAL[verb.verb ?? ''] ?? []), ...ALWAYS].filter((name) => name !== 'key' || !this.isClerks())
    const first = shown.filter((o) => o.needed || usual.includes(o.name))
    first.sort((a, b) => usual.indexOf(a.name) - usual.indexOf(b.name))
    const rest = shown.filter((o) => !first.includes(o))
    this.element.append(
      ...this.words.map((w, i) =>
        h('div', { class: 'field' }, h('label', { for: `word-${i}` }, wordLabel(w.word)), w.field.element),
      ),
      ...first.map((o) => this.option(o)),
      ...(rest.length === 0
        ? []
        : [h('details', {}, h('summary', {}, c('more-options')), ...rest.map((o) => this.option(o)))]),
      ...this.passphrases(),
    )
  }

  private option(o: Option): HTMLElement {
    const id = `option-${o.name}`
    if (o.kind === 'flag') {
      const input = h('input', { type: 'checkbox', id })
      this.flags.push({ name: o.name, input })
      return h('div', { class: 'field flag' }, input, h('label', { for: id }, o.help))
    }
    const row = new Row(
      id,
      o,
      o.name === 'to' || o.name === 'backup' || (o.name === 'key' && this.verb.passphrases.includes('new')),
    )
    this.rows.push({ option: o, row })
    return row.element
  }

  /** The clerk's key has its place: nobody chooses it, and there is one passphrase. */
  private isClerks(): boolean {
    return this.verb.options.some((o) => o.name === 'key' && !o.needed)
  }

  /** A line a passphrase; twice where a new one may be among them. */
  private passphrases(): HTMLElement[] {
    if (this.verb.passphrases.length === 0) return []
    const twice = this.verb.passphrases.includes('new')
    const one = this.isClerks() && !twice
    const lines = h('div', {})
    const field = (id: string, label: string): HTMLInputElement => {
      const input = h('input', { type: 'password', id, autocomplete: 'off' })
      lines.append(h('div', { class: 'field' }, h('label', { for: id }, label), input))
      return input
    }
    const more = (): void => {
      const n = this.secrets.length + 1
      const first = field(`passphrase-${n}`, one ? p('issuer-passphrase') : c('passphrase-old', { n }))
      this.secrets.push([first, twice ? field(`passphrase-${n}-again`, c('passphrase-again', { n })) : first])
    }
    more()
    return [
      h(
        'fieldset',
        { class: 'passphrases' },
        h('legend', {}, c('passphrases')),
        !one && h('p', { class: 'note' }, c('passphrases-what')),
        lines,
        !one && h('button', { type: 'button', onclick: more }, c('add-one')),
        h('p', { class: 'note' }, c('passphrase-never')),
      ),
    ]
  }

  /** Why it cannot be sent as it is; null: it can. */
  problem(): string | null {
    const missing = this.rows.find((r) => r.option.needed && r.row.values().length === 0)
    if (missing !== undefined) return `${missing.option.help}: ${c('needed')}`
    const word = this.words.find((w) => w.field.value() === '')
    if (word !== undefined) return `${word.word}: ${c('needed')}`
    return this.secrets.some(([a, b]) => a.value !== b.value) ? c('passphrase-differ') : null
  }

  given(): { words: string[]; options: Record<string, string | string[] | true>; passphrases: string[] } {
    const options: Record<string, string | string[] | true> = {}
    for (const { option, row } of this.rows) {
      const values = row.values()
      if (values.length > 0) options[option.name] = option.kind === 'list' ? values : values[0]!
    }
    for (const { name, input } of this.flags) if (input.checked) options[name] = true
    const secrets = this.secrets.map(([a]) => a.value).filter((v) => v !== '')
    return { words: this.words.map((w) => w.field.value()), options, passphrases: secrets }
  }

  /** What was typed as passphrases is not kept by the page. */
  forget(): void {
    for (const input of this.secrets.flat()) input.value = ''
  }
}
