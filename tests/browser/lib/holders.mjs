// SPDX-License-Identifier: Apache-2.0
// Four key holders at the window, each with a stick, a second one, and a passphrase.
import { device, page } from './console.mjs'

export const NAMES = ['王芳', '李强', '张敏', '赵平']
const KEYS = NAMES.map((name) => `青山绿水${name}六七八九`)
KEYS.forEach((key) => device.secrets.add(key))
export const backupOf = (name) => `${name}备份`

export const KEY_STICK = /^密钥放在哪个/
export const BACKUP_STICK = /^备份放在哪个/
/** The stick of this name, where one is chosen. */
export const radio = (group, name) =>
  page.getByRole('group', { name: group }).getByRole('radio', { name: new RegExp(`U 盘“${name}”`) })

export async function fillNewKey(i) {
  await page.getByLabel('保管人的姓名').fill(NAMES[i])
  await page.getByLabel('口令', { exact: true }).fill(KEYS[i])
  await page.getByLabel('口令，再输一次').fill(KEYS[i])
}

export async function passphraseOf(i) {
  await page.getByLabel(`${i + 1} 号保管人${NAMES[i]}的口令`).fill(KEYS[i])
}
