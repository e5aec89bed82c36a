// SPDX-License-Identifier: Apache-2.0
// From the result that is open to objections to the final one (PROTOCOL §10.1):
// the notes `preliminary` and `final`, both by the issuer.
import { decimal, equal, Fault, time, under, unhex } from './bytes.ts'
import type { Charter } from './charter.ts'
import { requireSigners, splitNote } from './note.ts'

const PRELIMINARY_BYTES_MAX = 8 << 10
const FINAL_BYTES_MAX = 72 << 10

export interface Preliminary {
  /** SHA-256 of the text of the note `results` */
  results: Uint8Array
  made: number
  until: number
}
export interface Final {
  /** SHA-256 of the files */
  preliminary: Uint8Array
  resultsJson: Uint8Array
  made: number
  /** how many of the objections; any: there is a new vote */
  upheld: number
  filed: number
  answers: string[]
}

/** The lines of a note that the issuer alone has signed. */
function linesOf(bytes: Uint8Array, most: number, c: Charter): Lines {
  if (bytes.length > most) throw new Fault('too-big', 'no such statement is so large')
  const note = splitNote(bytes)
  requireSigners(note, [c.issuer])
  return new Lines(note.text)
}

class Lines {
  private readonly lines: string[]
  private at = 0
  constructor(text: string) {
    this.lines = text.split('\n')
    this.lines.pop() // the text ends with its last line
  }
  get left(): boolean {
    return this.at < this.lines.length
  }
  first(head: string, c: Charter): void {
    if (this.lines[this.at++] !== head) throw new Fault('version', `not ${head}`)
    if (!equal(this.value('eid', hash), c.eid)) throw new Fault('other-election', 'the statement of another election')
  }
  value<T>(key: string, read: (text: string) => T): T {
    const line = this.lines[this.at++] ?? ''
    const text = line.startsWith(`${key} `) ? line.slice(key.length + 1) : ''
    return under('format', () => {
      if (text === '') throw new Fault('format', `a line '${key}' is missing`)
      return read(text)
    })
  }
  /** The next line, as its key and what is behind it. */
  pair(): [string, string] {
    const [, key = '', text = ''] = /^([a-z]+) ([^\n]+)$/.exec(this.lines[this.at++] ?? '') ?? []
    return [key, text]
  }
}

const hash = (text: string): Uint8Array => unhex(text, 32)
export function parsePreliminary(bytes: Uint8Array, c: Charter): Preliminary {
  const lines = linesOf(bytes, PRELIMINARY_BYTES_MAX, c)
  lines.first('yihu-preliminary-v1', c)
  const p = {
    results: lines.value('results', hash),
    made: lines.value('made', time),
    until: lines.value('until', time),
  }
  if (lines.left) throw new Fault('format', 'the statement has more than five lines')
  if (p.made < c.closes) throw new Fault('time', 'the statement is from before the poll’s end')
  if (p.until <= p.made) throw new Fault('time', 'the statement leaves no time for objections')
  return p
}

function readAnswers(lines: Lines): string[] {
  const answers: string[] = []
  while (lines.left) {
    const [key, text] = lines.pair()
    const last = answers.length - 1
    if (key === 'answer') answers.push(text)
    else if (key === 'more' && last >= 0) answers[last] += `\n${text}`
    else throw new Fault('format', 'not an answer to an objection')
  }
  return answers
}

export function parseFinal(bytes: Uint8Array, c: Charter): Final {
  const lines = linesOf(bytes, FINAL_BYTES_MAX, c)
  lines.first('yihu-final-v1', c)
  const head = {
    preliminary: lines.value('preliminary', hash),
    resultsJson: lines.value('results.json', hash),
    made: lines.value('made', time),
    upheld: lines.value('upheld', decimal),
    filed: lines.value('filed', decimal),
  }
  const f = { ...head, answers: readAnswers(lines) }
  if (f.answers.length > f.filed) throw new Fault('format', 'more answers than objections')
  if (f.upheld > f.filed) throw new Fault('format', 'more objections are upheld than were filed')
  return f
}
