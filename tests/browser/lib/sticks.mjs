// SPDX-License-Identifier: Apache-2.0
// Sticks of a machine that is made up: what the window's program reads in the place of
// /sys, /proc and /dev (tests/browser/sticks.c).
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from './console.mjs'

const root = env.YIHU_TEST_STICKS
const GB8 = 8_000_000_000
const known = []
const plugged = new Set()

/** What is on a stick stays on it while it is out. */
export const folderOf = (name) => join(root, 'media', name)

async function make(name) {
  known.push(name)
  const device = `sd${String.fromCharCode(97 + known.length)}`
  const folder = join(root, 'sys/devices/usb1/1-1/block', device)
  for (const path of [folder, join(root, 'sys/dev/block'), join(root, 'dev/disk/by-label'), folderOf(name)])
    await mkdir(path, { recursive: true })
  await writeFile(join(folder, 'size'), `${GB8 / 512}\n`)
  await writeFile(join(folder, 'removable'), '1\n')
  await symlink(folder, join(root, 'sys/dev/block', `8:${16 * known.length}`))
  await symlink(`../../${device}`, join(root, 'dev/disk/by-label', name))
}

async function mount() {
  const line = (name) => `30 21 8:${16 * (known.indexOf(name) + 1)} / /media/${name} rw - vfat /dev/sdx rw\n`
  await mkdir(join(root, 'proc/self'), { recursive: true })
  await writeFile(join(root, 'proc/self/mountinfo'), [...plugged].map(line).join(''))
}

export async function plug(...names) {
  for (const name of names) {
    if (!known.includes(name)) await make(name)
    plugged.add(name)
  }
  await mount()
}

/** All, where none is named. */
export async function pull(...names) {
  for (const name of names.length > 0 ? names : [...plugged]) plugged.delete(name)
  await mount()
}
