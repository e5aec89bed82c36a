// SPDX-License-Identifier: Apache-2.0
// What is left to do once the results are published, in its order: the poster, objections,
// a copy for whoever wants to check, the keys, the archive, and what is kept.
import { h } from '../ui/dom.ts'
import { a } from './after_words.ts'
import * as api from './api.ts'
import { auditView } from './audit_here.ts'
import { objectionsView } from './objections.ts'
import { namesOf } from './key_rows.ts'
import { keptView, makeArchive, copyPublic } from './keep.ts'
import { paperName } from './paper_names.ts'
import { button, buttons, labelled, routes, show } from './window.ts'

const AFTER = ['published', 'retired', 'cancelled']
const RESULT = /^paper\/(results|cancelled)-/

/** On the election's page: the way to all of it. */
export async function afterPanel(b: api.Book, s: api.Status): Promise<HTMLElement | null> {
  if (!AFTER.includes(s.stage)) return null
  const at = (await api.served(b.id)).url
  const page = { href: `${at ?? ''}/results`, target: '_blank', rel: 'noopener noreferrer' }
  return h(
    'section',
    { class: 'notice now' },
    h('h2', {}, a('after-title')),
    h('p', {}, a('after-what')),
    buttons(
      labelled(a('after-open'), () => after(b), true),
      ...(at === null ? [] : [h('a', page, a('after-page'))]),
    ),
  )
}

/** A thing to do: what it is called, what it is for, and the ways to it. */
function part(title: string, what: (string | false)[], ...ways: HTMLElement[]): HTMLElement {
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, title),
    ...what.filter((x): x is string => x !== false).map((text) => h('p', {}, text)),
    buttons(...ways),
  )
}

const step = (s: api.Status, id: string): api.Step | undefined => s.steps.find((x) => x.id === id)

function posters(b: api.Book, names: string[]): HTMLElement {
  const open = (name: string): HTMLElement =>
    labelled(a('poster-open', { name: paperName(name) }), async () => void (await api.openPaper(b.id, name)))
  const anew = labelled(a('poster-anew'), () => routes.act({ program: 'yihu-tally', verb: 'poster' }, b))
  return part(a('poster-title'), [a('poster-what')], ...names.filter((n) => RESULT.test(n)).map(open), anew)
}

function objections(b: api.Book, s: api.Status, all: api.Objection[]): HTMLElement {
  const open = all.filter((o) => o.answer === null).length
  const final = step(s, 'final')
  const ways = [labelled(a('objections-open'), () => objectionsView(b))]
  if (final?.state === 'due')
    ways.push(labelled(a('final-go'), () => routes.act({ program: 'yihu-tally', verb: 'final' }, b), true))
  return part(
    a('objections-title'),
    [
      final !== undefined &&
        final.state !== 'not needed' &&
        final.state !== 'done' &&
        a('step-says', { words: final.words }),
      final?.state === 'done' && a('final-done'),
      a('objections-count', { all: all.length, open }),
    ],
    ...ways,
  )
}

function keys(b: api.Book, s: api.Status): HTMLElement {
  const retire = step(s, 'retire')
  const left = retire?.holders?.left ?? []
  const files = step(s, 'files-left')
  if (left.length === 0 && files?.state !== 'due') return part(a('keys-title'), [a('keys-done')])
  const go = labelled(a('keys-go'), () => routes.act({ program: 'yihu-trustee', verb: 'retire' }, b), left.length > 0)
  if (left.length === 0)
    return part(a('keys-title'), [a('step-says', { words: files!.words }), a('keys-lost'), a('keys-lost-archive')], go)
  return part(a('keys-title'), [a('keys-what'), a('keys-left', { names: namesOf(left) })], go)
}

export async function after(b: api.Book): Promise<void> {
  const s = await api.status(b.id)
  const all = (await api.objections(b.id)).objections
  const names = (await api.papers(b.id)).papers.map((p) => p.name)
  const archived = step(s, 'archive')?.state === 'done'
  const held = (step(s, 'retire')?.holders?.left.length ?? 0) > 0 && s.stage !== 'cancelled'
  show(
    () => after(b),
    () => [
      h('h1', {}, a('after-title')),
      posters(b, names),
      ...(s.stage === 'cancelled' ? [] : [objections(b, s, all)]),
      part(
        a('copy-title'),
        [a('copy-what')],
        labelled(a('copy-go'), () => copyPublic(b)),
      ),
      part(
        a('audit-title'),
        [a('audit-what')],
        labelled(a('audit-go'), () => auditView(b)),
      ),
      ...(s.stage === 'cancelled' ? [] : [keys(b, s)]),
      part(
        a('archive-title'),
        [a('archive-what'), archived && a('archive-done')],
        labelled(a('archive-go'), () => makeArchive(b), !archived && !held),
      ),
      part(
        a('kept-title'),
        [a('kept-short')],
        labelled(a('kept-go'), () => keptView(b)),
      ),
      buttons(button('back-steps', () => routes.election(b))),
    ],
  )
}
