// SPDX-License-Identifier: Apache-2.0
// Choosing a file or a folder of this computer, so that nobody types a path.
import * as api from './api.ts'
import { k } from './key_words.ts'
import { plain } from './plain.ts'
import { called, watchSticks } from './sticks.ts'
import { c } from './words.ts'
import { h, replace } from '../ui/dom.ts'

export type What = 'file' | 'folder' | 'new'

/** A field that has a path; `id` is for its label. */
export class PathField {
  readonly element = h('div', { class: 'path' })
  /** The sticks that are plugged in stand before all other places. */
  private readonly sticks = h('div', { class: 'buttons' })

  constructor(
    private readonly id: string,
    private readonly what: What,
    private readonly taken: (path: string) => void = () => {},
    public value = '',
  ) {
    watchSticks(this.sticks, '', (all) => replace(this.sticks, ...all.flatMap((s) => this.waysOnto(s))))
    this.element.addEventListener('dragover', (e) => e.preventDefault())
    this.element.addEventListener('drop', (e) => void this.dropped(e))
    this.draw()
  }

  private draw(): void {
    const ask = this.what === 'folder' ? c('choose-folder') : c('choose-file')
    const chosen = this.value === '' ? c('not-chosen') : c('path-chosen', { path: plain(this.value) })
    replace(
      this.element,
      this.sticks,
      h('button', { type: 'button', id: this.id, onclick: () => void this.go('') }, ask),
      h('span', { role: 'status' }, ` ${chosen} `),
      this.what === 'file' && h('small', {}, c('drop-here')),
    )
  }

  private take(path: string): void {
    this.value = path
    this.taken(path)
    this.draw()
    document.getElementById(this.id)?.focus()
  }

  /** A folder is the stick itself; a file is a key on it, or looked for there. */
  private waysOnto(s: api.Stick): HTMLElement[] {
    const way = (text: string, onclick: () => void): HTMLElement => h('button', { type: 'button', onclick }, text)
    if (this.what === 'folder') return [way(called(s), () => this.take(s.where))]
    const keys = this.what === 'file' ? s.keys : []
    return [
      ...keys.map((key) => way(k('kh-stick-key', { stick: called(s), holder: key.holder }), () => this.take(key.path))),
      way(called(s), () => void this.go(s.where)),
    ]
  }

  private async dropped(event: DragEvent): Promise<void> {
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    if (file !== undefined && this.what === 'file') this.take(await api.drop(file))
  }

  private async go(at: string): Promise<void> {
    try {
      this.list(await api.look(at))
    } catch (error) {
      replace(this.element, h('p', { class: 'problem', role: 'alert' }, (error as Error).message))
      if (at !== '') void this.go('')
    }
  }

  private list(seen: api.Looked): void {
    const path = (name: string): string => (seen.at === '/' ? `/${name}` : `${seen.at}/${name}`)
    const up = seen.at.replace(/\/[^/]*$/, '') || '/'
    const button = (text: string, onclick: () => void): HTMLElement => h('button', { type: 'button', onclick }, text)
    const wanted = seen.names.filter((n) => n.folder || this.what !== 'folder')
    wanted.sort((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name))
    const row = (n: api.Looked['names'][number]): HTMLElement => {
      const act = n.folder ? (): void => void this.go(path(n.name)) : (): void => this.take(path(n.name))
      return h('li', {}, button(n.folder ? `${n.name}/` : n.name, act))
    }
    replace(
      this.element,
      h('p', {}, h('code', {}, seen.at)),
      h(
        'div',
        { class: 'buttons' },
        button(c('one-up'), () => void this.go(up)),
        button(c('home'), () => void this.go('')),
      ),
      h('ul', { class: 'names' }, ...wanted.map(row)),
      this.what === 'folder' &&
        h(
          'div',
          { class: 'buttons' },
          button(c('choose-here'), () => this.take(seen.at)),
        ),
      this.what === 'new' && this.nameIn(path),
    )
    this.element.querySelector<HTMLElement>('button')?.focus()
  }

  /** A file that is not there yet. */
  private nameIn(path: (name: string) => string): HTMLElement {
    const input = h('input', { type: 'text', id: `${this.id}-name`, autocomplete: 'off' })
    const take = (): void => {
      if (input.value !== '' && !input.value.includes('/')) this.take(path(input.value))
    }
    return h(
      'p',
      {},
      h('label', { for: input.id }, c('save-as')),
      input,
      h('button', { type: 'button', onclick: take }, c('choose-here')),
    )
  }
}
