// SPDX-License-Identifier: Apache-2.0
// A new vote as a committee prepares it in the window: its tables, and the parts to fill in.
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { button, heading, home, page } from './console.mjs'
import { press } from './press.mjs'

const FILL = `
import json, sys, zipfile
source, target, rows = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
cell = lambda r, c, t: f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{t}</t></is></c>'
more = "".join(f'<row r="{r}">' + "".join(cell(r, c, t) for c, t in enumerate(row) if t) + "</row>"
               for r, row in enumerate(rows, 3))
with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
    done = False
    for name in old.namelist():
        text = old.read(name)
        if not done and "worksheets/sheet1" in name:
            text = text.replace(b"</sheetData>", more.encode() + b"</sheetData>")
            done = True
        new.writestr(name, text)
    assert done
`
/** A template of this project lies in the folder 材料, with these rows filled in. */
export async function bring(name, rows) {
  await mkdir(join(home, '材料'), { recursive: true })
  const template = join(process.env.YIHU_SOURCE, 'ballots/templates', name)
  await promisify(execFile)('python3', ['-c', FILL, template, join(home, '材料', name), JSON.stringify(rows)])
}

export const next = () => press(button('下一步'))
export const field = (label) => page.getByLabel(label, { exact: true })

/** Opens a part. The program has kept it all: what comes with a press is one after the other. */
export async function part(name) {
  if ((await heading('新的表决').count()) === 0) await press(button('看还缺什么'))
  await heading('新的表决').waitFor()
  await press(button('打开这一部分', page.locator('li', { hasText: name })))
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** A table that was brought is read in. */
export async function take(label, name) {
  const place = page.locator('.field', { hasText: label }).first()
  await press(place.getByRole('button').first())
  await press(place.getByRole('button', { name: '材料/', exact: true }))
  await press(place.getByRole('button', { name, exact: true }))
  await page.getByText(`已读入 ${name}`).waitFor()
}
