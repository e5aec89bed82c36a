// SPDX-License-Identifier: Apache-2.0
// The printer's test page before the computer's camera.
import { h } from '../ui/dom.ts'
import { notice } from '../ui/shell.ts'
import { Scanner } from '../ui/scanner.ts'
import type { Book } from './api.ts'
import { tell } from './paper_api.ts'
import { p } from './paper_words.ts'
import { atLeaving, buttons, labelled, run, shell, type Act } from './window.ts'

/** Until a code is read, or somebody goes back. */
export async function readTestPage(b: Book, back: Act): Promise<void> {
  const said = h('div', { role: 'status' })
  const scanner = new Scanner((text) => run(() => judge(text)))
  const judge = async (text: string): Promise<void> => {
    const { good, said: words } = await tell(b.id, ['test-page', '{dir}'], { read: text })
    shell.go(() => [
      notice(good ? 'good' : 'bad', p(good ? 'camera-good' : 'camera-bad'), words),
      buttons(
        labelled(p('room-back'), back, good),
        ...(good ? [] : [labelled(p('camera-again'), () => readTestPage(b, back), true)]),
      ),
    ])
  }
  shell.go(() => [
    h('h1', {}, p('camera-title')),
    h('p', {}, p('camera-what')),
    scanner.video,
    said,
    buttons(labelled(p('room-back'), back)),
  ])
  atLeaving(() => scanner.stop())
  scanner.video.setAttribute('aria-label', p('camera-title'))
  try {
    await scanner.start()
    if (!scanner.video.isConnected) scanner.stop() // left before it was allowed
  } catch {
    said.append(notice('bad', p('camera-none'), p('camera-none-what')))
  }
}
