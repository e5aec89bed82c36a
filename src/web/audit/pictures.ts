// SPDX-License-Identifier: Apache-2.0
// Pictures of projects (PROTOCOL §2.5, §11): each that the definition names,
// with the bytes of its name, and no others. None is looked at.
import { hex } from '../protocol/bytes.ts'
import { picturesOf } from '../protocol/definition.ts'
import { PICTURE } from './limits.ts'
import { partOf, pictureName } from './names.ts'
import { sha256 } from './sodium.ts'
import type { Work } from './work.ts'

async function checkOne(w: Work, hash: string): Promise<void> {
  const name = pictureName(hash)
  if (!w.has(name)) return w.fault('pictures', 'missing-file', name, 'this picture is missing')
  const file = await w.file(name)
  if (file === null) return
  if (file.length > PICTURE) w.fault('pictures', 'too-big', name, 'no picture is so large')
  else if (hex(sha256(file)) !== hash) w.fault('pictures', 'picture', name, 'its SHA-256 is not its name')
}

export async function checkPictures(w: Work): Promise<void> {
  if (w.election === null) return w.skip('pictures', w.definition === null ? 'definition' : 'charter')
  const named = picturesOf(w.election.definition)
  const names = new Set(named.map(pictureName))
  for (const name of w.names)
    if (partOf(name).part === 'picture' && !names.has(name))
      w.fault('pictures', 'stray-file', name, 'no project has this picture')
  for (const hash of named) await checkOne(w, hash)
  if (named.length === 0 && !w.faulty('pictures')) w.skip('pictures')
  else w.step('pictures', named.length)
}
