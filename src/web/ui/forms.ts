// SPDX-License-Identifier: Apache-2.0
// How a language writes counts, sums of money and moments: src/words/numbers.c
// and forms.c do the same for paper and results, and tests/words/forms.txt
// holds both to one table.
import form from '../words/form.json' with { type: 'json' }

export type Language = keyof typeof form
export type Values = Record<string, string | number>

/** "12,345" */
function grouped(language: Language, digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, () => form[language].thousands)
}
export const count = (language: Language, n: number): string => grouped(language, String(n))

/** A text with its values; a number is written as a count. */
export function filled(language: Language, text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? ''
    return typeof value === 'number' ? count(language, value) : value
  })
}

/** "1,234.50 元"; without a currency: CNY. */
export function money(language: Language, fen: number, currency = 'CNY'): string {
  const whole = count(language, Math.floor(fen / 100))
  const n = fen % 100 === 0 ? whole : `${whole}${form[language].point}${String(fen % 100).padStart(2, '0')}`
  return currency === 'CNY'
    ? filled(language, form[language].money, { n })
    : filled(language, form[language]['money-other'], { n, currency })
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const two = (n: number): string => String(n).padStart(2, '0')

/** Seconds east of UTC of the election's zone: one in all languages, and wherever the reader is. */
function zone(language: Language): number {
  const [sign, hours, minutes] = [form[language].zone[0], form[language].zone.slice(1, 3), form[language].zone.slice(4)]
  return (sign === '-' ? -60 : 60) * (Number(hours) * 60 + Number(minutes))
}

/** Does the reader's clock show another time than the election's at this moment? */
export const otherZone = (language: Language, seconds: number): boolean =>
  -60 * new Date(seconds * 1000).getTimezoneOffset() !== zone(language)

/** Seconds since 1970 in the election's zone: with the weekday, as numbers, or in few signs. */
export function moment(language: Language, how: 'date' | 'time' | 'brief', seconds: number): string {
  const d = new Date((seconds + zone(language)) * 1000)
  const [month, day] = [d.getUTCMonth() + 1, d.getUTCDate()]
  return filled(language, form[language][how], {
    year: String(d.getUTCFullYear()),
    month: String(month),
    mm: two(month),
    day: String(day),
    dd: two(day),
    weekday: form[language][WEEKDAYS[d.getUTCDay()]!],
    hour: two(d.getUTCHours()),
    minute: two(d.getUTCMinutes()),
  })
}
