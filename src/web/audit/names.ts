// SPDX-License-Identifier: Apache-2.0
// What a name in the public folder stands for (PROTOCOL §11), and the names of
// a log's tiles (C2SP tlog-tiles). Names only.
import { decimal, Fault } from '../protocol/bytes.ts'
import { HOLDERS_MAX } from '../protocol/charter.ts'

export type Part =
  | 'definition'
  | 'charter'
  | 'picture'
  | 'register'
  | 'checkpoint'
  | 'at-close'
  | 'tile'
  | 'cancelled'
  | 'box'
  | 'mix'
  | 'opening'
  | 'results.pb'
  | 'results.json'
  | 'results'
  | 'preliminary'
  | 'final'
  | 'passed-over'
  | 'stray'

const FIXED = new Map<string, Part>([
  ['election.pb', 'definition'],
  ['charter', 'charter'],
  ['register', 'register'],
  ['log/checkpoint', 'checkpoint'],
  ['log/at-close', 'at-close'],
  ['cancelled', 'cancelled'],
  ['box', 'box'],
  ['results.pb', 'results.pb'],
  ['results.json', 'results.json'],
  ['results', 'results'],
  ['preliminary', 'preliminary'],
  ['final', 'final'],
])

/** With a number behind them, that of a key holder: each at most once, so 1 to 15. */
const NUMBERED = new Map<string, Part>([
  ['mix/', 'mix'],
  ['open/', 'opening'],
])
const TILES = 'log/tile/'
const SITE = 'site/'
const PICTURES = 'img/'

/** All names, as the C library's table spells them: # a number, * what is told elsewhere. */
export const PATTERNS = [
  ...FIXED.keys(),
  ...[...NUMBERED.keys()].map((folder) => `${folder}#`),
  `${PICTURES}*`,
  `${TILES}*`,
  `${SITE}*`,
]
export const FIXED_NAMES = [...FIXED.keys()]
/** Of an election with so many key holders. */
export const numberedNames = (holders: number): string[] =>
  [...NUMBERED.keys()].flatMap((folder) => Array.from({ length: holders }, (_, i) => `${folder}${i + 1}`))

export const TILE_WIDTH = 256
/** Level −1: the bundles of entries. */
export interface Tile {
  level: number
  index: number
  width: number
}
const LEVEL_MAX = 63
const INDEX_MAX = 2n ** 64n - 1n
const ENTRIES = -1

/** 1234067 is x001/x234/067. */
export function tileName(t: Tile): string {
  const digits = String(t.index).padStart(3 * Math.ceil(String(t.index).length / 3), '0')
  const groups = digits.match(/.../g) ?? []
  const path = groups.map((g, i) => (i < groups.length - 1 ? `x${g}` : g)).join('/')
  return `${TILES}${t.level === ENTRIES ? 'entries' : t.level}/${path}${t.width < TILE_WIDTH ? `.p/${t.width}` : ''}`
}

/** What it names, or null; only the one spelling passes. An index that no log
 * of ours reaches is rounded. */
export function tileOf(name: string): Tile | null {
  const m = /^log\/tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,6}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(name)
  if (m === null) return null
  const path = m[2] as string
  const level = m[1] === 'entries' ? ENTRIES : Number(m[1])
  const index = BigInt(path.replace(/\D/g, ''))
  const width = Number(m[3] ?? TILE_WIDTH)
  const sound =
    level <= LEVEL_MAX && index <= INDEX_MAX && !path.startsWith('x000') && (m[3] === undefined || width < TILE_WIDTH)
  return sound ? { level, index: Number(index), width } : null
}

/** How many things a tree of `size` has at a level of tiles. */
const levelSize = (level: number, size: number): number => (level <= 0 ? size : Math.floor(size / TILE_WIDTH ** level))

/** Is t one of the tiles that a tree of exactly `size` has? */
export function belongs(t: Tile, size: number): boolean {
  const n = levelSize(t.level, size)
  const full = Math.floor(n / TILE_WIDTH)
  return t.index < full ? t.width === TILE_WIDTH : t.index === full && t.width === n % TILE_WIDTH
}

/** All of them: bundles, then level 0 and up. */
export function* tilesOf(size: number): Generator<Tile> {
  for (let level = ENTRIES; levelSize(level, size) > 0; level++) {
    const n = levelSize(level, size)
    for (let index = 0; index * TILE_WIDTH < n; index++)
      yield { level, index, width: Math.min(TILE_WIDTH, n - index * TILE_WIDTH) }
  }
}

/** The bundle that entry `index` of `size` is in. */
export function bundleName(index: number, size: number): string {
  const bundle = Math.floor(index / TILE_WIDTH)
  return tileName({ level: ENTRIES, index: bundle, width: Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH) })
}
export const isBundle = (t: Tile): boolean => t.level === ENTRIES

/** Else 0. */
function numberOf(text: string): number {
  try {
    return decimal(text, HOLDERS_MAX)
  } catch (error) {
    if (error instanceof Fault) return 0
    throw error
  }
}

/** Pictures are called by their hash. */
export const pictureName = (hash: string): string => PICTURES + hash
const PICTURE = new RegExp(`^${PICTURES}[0-9a-f]{64}$`)

/** number is that of mix/k and open/j, else 0. */
export function partOf(name: string): { part: Part; number: number } {
  const fixed = FIXED.get(name)
  if (fixed !== undefined) return { part: fixed, number: 0 }
  if (name.startsWith('.') || name.includes('/.') || name.startsWith(SITE)) return { part: 'passed-over', number: 0 }
  for (const [folder, part] of NUMBERED) {
    const number = name.startsWith(folder) ? numberOf(name.slice(folder.length)) : 0
    if (number > 0) return { part, number }
  }
  if (PICTURE.test(name)) return { part: 'picture', number: 0 }
  return { part: tileOf(name) !== null ? 'tile' : 'stray', number: 0 }
}

/** What is there, by names alone. */
export interface Inventory {
  has(part: Part): boolean
  count(part: Part): number
  mixes: Set<number>
  openings: Set<number>
}
export function inventory(names: readonly string[]): Inventory {
  const counts = new Map<Part, number>()
  const [mixes, openings] = [new Set<number>(), new Set<number>()]
  for (const { part, number } of names.map(partOf)) {
    counts.set(part, (counts.get(part) ?? 0) + 1)
    if (part === 'mix') mixes.add(number)
    if (part === 'opening') openings.add(number)
  }
  const count = (part: Part): number => counts.get(part) ?? 0
  return { has: (part) => count(part) > 0, count, mixes, openings }
}
