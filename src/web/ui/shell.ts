// SPDX-License-Identifier: Apache-2.0
// What every page wears: the title, the language and the larger type.
import { h, replace, show } from './dom.ts'
import { Guard } from './guard.ts'
import { about, currentLanguage, LANGUAGES, setLanguage, t, zoneLine, type Key, type Language } from './i18n.ts'
import { rehearsalBand } from './rehearsal.ts'
import { keepLanguage, keepSize, keptSize, type Size } from './settings.ts'

/** A view draws itself anew from what it knows whenever the language changes. */
export type View = () => (Node | string)[]

/** What the head of a page says besides. */
interface Head {
  /** In the title's place: what the reader needs while busy on this page. */
  line?: () => string | null
  /** Here something is cast: a fresh view takes no press before it was looked at. */
  guarded?: boolean
  /** Buttons besides those for type and language. */
  tools?: () => HTMLElement[]
  /** How far the voter is, 1 to 3; null on views that are no step. */
  step?: () => number | null
}

const STEPS: Key[] = ['step-1', 'step-2', 'step-3']

export class Shell {
  private readonly head = h('header')
  private readonly main = h('main', { id: 'main' })
  private readonly foot = h('footer')
  private readonly guard: Guard | null
  private view: View = () => []
  private size: Size = keptSize() ?? 'normal'

  constructor(
    private readonly title: () => string,
    private readonly more: Head = {},
  ) {
    document.body.replaceChildren(this.head, this.main, this.foot)
    setLanguage(currentLanguage())
    this.guard = this.more.guarded === true ? new Guard(this.main) : null
    this.setSize(this.size)
  }

  /** Goes to another view. */
  go(view: View): void {
    this.view = view
    this.drawHead()
    show(this.main, ...view())
    this.guard?.arm()
  }

  /** Draws the same view again, where the reader is. */
  refresh(): void {
    this.drawHead()
    const open = this.openDetails()
    replace(this.main, ...this.view())
    this.openDetails().forEach((d, i) => (d.open = open[i]?.open ?? false))
  }

  /** Asks once on this device whether the type should be larger; null when it was answered. */
  sizeQuestion(): HTMLElement | null {
    if (keptSize() !== null) return null
    const answer = (size: Size, key: Key): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          onclick: () => {
            keepSize(size)
            this.setSize(size)
            this.refresh()
          },
        },
        t(key),
      )
    return h(
      'section',
      { class: 'ask', 'aria-label': t('larger') },
      h('p', {}, t('larger-ask')),
      h('div', {}, answer('larger', 'larger-yes'), answer('normal', 'larger-no')),
    )
  }

  /** What was opened to be read stays open in the other language. */
  private openDetails(): HTMLDetailsElement[] {
    return [...this.main.querySelectorAll('details')]
  }

  private drawHead(): void {
    document.title = this.title()
    const tools = (): HTMLElement[] => [...this.head.querySelectorAll<HTMLElement>('button, select')]
    const focused = tools().findIndex((tool) => tool === document.activeElement)
    const line = this.more.line?.() ?? this.title()
    this.head.classList.toggle('voting', this.isStep())
    replace(
      this.head,
      rehearsalBand(),
      h('p', { class: 'site' }, line),
      h('div', { class: 'tools' }, ...this.tools()),
      this.steps(),
    )
    replace(this.foot, h('p', {}, zoneLine()))
    tools()[focused]?.focus()
  }

  private tools(): HTMLElement[] {
    const pressed = String(this.size === 'larger')
    const size = this.isStep() ? [t('larger-brief'), h('span', { class: 'hidden' }, ` ${t('larger')}`)] : [t('larger')]
    return [
      ...(this.more.tools?.() ?? []),
      h('button', { type: 'button', 'aria-pressed': pressed, onclick: () => this.toggleSize() }, ...size),
      this.languages(),
    ]
  }

  /** To the other language in one press; of more than two one is picked. */
  private languages(): HTMLElement {
    const others = LANGUAGES.filter((l) => l !== currentLanguage())
    const called = (l: Language): string => (this.isStep() ? about(l).short : about(l).name)
    const other = others[0]
    if (other !== undefined && others.length === 1) {
      const attributes = { type: 'button', lang: other, 'aria-label': about(other).name }
      return h('button', { ...attributes, onclick: () => this.speak(other) }, called(other))
    }
    const option = (l: Language): HTMLElement =>
      h('option', { value: l, lang: l, selected: l === currentLanguage() }, called(l))
    const pick = (): void => this.speak(select.value as Language)
    const select = h('select', { 'aria-label': t('language'), onchange: pick }, ...LANGUAGES.map(option))
    return select
  }

  private speak(l: Language): void {
    setLanguage(l)
    keepLanguage(l)
    this.refresh()
  }

  /** Voting: the head is one line, so that the choices have the screen. */
  private isStep(): boolean {
    return (this.more.step?.() ?? null) !== null
  }

  private steps(): HTMLElement | null {
    const step = this.more.step?.() ?? null
    if (step === null) return null
    const item = (key: Key, i: number): HTMLElement =>
      h(
        'li',
        { 'aria-current': i + 1 === step ? 'step' : null, class: i + 1 < step ? 'done' : '' },
        `${i + 1} ${t(key)}`,
      )
    return h('ol', { class: 'steps', 'aria-label': t('steps') }, ...STEPS.map(item))
  }

  private toggleSize(): void {
    const size = this.size === 'larger' ? 'normal' : 'larger'
    keepSize(size)
    this.setSize(size)
    this.main.querySelector('.ask')?.remove() // it is answered
  }

  private setSize(size: Size): void {
    this.size = size
    document.documentElement.classList.toggle('larger', size === 'larger')
    this.drawHead()
  }
}

/** A sentence that matters, with what to do. */
export function notice(
  kind: 'good' | 'bad' | 'part' | 'wait' | 'now',
  heading: string,
  ...lines: (Node | string)[]
): HTMLElement {
  const mark = { good: '✓', bad: '✗', part: '!', wait: '…', now: '●' }[kind]
  return h(
    'section',
    { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : 'status' },
    h('h1', {}, h('span', { class: 'mark', 'aria-hidden': 'true' }, mark), ' ', heading),
    ...lines.map((line) => (typeof line === 'string' ? h('p', {}, line) : line)),
  )
}
