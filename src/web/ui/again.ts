// SPDX-License-Identifier: Apache-2.0
// Until the daemon has time: how long to wait, and what a page says meanwhile.
import { NoAnswer } from './api.ts'
import { h } from './dom.ts'
import { t } from './i18n.ts'
import { notice, type Shell } from './shell.ts'

/** Nobody waits longer because a server says so. */
const ASKED_S_MAX = 60

/** Milliseconds, of at least so many and the seconds that were asked for; never the
 * same for all who wait. */
export const pauseMs = (least: number, asked: number | null): number =>
  Math.max(least, Math.min(asked ?? 0, ASKED_S_MAX) * 1000) * (1 + Math.random() / 2)

const FIRST_MS = 1000
const LAST_MS = 15000
/** Where the daemon itself says when, it is asked again sooner. */
const TOLD_MS = 4000

/** The same, longer after each of `tries`. */
export const nextTryMs = (tries: number, asked: number | null): number =>
  pauseMs(Math.min(FIRST_MS * 2 ** (tries - 1), asked === null ? LAST_MS : TOLD_MS), asked)

/** Why one waits. Only of 'not-known' may something have happened already. */
export type Why = 'queueing' | 'starting' | 'not-known'
const WHY: Record<string, Why> = { busy: 'queueing', work: 'queueing', starting: 'starting', stopping: 'starting' }
export const whyOf = (error: unknown): Why => WHY[(error as NoAnswer).said] ?? 'not-known'

let tries = 0

const button = (again: () => unknown): HTMLElement =>
  h('button', { type: 'button', class: 'main', onclick: again }, t('try-again'))

/** A page that cannot be drawn yet. When the daemon said that it has no time the page
 * goes on by itself; else somebody tries again. */
export function unreachable(shell: Shell, error: NoAnswer, again: () => unknown, more?: () => string): void {
  const why = whyOf(error)
  if (why === 'not-known')
    return shell.go(() => [notice('bad', t('err-unreachable'), ...(more === undefined ? [] : [more()]), button(again))])
  shell.go(() => [notice('wait', t(why), t('goes-on'))])
  setTimeout(again, nextTryMs(++tries, error.retryAfter))
}

/** The same, or what is wrong with the answers that came. */
export function failed(shell: Shell, error: unknown, bad: () => string, again: () => unknown): void {
  if (error instanceof NoAnswer) unreachable(shell, error, again)
  else shell.go(() => [notice('bad', bad(), button(again))])
}
