// SPDX-License-Identifier: Apache-2.0
// Asks the C (oracle.c): requests in, answers out, in order.
import { execFileSync } from 'node:child_process'

const bytesOf = (v) => (v === undefined ? null : new Uint8Array(Buffer.from(v, 'base64')))

export function ask(requests) {
  const lines = requests.map((r) =>
    JSON.stringify({
      ...r,
      text: undefined,
      bytes: r.bytes === undefined ? undefined : Buffer.from(r.bytes).toString('base64'),
    }),
  )
  const out = execFileSync(process.env.YIHU_ORACLE, { input: `${lines.join('\n')}\n`, maxBuffer: 1 << 30 })
    .toString()
    .trim()
    .split('\n')
  return out
    .map((line) => JSON.parse(line))
    .map((a) => ({ ...a, bytes: bytesOf(a.bytes), pb: bytesOf(a.pb), json: bytesOf(a.json) }))
}
