// SPDX-License-Identifier: Apache-2.0
// The reader's language: one of those in src/words, whose sections words.py puts
// into ../words. A text is a key of a section; {name} stands for a value.
import form from '../words/form.json' with { type: 'json' }
import languages from '../words/languages.json' with { type: 'json' }
import page from '../words/page.json' with { type: 'json' }
import term from '../words/term.json' with { type: 'json' }
import * as forms from './forms.ts'
import { keptLanguage } from './settings.ts'

export type Language = forms.Language
export const LANGUAGES = Object.keys(languages) as Language[]
/** What a language calls itself: {name: "English", short: "En", brief: "en"}. */
export const about = (l: Language): { name: string; short: string; brief: string } => languages[l]

type Section = Record<Language, Record<string, string>>
type KeyOf<S extends Section> = S extends Record<Language, infer Texts> ? keyof Texts & string : never

/** The catalogue for a tag ("en-GB"), if there is one. */
function catalogueFor(tag: string): Language | undefined {
  const wanted = tag.toLowerCase()
  const first = wanted.split('-')[0]
  return LANGUAGES.find((l) => l.toLowerCase() === wanted) ?? LANGUAGES.find((l) => l.split('-')[0] === first)
}

/** What was chosen here before, else what the browser speaks, else the first. */
function chosen(): Language {
  const tags = [keptLanguage() ?? '', ...navigator.languages]
  return tags.map(catalogueFor).find((l) => l !== undefined) ?? LANGUAGES[0]!
}
let language: Language = chosen()

export const currentLanguage = (): Language => language

export function setLanguage(l: Language): void {
  language = l
  document.documentElement.lang = l
  document.documentElement.dir = languages[l].dir
}

/** The texts of these sections, and of those that every page has, in the
 * language of the moment. A page holds the sections that it names, no more. */
export function translator<S extends Section[]>(
  ...own: S
): (key: KeyOf<S[number]> | BaseKey, values?: forms.Values) => string {
  const sections: Section[] = [...own, page, term, form]
  return (key, values = {}) => {
    const text = sections.find((s) => key in s[language])?.[language][key] ?? key
    return forms.filled(language, text, values)
  }
}
type BaseKey = KeyOf<typeof page | typeof term | typeof form>
export const t = translator()
export type Key = BaseKey

export const money = (fen: number, currency?: string): string => forms.money(language, fen, currency)
export const count = (n: number): string => forms.count(language, n)
/** A moment in the election's zone: "2031年6月1日（周日）20:00". */
export const when = (seconds: number): string => forms.moment(language, 'date', seconds)
/** The same in as few signs as a head line has room for: "6月1日 20:00". */
export const shortWhen = (seconds: number): string => forms.moment(language, 'brief', seconds)

/** Which zone that is, and whether the reader's device has another. */
export const zoneLine = (): string =>
  joined([
    t('zone-line', { zone: form[language]['zone-name'] }),
    forms.otherZone(language, Date.now() / 1000) ? t('zone-other') : '',
  ])

/** Sentences in a row, set apart as the language does. */
/** Things side by side, as the language parts them. */
export const list = (items: string[]): string => items.join(form[language].list)

export const joined = (sentences: string[]): string => sentences.filter((s) => s !== '').join(form[language].gap)

/** A text of the election file in the reader's language: under KEY_XX if the file has it there. */
export const inLanguage = (fields: Map<string, string>, key: string): string =>
  fields.get(`${key}_${about(language).brief}`) || fields.get(key) || ''

/** "0231", as the letter has it. */
export const letterNumber = (serial: number): string => String(serial).padStart(4, '0')
