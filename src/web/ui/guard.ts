// SPDX-License-Identifier: Apache-2.0
// No act by accident: a view that has just come takes no press until its time
// has passed and whatever was down when it came is up. A second tap of the same
// finger, a held key or a trembling hand acts on nothing that was not seen.

/** How long a view is looked at before it can be pressed. */
export const REST_MS = 800

const FRESH = 'data-fresh'

export class Guard {
  private ready = -Infinity
  private came = -Infinity
  /** What is down, and since when: fingers, mouse buttons, keys. */
  private readonly down = new Map<string, number>()
  private pressed = -Infinity
  private spent = false
  private timer = 0

  constructor(private readonly area: HTMLElement) {
    const on = (type: string, act: (event: Event) => void): void =>
      window.addEventListener(type, act, { capture: true, passive: true })
    const pointer = (event: Event): string => `p${(event as PointerEvent).pointerId}`
    const key = (event: Event): string => `k${(event as KeyboardEvent).code}`
    on('pointerdown', (event) => this.press(pointer(event)))
    on('keydown', (event) => (event as KeyboardEvent).repeat || this.press(key(event)))
    for (const type of ['pointerup', 'pointercancel']) on(type, (event) => this.down.delete(pointer(event)))
    on('keyup', (event) => this.down.delete(key(event)))
    on('blur', () => this.down.clear())
    window.addEventListener('click', (event) => this.judge(event), { capture: true })
  }

  /** A fresh view is there. */
  arm(): void {
    this.came = performance.now()
    this.ready = this.came + REST_MS
    this.area.setAttribute(FRESH, '')
    window.clearTimeout(this.timer)
    this.timer = window.setTimeout(() => this.area.removeAttribute(FRESH), REST_MS)
  }

  private press(what: string): void {
    this.pressed = performance.now()
    this.down.set(what, this.pressed)
    this.spent = false
  }

  private judge(event: MouseEvent): void {
    if (!(event.target instanceof Node) || !this.area.contains(event.target)) return
    if (this.mayAct() || isTyping(event)) return
    this.spent = true
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  private mayAct(): boolean {
    if (performance.now() < this.ready) return false
    for (const since of this.down.values()) if (since < this.ready) return false
    // Pressed while it was fresh and lifted after: not meant for this view either.
    return this.spent || this.pressed < this.came || this.pressed >= this.ready
  }
}

/** Enter in a field that is filled in: a form that is sent off on purpose, by hand or by a scanner. */
const isTyping = (event: MouseEvent): boolean =>
  event.detail === 0 && document.activeElement instanceof HTMLInputElement && document.activeElement.value !== ''
