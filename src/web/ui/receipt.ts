// SPDX-License-Identifier: Apache-2.0
// The receipt, as a ticket on the page and the same as a picture: whose vote,
// when, its code, and the way to the public list. It cannot show a choice,
// because nothing of it comes in here.
import { generate } from 'lean-qr'
import { h } from './dom.ts'
import { community, title, type Election } from './election.ts'
import { letterNumber, when } from './i18n.ts'
import { qrImage } from './qr.ts'
import type { Proof } from './voting.ts'
import { t } from './vote_words.ts'

/** The public list, at this very ballot. */
const listAddress = (p: Proof): string => new URL(`board#${p.code}`, location.href).href

export function ticket(e: Election, serial: number, p: Proof): HTMLElement {
  return h(
    'div',
    { class: 'ticket' },
    h('p', { class: 'small' }, `${community(e)} · ${title(e)}`),
    h(
      'dl',
      {},
      h('dt', {}, t('letter-no')),
      h('dd', {}, letterNumber(serial)),
      h('dt', {}, t('recorded-at')),
      h('dd', {}, when(p.time)),
      h('dt', {}, t('ballot-code')),
      h('dd', { class: 'code' }, p.code),
    ),
    qrImage(listAddress(p), t('see-board')),
    h('p', { class: 'small' }, t('shows-nothing')),
  )
}

const WIDTH = 720
const MARGIN = 56
const FRAME = 16
const QR_SIDE = 260

interface Style {
  font: string
  height: number
  colour: string
}
const PLAIN: Style = { font: '28px sans-serif', height: 46, colour: '#16211f' }
const SOFT: Style = { ...PLAIN, colour: '#4a5654' }
const HEAD: Style = { font: 'bold 42px sans-serif', height: 70, colour: '#0d5c54' }
const LARGE: Style = { font: 'bold 40px monospace', height: 64, colour: '#16211f' }

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

function frame(draw: CanvasRenderingContext2D, height: number): void {
  draw.fillStyle = '#fff'
  draw.fillRect(0, 0, WIDTH, height)
  draw.strokeStyle = '#0d5c54'
  draw.lineWidth = 4
  draw.strokeRect(FRAME, FRAME, WIDTH - 2 * FRAME, height - 2 * FRAME)
}

function drawQr(draw: CanvasRenderingContext2D, text: string, top: number): void {
  const code = generate(text)
  const module = Math.floor(QR_SIDE / code.size)
  const left = Math.floor((WIDTH - module * code.size) / 2)
  draw.fillStyle = '#000'
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++)
      if (code.get(x, y)) draw.fillRect(left + x * module, top + y * module, module, module)
}

const textsOf = (e: Election, serial: number, p: Proof): [string, Style][] => [
  [t('recorded'), HEAD],
  [`${community(e)} · ${title(e)}`, SOFT],
  [t('letter', { n: letterNumber(serial) }), PLAIN],
  [when(p.time), PLAIN],
  [t('ballot-code'), SOFT],
  [p.code, LARGE],
  [t('shows-nothing'), SOFT],
  [t('receipt-list'), SOFT],
]

/** The same as a PNG: an address that a page of any policy may show, and that a long press saves. */
export function receiptImage(e: Election, serial: number, p: Proof): string {
  const canvas = h('canvas', { width: WIDTH, height: 1 })
  const draw = canvas.getContext('2d') as CanvasRenderingContext2D
  const lines = textsOf(e, serial, p).flatMap(([text, style]) => {
    draw.font = style.font
    return wrapped(draw, text).map((line) => ({ line, style }))
  })
  const text = lines.reduce((sum, l) => sum + l.style.height, MARGIN)
  canvas.height = text + 32 + QR_SIDE + MARGIN
  frame(draw, canvas.height)
  draw.direction = document.dir === 'rtl' ? 'rtl' : 'ltr'
  const x = draw.direction === 'rtl' ? WIDTH - MARGIN : MARGIN
  let y = MARGIN
  for (const { line, style } of lines) {
    y += style.height
    draw.font = style.font
    draw.fillStyle = style.colour
    draw.fillText(line, x, y - style.height / 4)
  }
  drawQr(draw, listAddress(p), y + 32)
  return canvas.toDataURL('image/png')
}
