// SPDX-License-Identifier: Apache-2.0
// The receipt as a picture: code, time, place. It cannot show a choice,
// because nothing of it comes in here.
import { shortPrint } from '../protocol/charter.ts'
import { h } from './dom.ts'
import { title, type Election } from './election.ts'
import { letterNumber, t, when } from './i18n.ts'
import type { Proof } from './voting.ts'

const WIDTH = 720
const MARGIN = 40
const PLAIN = { font: '28px sans-serif', height: 48 }
const LARGE = { font: 'bold 40px sans-serif', height: 64 }

type Style = typeof PLAIN

/** Lines of a text: broken at spaces, and between any two signs where there is none. */
function wrapped(draw: CanvasRenderingContext2D, text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const c of text) {
    if (draw.measureText(line + c).width > WIDTH - 2 * MARGIN) {
      const cut = line.lastIndexOf(' ') + 1 || line.length
      lines.push(line.slice(0, cut))
      line = line.slice(cut)
    }
    line += c
  }
  return [...lines, line]
}

export async function receiptImage(e: Election, serial: number, p: Proof): Promise<Blob> {
  const canvas = h('canvas', { width: WIDTH, height: 1 })
  const draw = canvas.getContext('2d') as CanvasRenderingContext2D
  const texts: [string, Style][] = [
    [title(e), PLAIN],
    [`${t('letter', { n: letterNumber(serial) })} · ${t('recorded')}`, LARGE],
    [t('code'), PLAIN],
    [p.code, LARGE],
    [`${t('time')} ${when(p.time)}`, PLAIN],
    [`${t('place')} ${p.index}`, PLAIN],
    [t('short-print'), PLAIN],
    [shortPrint(e.charter.eid), PLAIN],
    [t('shows-nothing'), PLAIN],
  ]
  const lines = texts.flatMap(([text, style]) => {
    draw.font = style.font
    return wrapped(draw, text).map((line) => ({ line, style }))
  })
  canvas.height = lines.reduce((sum, l) => sum + l.style.height, 2 * MARGIN)
  draw.fillStyle = '#fff'
  draw.fillRect(0, 0, WIDTH, canvas.height)
  draw.fillStyle = '#111'
  draw.direction = document.dir === 'rtl' ? 'rtl' : 'ltr'
  const x = draw.direction === 'rtl' ? WIDTH - MARGIN : MARGIN
  let y = MARGIN
  for (const { line, style } of lines) {
    y += style.height
    draw.font = style.font
    draw.fillText(line, x, y - style.height / 4)
  }
  return new Promise((done, fail) =>
    canvas.toBlob((b) => (b === null ? fail(new Error('no image')) : done(b)), 'image/png'),
  )
}
