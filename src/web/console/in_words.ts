// SPDX-License-Identifier: Apache-2.0
// What a program says to people at a terminal, for people who have buttons: a command line
// is called as its button is.
import { currentLanguage } from '../ui/i18n.ts'
import * as api from './api.ts'
import { plain } from './plain.ts'
import { c } from './words.ts'

const OPTION = "--[a-z-]+(?: (?!-)(?:'[^'\\n]*'|[^\\s；。，、（）();,]+))?"
const WORD = "'[^'\\n]*'|/[^\\s；。，、（）();,]+|[A-Z_|]{2,}|U盘|…"
/** A program, its verb, and what follows these as on a command line. What a program says of
 * itself begins with its name and a colon. */
const COMMAND = new RegExp(`'?(yihu-[a-z]+)(?![a-z:：])(?: ([a-z][a-z-]+))?(?: (?:${OPTION}|${WORD}))*'?`, 'g')
const BRACKETED = / ?[（(]--[a-z-]+[）)]/g

/** The names of verbs, by language and program. */
const known = new Map<string, Promise<Map<string | null, string>>>()
function labelsOf(program: string): Promise<Map<string | null, string>> {
  const key = `${currentLanguage()} ${program}`
  const read = known.get(key) ?? api.verbs(program).then((v) => new Map(v.verbs.map((x) => [x.verb, x.label])))
  known.set(key, read)
  // One that fails now may answer later.
  read.catch(() => known.delete(key))
  return read
}

async function calledAs(program: string, verb: string | null): Promise<string | null> {
  if (program === 'yihu-countd') return c('serve')
  const labels = await labelsOf(program).catch(() => new Map<string | null, string>())
  return labels.get(verb) ?? null
}

export async function inWords(text: string): Promise<string> {
  let out = ''
  let at = 0
  for (const found of text.matchAll(COMMAND)) {
    const label = await calledAs(found[1]!, found[2] ?? null)
    if (label === null) continue
    out += `${text.slice(at, found.index)}“${label}”`
    at = found.index + found[0].length
  }
  return plain(out + text.slice(at)).replace(BRACKETED, '')
}
