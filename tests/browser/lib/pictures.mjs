// SPDX-License-Identifier: Apache-2.0
// Codes as cameras see them.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The codes that zbarimg reads in a picture file. */
export async function readCodes(file) {
  return (await run('zbarimg', ['--quiet', '--nodbus', '--raw', '-Sdisable', '-Sqrcode.enable', file])).stdout
    .trim()
    .split('\n')
}

/** The code on a page's screenshot, as a second device sees it. */
export async function photograph(page, file) {
  await page.screenshot({ path: file, fullPage: true })
  const codes = await readCodes(file)
  if (codes.length !== 1) throw new Error(`${codes.length} codes on the page`)
  return codes[0]
}

const WIDTH = 1280
const HEIGHT = 720

/** RGBA of the picture held before a camera: turned, out of focus, in bad light. */
function hold([source, width, height]) {
  return new Promise((done, fail) => {
    const image = new Image()
    image.onerror = fail
    image.onload = () => {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width, height })
      const draw = canvas.getContext('2d')
      draw.fillStyle = '#8a857c'
      draw.fillRect(0, 0, width, height)
      draw.filter = 'blur(1.2px)'
      draw.translate(width / 2 + 40, height / 2 - 15)
      draw.rotate(0.13)
      const side = height * 0.62
      draw.drawImage(image, -side / 2, -side / 2, side, side)
      draw.resetTransform()
      draw.filter = 'none'
      const light = draw.createLinearGradient(0, 0, width, height)
      light.addColorStop(0, 'rgba(0,0,0,0.45)')
      light.addColorStop(1, 'rgba(255,250,220,0.25)')
      draw.fillStyle = light
      draw.fillRect(0, 0, width, height)
      const { data } = draw.getImageData(0, 0, width, height)
      let text = ''
      for (let i = 0; i < data.length; i += 4) text += String.fromCharCode(data[i], data[i + 1], data[i + 2])
      done(btoa(text))
    }
    image.src = source
  })
}

/** A film of one still for Chromium's fake camera, drawn on a page of its own. */
export async function film(browser, png, file) {
  const page = await browser.newPage()
  const source = `data:image/png;base64,${(await readFile(png)).toString('base64')}`
  const rgb = Buffer.from(await page.evaluate(hold, [source, WIDTH, HEIGHT]), 'base64')
  await page.close()
  const luma = Buffer.alloc(WIDTH * HEIGHT)
  for (let i = 0; i < luma.length; i++) {
    const noise = ((i * 2654435761) >>> 28) - 8
    const y = 16 + (66 * rgb[3 * i] + 129 * rgb[3 * i + 1] + 25 * rgb[3 * i + 2]) / 256
    luma[i] = Math.max(16, Math.min(235, y + noise))
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)])
  await writeFile(
    file,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`), frame, frame]),
  )
}
