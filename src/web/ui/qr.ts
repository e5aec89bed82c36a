// SPDX-License-Identifier: Apache-2.0
// A QR code as an image, by lean-qr; nothing when the text is too long for one
// that a phone reads well (version 20 or so).
import { generate } from 'lean-qr'
import { h } from './dom.ts'
import { t } from './vote_words.ts'

const TEXT_MAX = 800
const MODULE_PX = 4
const QUIET = 4

export function qrImage(text: string, label: string): HTMLElement {
  if (text.length > TEXT_MAX) return h('p', {}, t('too-long-for-qr'))
  const code = generate(text)
  const side = (code.size + 2 * QUIET) * MODULE_PX
  const canvas = h('canvas', { width: side, height: side, role: 'img', 'aria-label': label, class: 'qr' })
  const draw = canvas.getContext('2d') as CanvasRenderingContext2D
  draw.fillStyle = '#fff'
  draw.fillRect(0, 0, side, side)
  draw.fillStyle = '#000'
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++)
      if (code.get(x, y)) draw.fillRect((x + QUIET) * MODULE_PX, (y + QUIET) * MODULE_PX, MODULE_PX, MODULE_PX)
  return canvas
}
