// SPDX-License-Identifier: Apache-2.0
// What src/countd/openapi.json says of a call, and whether an answer is that: no
// status, no error and no field of the daemon's may be missing there.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.env.YIHU_BROWSER, 'packages.js'))
const { Ajv2020 } = require('ajv/dist/2020')

export const folder = join(process.env.YIHU_SOURCE, 'src/countd')
const parse = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
const OPENAPI = 'openapi.json'
const RESULTS = 'results.schema.json'
const METHODS = ['get', 'post']

/** What may stand in a parameter's place. */
function patternOf({ schema }) {
  if (schema.pattern !== undefined) return schema.pattern.replace(/^\^|\$$/g, '')
  return schema.type === 'integer' ? '[0-9]+' : '[^/]+'
}

export class Description {
  constructor() {
    this.api = parse(OPENAPI)
    this.results = parse(RESULTS)
    this.ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false })
    for (const key of Object.keys(this.api)) this.ajv.addKeyword(key)
    this.ajv.addSchema(this.results, RESULTS)
    this.ajv.addSchema(this.api, OPENAPI)
    this.seen = new Set()
    this.operations = Object.entries(this.api.paths)
      .flatMap(([path, item]) => METHODS.filter((m) => m in item).map((method) => this.operation(method, path)))
      .sort((a, b) => a.parameters.length - b.parameters.length)
  }

  operation(method, path) {
    const is = this.api.paths[path][method]
    const parameters = (is.parameters ?? []).map((p) => this.follow(p).at)
    const at = (name) => patternOf(parameters.find((p) => p.in === 'path' && p.name === name))
    const literal = (text) => text.replace(/[.]/g, '\\.')
    const pattern = path.split(/\{(\w+)\}/).map((part, i) => (i % 2 ? `(?:${at(part)})` : literal(part)))
    return { method, path, id: is.operationId, is, parameters, pattern: new RegExp(`^${pattern.join('')}$`) }
  }

  /** What stands there, and where that is. */
  follow(at, pointer = '') {
    if (at.$ref === undefined) return { at, pointer }
    const found = at.$ref.split('/').slice(1)
    return { at: found.reduce((value, key) => value[key], this.api), pointer: at.$ref }
  }

  /** The calls of a path: the most exact ones. */
  callsAt(path) {
    const all = this.operations.filter((o) => o.pattern.test(path))
    return all.filter((o) => o.path === all[0].path)
  }

  response(call, status) {
    const direct = call.is.responses[status]
    assert.ok(direct, `${call.id} answers ${status}, which is not described`)
    const own = `#/paths/${call.path.replaceAll('~', '~0').replaceAll('/', '~1')}/${call.method}/responses/${status}`
    return this.follow(direct, own)
  }

  /** Where the schema of a call's answer is. */
  schemaOf(pointer, type) {
    return { $ref: `${OPENAPI}${pointer}/content/${type.replaceAll('/', '~1')}/schema` }
  }

  /** Throws unless the value is of the schema. */
  require(schema, value, what) {
    const valid = this.ajv.validate(schema, value)
    assert.ok(valid, `${what}: ${JSON.stringify(this.ajv.errors, null, 1)} in ${JSON.stringify(value).slice(0, 2000)}`)
  }

  requireResults(text) {
    this.require({ $ref: RESULTS }, JSON.parse(text), 'results.json')
  }

  /** Throws unless this answer is described; remembers that it was seen. */
  requireAnswer(method, path, { status, headers, body }) {
    const calls = this.callsAt(path)
    const asked = method === 'HEAD' ? 'get' : method.toLowerCase()
    const call = calls.find((c) => c.method === asked)
    if (call === undefined) return this.requireRefusal(calls, status, headers, body)
    const { at, pointer } = this.response(call, status)
    for (const [name, header] of Object.entries(at.headers ?? {})) {
      const said = this.follow(header).at
      if (said.required) assert.ok(headers[name.toLowerCase()], `${call.id} ${status} without ${name}`)
    }
    if (body.length > 0) this.requireBody(call, status, at, pointer, headers['content-type'], body)
    this.seen.add(`${call.id} ${status}`)
  }

  requireBody(call, status, at, pointer, given, body) {
    const [type] = (given ?? '').split(';')
    const described = at.content ?? {}
    assert.ok(type in described || '*/*' in described, `${call.id} answers ${status} with ${type}`)
    const schema = this.schemaOf(pointer, type)
    if (described[type]?.schema === undefined) return
    const text = body.toString()
    this.require(schema, type === 'application/json' ? JSON.parse(text) : text, `${call.id} ${status}`)
  }

  /** Nothing at that path, or not by that method. */
  requireRefusal(calls, status, headers, body) {
    const allowed = calls.map((c) => (c.method === 'get' ? 'GET, HEAD' : c.method.toUpperCase()))
    assert.equal(status, calls.length > 0 ? 405 : 404)
    if (calls.length > 0) assert.equal(headers.allow, allowed.join(', '))
    if (body.length === 0) return
    this.require({ $ref: `${OPENAPI}#/components/schemas/Refusal` }, JSON.parse(body), `${status}`)
  }

  /** The errors that a call can answer with a status; null: any. */
  errorsOf(call, status) {
    const { at } = this.response(call, status)
    const found = new Set()
    const walk = (schema) => {
      const is = this.follow(schema).at
      const error = is.properties?.error
      if (error?.enum !== undefined) for (const slug of error.enum) found.add(slug)
      if (error?.const !== undefined) found.add(error.const)
      for (const part of [...(is.allOf ?? []), ...(is.anyOf ?? [])]) walk(part)
    }
    walk(at.content['application/json'].schema)
    return found.size > 0 ? [...found].sort() : null
  }
}
