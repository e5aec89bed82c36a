// SPDX-License-Identifier: Apache-2.0
// The daemon of an election: started and stopped.
import { h } from '../ui/dom.ts'
import { notice } from '../ui/shell.ts'
import * as api from './api.ts'
import { p } from './poll_words.ts'
import { buttons, labelled, pause, routes, shell } from './window.ts'

const STOP_POLLS = 120

export interface Serving {
  listen: string
  /** A second box on a stick. */
  mirror?: string
  /** The other half is lost for good. */
  alone?: boolean
}

const back = (b: api.Book, main = false): HTMLElement => labelled(p('back-steps'), () => routes.election(b), main)

/** It says its address when it serves, and ends when it cannot. */
export async function serve(b: api.Book, how: Serving): Promise<void> {
  const place = h('div', { role: 'status' }, h('p', { class: 'busy' }, p('poll-starting')))
  shell.go(() => [h('h1', {}, p('serve')), place])
  const options: api.Order['options'] = { listen: how.listen }
  if (how.mirror !== undefined) options.mirror = how.mirror
  if (how.alone === true) options.alone = true
  const order = { program: 'yihu-countd', words: ['{dir}/box'], options, passphrases: [], book: b.id }
  const { run: number } = await api.begin(order)
  let w = await api.work(number)
  for (; !w.ended && !w.said.includes('http'); w = await api.work(number)) await pause()
  if (!w.ended) return routes.election(b)
  const why = w.told.trim().split('\n').at(-1) ?? ''
  shell.go(() => [notice('bad', p('step-failed'), why), buttons(back(b, true))])
}

async function stop(b: api.Book): Promise<void> {
  await api.stop(b.id)
  for (let i = 0; i < STOP_POLLS && (await api.served(b.id)).url !== null; i++) await pause()
  await routes.election(b)
}

export async function askToStop(b: api.Book): Promise<void> {
  shell.go(() => [
    h('h1', {}, p('poll-stop-ask')),
    h('p', {}, p('serve-stop-what')),
    buttons(
      labelled(p('serve-stop'), () => stop(b), true),
      back(b),
    ),
  ])
}

/** The other half of the box is lost for good: nobody can take that back. */
export async function askToGoAlone(b: api.Book, listen: string): Promise<void> {
  shell.go(() => [
    h('h1', {}, p('poll-alone-ask')),
    h('p', { class: 'warn' }, p('poll-alone-what')),
    buttons(
      labelled(p('poll-alone'), () => serve(b, { listen, alone: true }), true),
      back(b),
    ),
  ])
}
