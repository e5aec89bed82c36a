// SPDX-License-Identifier: Apache-2.0
// What a program says, without what only a computer needs: of a path the file's own name is
// left, and a time is told as everywhere in the window.
import { when } from '../ui/i18n.ts'

/** What a path does not go on with: a space, and what stands around it in either language. */
const END = "\\s'“”，。；：、（）(),;:"
const QUOTED = new RegExp(`'(/[^'\\n]+)'(/[^${END}]*)?`, 'g')
const BARE = new RegExp(`(^|[\\s“（(：；，])(/[^${END}]+/[^${END}]*)`, 'gm')

/** On a stick its name says more than the file's. */
function named(path: string): string {
  const parts = path.split('/').filter((x) => x !== '')
  const stick = parts[0] === 'media' || (parts[0] === 'run' && parts[1] === 'media')
  return parts.slice(stick ? -2 : -1).join('/')
}

/** As yihu_time_local() in src/base/time.c has it. */
const TIME = /(\d{4})-(\d\d)-(\d\d) \S+ (\d\d):(\d\d) UTC\+8/g
const EAST_H = 8

/** Months from 0. */
const told = (...[, y, mon, d, h, min]: string[]): string =>
  when(Date.UTC(Number(y), Number(mon) - 1, Number(d), Number(h) - EAST_H, Number(min)) / 1000)

export const plain = (text: string): string =>
  text
    .replace(TIME, told)
    .replace(QUOTED, (_, path: string, rest: string | undefined) => named(path + (rest ?? '')))
    .replace(BARE, (_, before: string, path: string) => before + named(path))

/** Without the name of the program that says it. */
export const unnamed = (text: string): string => text.replace(/^yihu-[a-z]+[:：] ?/gm, '')

/** The line that says how far the election of that name is now, and what comes next, by itself. */
export function stateApart(said: string, name: string | undefined): { text: string; state: string | null } {
  const none = { text: said, state: null }
  if (name === undefined) return none
  const lines = said.trimEnd().split('\n')
  const found = lines.filter((line) => line.startsWith(`${name}:`) || line.startsWith(`${name}：`)).at(-1)
  if (found === undefined) return none
  return { text: lines.filter((line) => line !== found).join('\n'), state: found.slice(name.length + 1).trim() }
}
