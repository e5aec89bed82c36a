// SPDX-License-Identifier: Apache-2.0
// What pages say, from the catalogue: each text by its key, and a moment as the
// language writes it in any zone.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const WEEKDAYS = { Sun: 'sun', Mon: 'mon', Tue: 'tue', Wed: 'wed', Thu: 'thu', Fri: 'fri', Sat: 'sat' }

export const catalogue = (locale) =>
  JSON.parse(readFileSync(join(process.env.YIHU_SOURCE, 'src/words', `${locale}.json`), 'utf8'))

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])

/** t(key, values), as the pages have it; what C alone says is left out. */
export function textsOf(locale) {
  const { result, paper, ...sections } = catalogue(locale)
  const texts = Object.assign({}, ...Object.values(sections))
  return (key, values = {}) => filled(texts[key], values)
}

/** how: 'date', 'time' or 'brief'. */
export function moment(locale, how, seconds, timeZone = 'Asia/Shanghai') {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }
  const format = new Intl.DateTimeFormat('en-US', { ...options, weekday: 'short', hourCycle: 'h23', timeZone })
  const part = Object.fromEntries(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]))
  const { form } = catalogue(locale)
  return filled(form[how], {
    ...part,
    mm: part.month,
    month: String(Number(part.month)),
    dd: part.day,
    day: String(Number(part.day)),
    weekday: form[WEEKDAYS[part.weekday]],
  })
}
