// SPDX-License-Identifier: Apache-2.0
// The pages' own modules, bundled for Node.js: load('count', 'definition')
// gives those of src/web/count. With `changes`, [file, from, to], of altered
// sources; a file is named as from src/web.
import { createRequire } from 'node:module'
import { webcrypto } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from '../../browser/lib/tap.mjs'

const web = process.env.YIHU_WEB
globalThis.crypto ??= webcrypto // libsodium's; Node.js 18 has none
const { build } = createRequire(join(web, 'package.json'))('esbuild')

/** Finds source text however the formatter has broken its lines. */
function laidOut(from) {
  const literal = from.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const loose = literal
    .replace(/\s+/g, '\\s+')
    .replace(/\\[([{](?=.)/g, '$&\\s*')
    .replace(/\\[)\]}]/g, ',?\\s*$&')
  return new RegExp(loose, 'g')
}

function alter(text, changes) {
  for (const [file, from, to] of changes) {
    const found = text.match(laidOut(from))
    if (found?.length !== 1) throw new Error(`${file} has not one '${from}'`)
    text = text.replace(found[0], () => to)
  }
  return text
}

/** `done` gets the files that were met. */
const altered = (changes, done) => ({
  name: 'altered',
  setup: (b) =>
    new Set(changes.map(([file]) => file)).forEach((file) =>
      b.onLoad({ filter: new RegExp(`/${file}$`) }, async ({ path }) => {
        done.add(file)
        return {
          contents: alter(
            await readFile(path, 'utf8'),
            changes.filter((change) => change[0] === file),
          ),
          loader: 'ts',
        }
      }),
    ),
})

export async function load(folder, parts, changes = []) {
  const dir = await mkdtemp(join(tmpdir(), 'yihu-verify-'))
  atEnd(() => rm(dir, { recursive: true, force: true }))
  const contents = parts.map((part) => `export * as ${part} from './${folder}/${part}.ts'`).join('\n')
  const done = new Set()
  const out = await build({
    stdin: { contents, resolveDir: web, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    plugins: [altered(changes, done)],
  })
  for (const [file] of changes) if (!done.has(file)) throw new Error(`${file} is not part of ${folder}`)
  const file = join(dir, 'bundle.mjs')
  await writeFile(file, out.outputFiles[0].contents)
  return import(file)
}
