// SPDX-License-Identifier: Apache-2.0
//
// How bad a print or a camera may be: letters are rendered, spoilt in six ways
// by six steps each, and read once with zbar and once with zxing. Prints the
// table; fails when one of a row's mildest four steps reads fewer than 99 in 100.
//
//   [YIHU_WEB=build/src/web/work] node tests/print/degrade.mjs ELECTION_FOLDER [LETTERS (100)]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

// Where the pages were built, with the reader that the count desk uses.
const web = resolve(process.env.YIHU_WEB ?? 'build/src/web/work')
const reader = join(web, 'node_modules/zxing-wasm/dist')
const { prepareZXingModule, readBarcodes } = await import(pathToFileURL(join(reader, 'es/reader/index.js')))
const DPI = 200
const CODE = { x: 12, y: 108, side: 56, inset: 8 } // mm of the letter page; so much paper is around it
const MODULE = (18 * 25.4) / 600,
  MODULES = 45,
  QUIET = 4,
  MARK = 8 // version 7; a corner mark with its white edge
const [folder, wanted = '100'] = process.argv.slice(2)
const work = mkdtempSync(join(tmpdir(), 'degrade-'))

// The same spoiling in every run.
let seed = 1
const random = () => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
  return (seed >>> 8) / 2 ** 24
}
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

function readPgm(path) {
  const bytes = readFileSync(path)
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))
  return { w: +head[1], h: +head[2], px: Float32Array.from(bytes.subarray(head[0].length)) }
}
const make = (w, h, at) => {
  const px = new Float32Array(w * h)
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) px[y * w + x] = at(x, y)
  return { w, h, px }
}
const pixel = (i, x, y) => (x < 0 || y < 0 || x >= i.w || y >= i.h ? 255 : i.px[y * i.w + x])
function between(i, x, y) {
  const x0 = Math.floor(x),
    y0 = Math.floor(y),
    u = x - x0,
    v = y - y0
  return (
    (pixel(i, x0, y0) * (1 - u) + pixel(i, x0 + 1, y0) * u) * (1 - v) +
    (pixel(i, x0, y0 + 1) * (1 - u) + pixel(i, x0 + 1, y0 + 1) * u) * v
  )
}
function crop(page) {
  const mm = DPI / 25.4,
    side = Math.round(CODE.side * mm)
  return make(side, side, (x, y) => pixel(page, x + Math.round(CODE.x * mm), y + Math.round(CODE.y * mm)))
}

function blur(i, sigma) {
  const r = Math.ceil(3 * sigma),
    k = Array.from({ length: 2 * r + 1 }, (_, j) => Math.exp(-((j - r) ** 2) / (2 * sigma ** 2)))
  const sum = k.reduce((a, b) => a + b)
  const pass = (s, dx, dy) =>
    make(s.w, s.h, (x, y) => k.reduce((t, f, j) => t + f * pixel(s, x + (j - r) * dx, y + (j - r) * dy), 0) / sum)
  return pass(pass(i, 1, 0), 0, 1)
}
const noise = (i, sigma) => make(i.w, i.h, (x, y) => pixel(i, x, y) + sigma * normal())
function rotate(i, degrees) {
  const a = (degrees * Math.PI) / 180,
    c = i.w / 2
  return make(i.w, i.h, (x, y) =>
    between(i, c + (x - c) * Math.cos(a) - (y - c) * Math.sin(a), c + (x - c) * Math.sin(a) + (y - c) * Math.cos(a)),
  )
}
// Three drops, of ink or where toner is missing, over so much of the code. They
// leave the corner marks alone when `beside`: a reader needs all three of these,
// and no error correction covers them.
function blotch(i, percent, beside) {
  const mm = DPI / 25.4,
    from = QUIET * MODULE * mm + CODE.inset * mm,
    side = MODULES * MODULE * mm
  const r = side * Math.sqrt(percent / 100 / 3 / Math.PI),
    mark = MARK * MODULE * mm
  const out = make(i.w, i.h, (x, y) => pixel(i, x, y))
  const near = (at, low) => (low ? at - r < mark : at + r > side - mark)
  for (let drops = 0; drops < 3; ) {
    const u = random() * side,
      v = random() * side,
      ink = random() < 0.5 ? 0 : 255
    const marks = [
      [true, true],
      [false, true],
      [true, false],
    ]
    if (beside && marks.some(([left, top]) => near(u, left) && near(v, top))) continue
    drops++
    for (let y = Math.floor(v - r); y <= v + r; y++)
      for (let x = Math.floor(u - r); x <= u + r; x++)
        if ((x - u) ** 2 + (y - v) ** 2 <= r * r) out.px[Math.round(y + from) * i.w + Math.round(x + from)] = ink
  }
  return out
}
// A lamp on one side: so much less light on the other.
const light = (i, percent) => make(i.w, i.h, (x, y) => pixel(i, x, y) * (1 - ((percent / 100) * (x + y)) / (i.w + i.h)))
function coarse(i, dpi) {
  const f = DPI / dpi,
    w = Math.floor(i.w / f)
  return make(w, w, (x, y) => {
    let sum = 0
    for (let v = 0; v < 4; v++)
      for (let u = 0; u < 4; u++) sum += between(i, (x + (u + 0.5) / 4) * f - 0.5, (y + (v + 0.5) / 4) * f - 0.5)
    return sum / 16
  })
}
const WAYS = [
  ['blur (σ, mm)', [0.05, 0.1, 0.2, 0.3, 0.35, 0.4], (i, s) => blur(i, (s * DPI) / 25.4)],
  ['noise (σ of 255)', [5, 10, 15, 20, 30, 50], noise],
  ['rotation (°)', [3, 6, 10, 15, 25, 40], rotate],
  ['blotches (%)', [0.5, 1, 2, 3, 5, 8], (i, s) => blotch(i, s, true)],
  ['uneven light (%)', [25, 50, 65, 80, 88, 94], light],
  ['resolution (dpi)', [150, 130, 115, 100, 85, 70], coarse],
]
// Shown, and not asked for: no reader finds a code whose corner mark is gone.
const BEYOND = ['… corner marks too', [0.5, 1, 2, 3, 5, 8], (i, s) => blotch(i, s, false)]

const clamp = (i) => Uint8Array.from(i.px, (v) => (v < 0 ? 0 : v > 255 ? 255 : Math.round(v)))
function zbar(images, tokens) {
  const files = images.map((i, n) => {
    const path = join(work, `s${n}.pgm`)
    writeFileSync(path, Buffer.concat([Buffer.from(`P5\n${i.w} ${i.h}\n255\n`), clamp(i)]))
    return path
  })
  let out = ''
  try {
    out = execFileSync('zbarimg', ['--quiet', '--nodbus', '--raw', '-Sdisable', '-Sqrcode.enable', ...files], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString()
  } catch (e) {
    out = e.stdout?.toString() ?? '' // status 4: some were not read
  }
  const read = out.split('\n').filter((l) => l !== '')
  if (read.some((l) => !tokens.includes(l))) throw new Error('zbar read another code')
  return new Set(read).size
}
async function zxing(images, tokens) {
  let n = 0
  for (const [k, i] of images.entries()) {
    const data = new Uint8ClampedArray(i.w * i.h * 4).fill(255)
    clamp(i).forEach((v, j) => data.fill(v, 4 * j, 4 * j + 3))
    const found = await readBarcodes({ data, width: i.w, height: i.h, colorSpace: 'srgb' }, { formats: ['QRCode'] })
    const text = found.find((f) => f.isValid)?.text
    if (text !== undefined && text !== tokens[k]) throw new Error('zxing read another code')
    n += text !== undefined
  }
  return n
}

prepareZXingModule({ overrides: { wasmBinary: readFileSync(join(reader, 'reader/zxing_reader.wasm')) } })
const listed = new Set(
  readFileSync(join(folder, 'letters/list.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((l) => l.split(',').at(-2).replace(/["\t]/g, '')),
)
const images = [],
  tokens = []
for (const pdf of readdirSync(join(folder, 'letters/pdf')).sort()) {
  if (images.length >= +wanted) break
  execFileSync('pdftoppm', [
    '-r',
    String(DPI),
    '-gray',
    '-e', // behind the cover, each with one sheet of slip
    '-l',
    String(2 * wanted + 1),
    join(folder, 'letters/pdf', pdf),
    join(work, 'p'),
  ])
  for (const page of readdirSync(work)
    .filter((f) => f.startsWith('p'))
    .sort()) {
    const image = crop(readPgm(join(work, page)))
    rmSync(join(work, page))
    const data = new Uint8ClampedArray(image.w * image.h * 4).fill(255)
    clamp(image).forEach((v, j) => data.fill(v, 4 * j, 4 * j + 3))
    const text = (
      await readBarcodes({ data, width: image.w, height: image.h, colorSpace: 'srgb' }, { formats: ['QRCode'] })
    )[0]?.text
    if (!listed.has(text)) throw new Error(`${pdf}: a page without a code of the list`)
    if (images.length < +wanted) (images.push(image), tokens.push(text))
  }
}
let bad = 0
console.log(`${images.length} letters at ${DPI} dpi; read of 100, zbar / zxing`)
for (const [name, steps, spoil] of [...WAYS, BEYOND]) {
  const cells = []
  for (const [k, step] of steps.entries()) {
    const spoilt = images.map((i) => spoil(i, step))
    const percent = [zbar(spoilt, tokens), await zxing(spoilt, tokens)].map((n) =>
      Math.floor((100 * n) / images.length),
    )
    if (k < 4 && name !== BEYOND[0] && Math.min(...percent) < 99) bad++
    cells.push(`${step}: ${percent.join('/')}`.padEnd(15))
  }
  console.log(`${name.padEnd(20)}${cells.join(' ')}`)
}
rmSync(work, { recursive: true })
if (bad > 0) {
  console.log(`${bad} of the mildest steps read fewer than 99 in 100`)
  process.exit(1)
}
