// SPDX-License-Identifier: Apache-2.0
// What a reader has set once, kept on this device for every page: the size of
// the type and the language. Nothing of a letter or a vote is ever kept here.
export type Size = 'normal' | 'larger'

const SIZE = 'yihu-size'
const LANGUAGE = 'yihu-language'

/** A browser may keep nothing, or refuse to say what it keeps. */
function kept(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}
function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // it holds for this page
  }
}

/** Null: never asked. */
export function keptSize(): Size | null {
  const size = kept(SIZE)
  return size === 'normal' || size === 'larger' ? size : null
}
export const keepSize = (size: Size): void => keep(SIZE, size)
export const keptLanguage = (): string | null => kept(LANGUAGE)
export const keepLanguage = (language: string): void => keep(LANGUAGE, language)
