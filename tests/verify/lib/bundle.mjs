// SPDX-License-Identifier: Apache-2.0
// The pages' own modules, bundled for Node.js: load('count', 'definition')
// gives those of src/web/count. With `changes`, [file, from, to], of altered
// sources: a test that must fail.
import { createRequire } from 'node:module'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from '../../browser/lib/tap.mjs'

const web = process.env.YIHU_WEB
const { build } = createRequire(join(web, 'package.json'))('esbuild')

const altered = (changes) => ({
  name: 'altered',
  setup: (b) => changes.forEach(([file, from, to]) => b.onLoad({ filter: new RegExp(`/${file}$`) }, async ({ path }) => {
    const text = await readFile(path, 'utf8')
    if (text.split(from).length !== 2) throw new Error(`${file} has not one '${from}'`)
    return { contents: text.replace(from, () => to), loader: 'ts' }
  })),
})

export async function load(folder, parts, changes = []) {
  const dir = await mkdtemp(join(tmpdir(), 'yihu-verify-'))
  atEnd(() => rm(dir, { recursive: true, force: true }))
  const contents = parts.map((part) => `export * as ${part} from './${folder}/${part}.ts'`).join('\n')
  const out = await build({
    stdin: { contents, resolveDir: web, loader: 'ts' }, bundle: true, format: 'esm', platform: 'node', write: false, plugins: [altered(changes)],
  })
  const file = join(dir, 'bundle.mjs')
  await writeFile(file, out.outputFiles[0].contents)
  return import(file)
}
