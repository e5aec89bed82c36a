// SPDX-License-Identifier: Apache-2.0
// A bad line between browser and daemon: what `mode` says happens to the next
// `times` ballots that are sent; all else passes.
//   cut-request  the connection ends before the daemon has the ballot
//   cut-reply    the daemon has it; half of its answer arrives
// `hears` is told of every answer, as it came.
import http from 'node:http'
import net from 'node:net'
import { atEnd } from './tap.mjs'

export class Proxy {
  static async open(port) {
    const p = new Proxy()
    p.port = port
    p.mode = 'pass'
    p.times = 0
    p.hears = () => {}
    p.server = http.createServer((request, answer) => p.serve(request, answer))
    await new Promise((done) => p.server.listen(0, '127.0.0.1', done))
    p.url = `http://127.0.0.1:${p.server.address().port}`
    atEnd(async () => p.server.close())
    return p
  }

  next(mode, times = 1) {
    this.mode = mode
    this.times = times
  }

  serve(request, answer) {
    const bad = request.method === 'POST' && this.times > 0 ? (this.times--, this.mode) : 'pass'
    if (bad === 'cut-request') return void request.once('data', () => request.socket.destroy())
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => this.forward(request, Buffer.concat(chunks), answer, bad))
  }

  forward(request, body, answer, bad) {
    const { host, ...headers } = request.headers
    const onward = http.request(
      { host: '127.0.0.1', port: this.port, method: request.method, path: request.url, headers },
      (reply) => {
        const chunks = []
        reply.on('data', (chunk) => chunks.push(chunk))
        reply.on('end', () => {
          const all = Buffer.concat(chunks)
          this.hears(request, reply, all)
          answer.writeHead(reply.statusCode, { ...reply.headers, 'content-length': all.length })
          if (bad === 'cut-reply') answer.write(all.subarray(0, all.length / 2), () => request.socket.destroy())
          else answer.end(all)
        })
      },
    )
    onward.on('error', () => request.socket.destroy())
    onward.end(body)
  }
}

/** All bytes that browsers send, as they are on the wire. */
export async function recordWire(port) {
  const chunks = []
  const server = net.createServer((from) => {
    const to = net.connect(port, '127.0.0.1')
    from.on('data', (chunk) => chunks.push(chunk))
    from.on('error', () => to.destroy())
    to.on('error', () => from.destroy())
    from.pipe(to).pipe(from)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  atEnd(async () => server.close())
  return { url: `http://127.0.0.1:${server.address().port}`, bytes: () => Buffer.concat(chunks) }
}
