// SPDX-License-Identifier: Apache-2.0
// The picture of a project (PROTOCOL §2.5): nothing is loaded before its facts are
// opened, and only what has the hash of the definition is shown. The browser's own
// check of that needs https, so the hash is computed here: some milliseconds.
import { sha256 } from '@noble/hashes/sha2'
import { Fault, hex } from '../protocol/bytes.ts'
import project from '../words/project.json' with { type: 'json' }
import * as api from './api.ts'
import { h } from './dom.ts'
import type { Election } from './election.ts'
import { translator } from './i18n.ts'

const t = translator(project)

/** What is shown already, by hash: a view that is drawn anew asks for nothing twice. */
const shown = new Map<string, string>()

async function addressOf(e: Election, hash: string): Promise<string> {
  const known = shown.get(hash)
  if (known !== undefined) return known
  const bytes = await api.bytes(`${e.base}/img/${hash}`, 'default')
  if (bytes === null || hex(sha256(bytes)) !== hash) throw new Fault('picture', hash)
  const address = URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'image/jpeg' }))
  shown.set(hash, address)
  return address
}

/** Its room is there from the beginning, so that nothing moves when it comes. It is
 * asked for when `fold` opens, and again when it did not come. */
export function picture(e: Election, hash: string, name: string, fold: HTMLDetailsElement): HTMLElement {
  const image = h('img', { alt: name, width: 640, height: 480, hidden: true })
  const say = h('p', { class: 'small', role: 'status' })
  const load = async (): Promise<void> => {
    if (!fold.open || !image.hidden) return
    say.textContent = t('picture-comes')
    try {
      image.src = await addressOf(e, hash)
      await image.decode()
      image.hidden = false
      say.textContent = ''
    } catch (error) {
      say.textContent = t(error instanceof api.NoAnswer ? 'picture-missing' : 'picture-differs')
    }
  }
  fold.addEventListener('toggle', () => void load())
  return h('div', { class: 'picture' }, image, say)
}
