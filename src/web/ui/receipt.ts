// SPDX-License-Identifier: Apache-2.0
// The receipt as a picture: code, time, place. It cannot show a choice,
// because nothing of it comes in here.
import { shortPrint } from '../protocol/charter.ts'
import { h } from './dom.ts'
import { title, type Election } from './election.ts'
import { letterNumber, t, when } from './i18n.ts'
import type { Proof } from './voting.ts'

const WIDTH = 720
const LINE = 52

function wrapped(draw: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const c of text) {
    if (draw.measureText(line + c).width > width) {
      lines.push(line)
      line = ''
    }
    line += c
  }
  return [...lines, line]
}

export async function receiptImage(e: Election, serial: number, p: Proof): Promise<Blob> {
  const canvas = h('canvas', { width: WIDTH, height: 10 })
  const draw = canvas.getContext('2d') as CanvasRenderingContext2D
  const font = '28px sans-serif'
  draw.font = font
  const texts = [
    title(e), `${t('letter', { n: letterNumber(serial) })} · ${t('recorded')}`, `${t('code')} ${p.code}`,
    `${t('time')} ${when(p.time)}`, `${t('place')} ${p.index}`, `${t('short-print')} ${shortPrint(e.charter.eid)}`, t('shows-nothing'),
  ]
  const lines = texts.flatMap((text) => wrapped(draw, text, WIDTH - 80))
  canvas.height = lines.length * LINE + 80
  draw.fillStyle = '#fff'
  draw.fillRect(0, 0, WIDTH, canvas.height)
  draw.fillStyle = '#111'
  draw.font = font
  lines.forEach((line, i) => draw.fillText(line, 40, 70 + i * LINE))
  return new Promise((done, fail) => canvas.toBlob((b) => (b === null ? fail(new Error('no image')) : done(b)), 'image/png'))
}
