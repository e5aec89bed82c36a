// SPDX-License-Identifier: Apache-2.0
// What was begun on an election and goes on, or has ended, while no window looked.
import { h } from '../ui/dom.ts'
import * as api from './api.ts'
import { follow } from './carry.ts'
import { works, type Begun } from './paper_api.ts'
import { p } from './paper_words.ts'
import { button, buttons, labelled, routes, shell } from './window.ts'
import { c } from './words.ts'

async function nameOf(begun: Begun): Promise<string> {
  const [program, verb] = begun.what.split(' ')
  const known = (await api.verbs(program!)).verbs.find((v) => v.verb === (verb ?? null))
  return known?.label ?? begun.what
}

async function watch(b: api.Book, begun: Begun, name: string): Promise<void> {
  const place = h('div', { role: 'status' })
  shell.go(() => [h('h1', {}, name), place])
  const w = await follow(begun.run, place)
  shell.go(() => [
    h('h1', {}, w.status === 0 ? c('step-done') : c('step-failed')),
    h('h2', {}, name),
    h('pre', { class: 'read-back', tabindex: 0 }, w.said + w.told),
    buttons(button('back-steps', () => routes.election(b), true)),
  ])
}

/** The one at work, or the one that ended last. */
export async function begun(b: api.Book): Promise<HTMLElement | null> {
  const newest = (await works(b.id)).works[0]
  if (newest === undefined) return null
  const name = await nameOf(newest)
  const look = labelled(newest.ended ? p('work-said') : p('work-look'), () => watch(b, newest, name), !newest.ended)
  if (newest.ended)
    return h('p', { class: 'note' }, p(newest.status === 0 ? 'work-done' : 'work-not-done', { what: name }), ' ', look)
  return h('section', { class: 'notice now' }, h('h2', {}, p('work-going', { what: name })), look)
}
