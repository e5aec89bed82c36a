// SPDX-License-Identifier: Apache-2.0
// The pages' own protocol code, bundled for Node.js.
import { createRequire } from 'node:module'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { webcrypto } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from './tap.mjs'

const web = process.env.YIHU_WEB
const { build } = createRequire(join(web, 'package.json'))('esbuild')
globalThis.crypto ??= webcrypto

const PARTS = [
  'ballot',
  'bytes',
  'charter',
  'definition',
  'ed25519',
  'group',
  'log',
  'opened',
  'proof_of_work',
  'token',
]

export async function loadProtocol() {
  const dir = await mkdtemp(join(tmpdir(), 'yihu-protocol-'))
  atEnd(() => rm(dir, { recursive: true, force: true }))
  const contents = PARTS.map((part) => `export * as ${part} from './protocol/${part}.ts'`).join('\n')
  const out = await build({
    stdin: { contents, resolveDir: web, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  const file = join(dir, 'protocol.mjs')
  await writeFile(file, out.outputFiles[0].contents)
  return import(file)
}

/** A page's script built from changed sources: `changes` is [file, from, to]. */
export async function alteredPage(page, changes) {
  const alter = {
    name: 'alter',
    setup: (b) =>
      changes.forEach(([file, from, to]) =>
        b.onLoad({ filter: new RegExp(`/${file}$`) }, async ({ path }) => {
          const { readFile } = await import('node:fs/promises')
          const text = await readFile(path, 'utf8')
          if (!text.includes(from)) throw new Error(`${file} has no '${from}'`)
          return { contents: text.replace(from, to), loader: 'ts' }
        }),
      ),
  }
  const out = await build({
    entryPoints: [join(web, 'pages', `${page}.ts`)],
    bundle: true,
    format: 'esm',
    write: false,
    plugins: [alter],
  })
  return Buffer.from(out.outputFiles[0].contents)
}
