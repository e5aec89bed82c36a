// SPDX-License-Identifier: Apache-2.0
// What every page wears: the title, the language and the larger type.
import { h, replace, show } from './dom.ts'
import { currentLanguage, setLanguage, t } from './i18n.ts'

/** A view draws itself anew from what it knows whenever the language changes. */
export type View = () => (Node | string)[]

export class Shell {
  private readonly head = h('header')
  private readonly main = h('main', { id: 'main' })
  private view: View = () => []
  private larger = false

  constructor(private readonly title: () => string) {
    document.body.replaceChildren(this.head, this.main)
    setLanguage(currentLanguage())
    this.drawHead()
  }

  /** Goes to another view. */
  go(view: View): void {
    this.view = view
    this.drawHead()
    show(this.main, ...view())
  }

  /** Draws the same view again, where the reader is. */
  refresh(): void {
    this.drawHead()
    replace(this.main, ...this.view())
  }

  private drawHead(): void {
    const other = currentLanguage() === 'en' ? 'zh-CN' : 'en'
    document.title = this.title()
    const language = h(
      'button',
      {
        type: 'button',
        lang: other,
        onclick: () => {
          setLanguage(other)
          this.refresh()
        },
      },
      other === 'en' ? 'English' : '中文',
    )
    const size = h(
      'button',
      { type: 'button', 'aria-pressed': String(this.larger), onclick: () => this.toggleSize() },
      t('larger'),
    )
    const focused = [...this.head.querySelectorAll('button')].findIndex((b) => b === document.activeElement)
    replace(this.head, h('p', { class: 'site' }, this.title()), h('div', { class: 'tools' }, size, language))
    this.head.querySelectorAll('button')[focused]?.focus()
  }

  private toggleSize(): void {
    this.larger = !this.larger
    document.documentElement.classList.toggle('larger', this.larger)
    this.drawHead()
  }
}

/** A sentence that matters, with what to do. */
export function notice(
  kind: 'good' | 'bad' | 'part' | 'wait',
  heading: string,
  ...lines: (Node | string)[]
): HTMLElement {
  const mark = { good: '✓', bad: '✗', part: '!', wait: '…' }[kind]
  return h(
    'section',
    { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : 'status' },
    h('h1', {}, h('span', { class: 'mark', 'aria-hidden': 'true' }, mark), ' ', heading),
    ...lines.map((line) => (typeof line === 'string' ? h('p', {}, line) : line)),
  )
}
