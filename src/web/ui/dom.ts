// SPDX-License-Identifier: Apache-2.0
// Making elements. Text is always text: nothing is parsed as HTML.

type Child = Node | string | null | false | undefined
type Value = string | number | boolean | null | undefined | ((event: Event) => void)

/** An element; `on…` attributes are listeners, true is an empty attribute, false and null none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') e.addEventListener(name.slice(2), value)
    else if (value !== false && value !== null && value !== undefined)
      e.setAttribute(name, value === true ? '' : String(value))
  }
  for (const c of children) if (c !== null && c !== false && c !== undefined) e.append(c)
  return e
}

const SVG = 'http://www.w3.org/2000/svg'

/** A shape of a drawing, or the drawing itself: sizes are attributes, colours are the style sheet's. */
export function shape(tag: string, attributes: Record<string, string | number>, ...children: Node[]): SVGElement {
  const e = document.createElementNS(SVG, tag) as SVGElement
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, String(value))
  e.append(...children)
  return e
}

export function replace(parent: Element, ...children: Child[]): void {
  parent.replaceChildren(...children.filter((c): c is Node | string => c !== null && c !== false && c !== undefined))
}

/** Shows a fresh view: from its top, and read out by a screen reader. */
export function show(parent: Element, ...children: Child[]): void {
  replace(parent, ...children)
  const heading = parent.querySelector<HTMLElement>('h1, h2')
  if (heading !== null) {
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }
  window.scrollTo({ top: 0, behavior: 'instant' })
}

/** A wide table scrolls by itself, with the keyboard too. */
export function scrollable(label: string, content: HTMLElement): HTMLElement {
  return h('div', { class: 'scroll', role: 'region', 'aria-label': label, tabindex: 0 }, content)
}

/** Hands bytes to the user as a file. */
export function download(name: string, type: string, bytes: Uint8Array | Blob): void {
  const blob = bytes instanceof Blob ? bytes : new Blob([bytes as BlobPart], { type })
  const url = URL.createObjectURL(blob)
  downloadAddress(name, url)
  setTimeout(() => URL.revokeObjectURL(url), 60000)
}
export function downloadAddress(name: string, address: string): void {
  h('a', { href: address, download: name }).click()
}
