// SPDX-License-Identifier: Apache-2.0
// A plain web host.
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import { extname, join, normalize } from 'node:path'
import { atEnd } from './tap.mjs'

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' }

/** A web host that knows nothing: files below root, under a path of its own. */
export async function plainHost(root) {
  const asked = []
  const server = http.createServer(async (request, answer) => {
    const path = normalize(new URL(request.url, 'http://host').pathname)
    asked.push(path)
    try {
      const bytes = await readFile(join(root, path.replace(/^\/community/, '')))
      answer.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(bytes)
    } catch {
      answer.writeHead(404).end()
    }
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  atEnd(async () => server.close())
  return { url: `http://127.0.0.1:${server.address().port}`, asked }
}
