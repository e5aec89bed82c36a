// SPDX-License-Identifier: Apache-2.0
// A client of types that a generator made of the description (openapi-typescript,
// which asks nobody): checked by TypeScript, then run.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folder } from './described.mjs'
import { atEnd } from '../browser/lib/tap.mjs'

const packages = process.env.YIHU_BROWSER
const ts = createRequire(join(packages, 'packages.js'))('typescript')
const CLIENT = 'client.ts'
const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  skipLibCheck: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
}

export class Generated {
  constructor() {
    this.dir = mkdtempSync(join(tmpdir(), 'yihu-api-'))
    atEnd(async () => rmSync(this.dir, { recursive: true, force: true }))
    const types = join(this.dir, 'openapi.d.ts')
    const generator = join(packages, 'node_modules/openapi-typescript/bin/cli.js')
    execFileSync(process.execPath, [generator, join(folder, 'openapi.json'), '-o', types], { stdio: 'pipe' })
    this.types = readFileSync(types, 'utf8')
    copyFileSync(join(process.env.YIHU_SOURCE, 'tests/api', CLIENT), join(this.dir, CLIENT))
    writeFileSync(join(this.dir, 'package.json'), '{"type":"module"}')
  }

  program() {
    return ts.createProgram([join(this.dir, CLIENT)], OPTIONS)
  }

  /** What TypeScript finds wrong with the client under these types, a line each. */
  faults(types = this.types) {
    writeFileSync(join(this.dir, 'openapi.d.ts'), types)
    return ts
      .getPreEmitDiagnostics(this.program())
      .map((d) => `${ts.flattenDiagnosticMessageText(d.messageText, ' ')} (${d.start})`)
  }

  async run() {
    const made = ts.transpileModule(readFileSync(join(this.dir, CLIENT), 'utf8'), { compilerOptions: OPTIONS })
    writeFileSync(join(this.dir, 'client.js'), made.outputText)
    return import(join(this.dir, 'client.js'))
  }
}
