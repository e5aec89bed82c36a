// SPDX-License-Identifier: Apache-2.0
// A log's origin (PROTOCOL §4): a host in lower case, perhaps a port, and a
// path, without a scheme.

const ORIGIN_BYTES_MAX = 200
const HOST_BYTES_MAX = 253
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${OCTET}(\\.${OCTET}){3}$`)
const SEGMENT = /^([\w.~!$&'()*,;=:@-]|%[\da-fA-F]{2})+$/

/** A name whose last label begins with a digit is an IPv4 address to a
 * browser: then only the full dotted form will do. */
function nameValid(host: string): boolean {
  const labels = host.split('.')
  const numeric = /^\d/.test(labels[labels.length - 1] ?? '')
  return host.length <= HOST_BYTES_MAX && labels.every((l) => LABEL.test(l)) && (!numeric || IPV4.test(host))
}

function ipv6Valid(inner: string): boolean {
  if (!/^[\da-f:.]{2,45}$/.test(inner)) return false
  try {
    return new URL(`http://[${inner}]/`).hostname !== ''
  } catch {
    return false
  }
}

function hostValid(hostPort: string): boolean {
  const m = /^(?:\[([^\]]*)\]|([^:[]*))(?::([1-9]\d{0,4}))?$/.exec(hostPort)
  if (m === null || Number(m[3] ?? 1) > 65535) return false
  return m[1] !== undefined ? ipv6Valid(m[1]) : nameValid(m[2] ?? '')
}

export function originValid(origin: string): boolean {
  const [host = '', ...segments] = origin.split('/')
  return (
    origin.length <= ORIGIN_BYTES_MAX &&
    hostValid(host) &&
    segments.every((s) => SEGMENT.test(s) && s !== '.' && s !== '..')
  )
}
