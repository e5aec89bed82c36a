// SPDX-License-Identifier: Apache-2.0
// Two languages, Chinese first. A text is a key of strings/*.json; {name}
// stands for a value.
import en from '../strings/en.json' with { type: 'json' }
import zh from '../strings/zh-CN.json' with { type: 'json' }
import { keptLanguage } from './settings.ts'

export type Language = 'zh-CN' | 'en'
export type Key = keyof typeof zh
type Values = Record<string, string | number>

/** What was chosen here before, else what the browser speaks. */
let language: Language = /^en\b/i.test(keptLanguage() ?? navigator.language) ? 'en' : 'zh-CN'

export const currentLanguage = (): Language => language

export function setLanguage(l: Language): void {
  language = l
  document.documentElement.lang = l
}

/** The texts of a catalogue in the language of the moment. A page with many
 * words of its own has its own catalogue, so that the others stay small. */
export const translator =
  <K extends string>(catalogues: Record<Language, Record<K, string>>) =>
  (key: K, values: Values = {}): string =>
    catalogues[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))

export const t = translator<Key>({ 'zh-CN': zh, en })

/** A moment in the reader's own zone: "6月1日 周一 20:00". */
export function when(seconds: number): string {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(seconds * 1000)
}

/** The same in as few signs as a head line has room for: "6月1日 20:00". */
export function shortWhen(seconds: number): string {
  return new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(seconds * 1000)
}

/** Fen as yuan; long sums in ten thousands (万元). */
export function money(fen: number): string {
  const yuan = fen / 100
  if (language === 'zh-CN' && yuan >= 10000 && fen % 10000 === 0)
    return `${(yuan / 10000).toLocaleString('zh-CN', { maximumFractionDigits: 4 })} 万元`
  const number = yuan.toLocaleString(language, { minimumFractionDigits: fen % 100 === 0 ? 0 : 2 })
  return language === 'zh-CN' ? `${number} 元` : `¥${number}`
}

/** "0231", as the letter has it. */
export const letterNumber = (serial: number): string => String(serial).padStart(4, '0')
