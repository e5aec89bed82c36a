// SPDX-License-Identifier: Apache-2.0
// How the poll goes, as one heading and a few facts.
import { h } from '../ui/dom.ts'
import { when } from '../ui/i18n.ts'
import type * as api from './api.ts'
import { plain } from './plain.ts'
import { p, type PollKey } from './poll_words.ts'

const HOUR = 3600
const MINUTE = 60

export type Mood = 'good' | 'bad' | 'now'

/** What stands largest: [its words, how it looks]. */
export function bigState({ state }: api.Poll): [PollKey, Mood] {
  const { daemon } = state
  if (!state.runs && state.last === null) return ['poll-stopped', 'now']
  if (!state.runs) return [state.cut_off ? 'poll-cut-off' : 'poll-went-down', 'bad']
  if (daemon?.failed === true) return ['poll-failed', 'bad']
  if (daemon?.end_waits === true) return ['poll-end-waits', 'bad']
  if (daemon?.clock_writes === false) return ['poll-clock', 'bad']
  if (state.now < state.opens) return ['poll-before', 'good']
  return state.now < state.closes ? ['poll-runs', 'good'] : ['poll-over', 'now']
}

function left(seconds: number): string {
  const hours = Math.floor(seconds / HOUR)
  const minutes = Math.floor((seconds % HOUR) / MINUTE)
  return hours > 0 ? p('poll-hours', { hours, minutes }) : p('poll-minutes', { minutes })
}

function timeLeft(state: api.Poll['state']): string {
  if (state.now < state.opens) return p('poll-until-opens', { left: left(state.opens - state.now) })
  if (state.now < state.closes) return p('poll-until-closes', { left: left(state.closes - state.now) })
  return p('poll-closed-at', { time: when(state.closes) })
}

function backedUp({ state, made }: api.Status['backup']): string {
  if (state === 'none' || made === null) return p('poll-backup-none')
  return p(state === 'current' ? 'poll-backup-current' : 'poll-backup-older', { time: when(made) })
}

export function facts(poll: api.Poll, s: api.Status): HTMLElement {
  const { state } = poll
  const daemon = state.daemon
  // Both only grow; the daemon writes its own down every few seconds.
  const known = [daemon?.ballots ?? null, s.ballots].filter((n) => n !== null)
  const votes = known.length === 0 ? null : Math.max(...known)
  const of = daemon?.households
  const voted =
    votes === null
      ? p('poll-votes-unknown')
      : of === undefined
        ? p('poll-votes', { n: votes })
        : p('poll-votes-of', { n: votes, of })
  const row = (key: PollKey, text: string): HTMLElement[] => [h('dt', {}, p(key)), h('dd', {}, text)]
  return h(
    'dl',
    {},
    ...row('poll-time', timeLeft(state)),
    ...row('poll-voted', voted),
    ...row(
      'poll-mirror',
      state.mirror === null ? p('poll-mirror-none') : p('poll-mirror-at', { path: plain(state.mirror) }),
    ),
    ...row('poll-backup', backedUp(s.backup)),
    ...(state.runs ? row('poll-sleep', p(poll.awake ? 'poll-awake' : 'poll-may-sleep')) : []),
  )
}
