// SPDX-License-Identifier: Apache-2.0
// The check of the register.
import { parseRegister } from './credentials.ts'
import type { Work } from './work.ts'

export async function checkRegister(w: Work): Promise<void> {
  const file = await w.file('register')
  const c = w.charter
  if (file === null) return w.skip('register')
  if (c === null) return w.skip('register', 'charter')
  w.register = w.guard('register', 'register', () =>
    parseRegister(file, c, (done) => w.progress('register', done, c.households)),
  )
  w.step('register', w.register?.credentials.length ?? 0)
}
