// SPDX-License-Identifier: Apache-2.0
// The log's files: exactly the tiles of its size, the entries taken from the
// bundles, and every hash tile recomputed from them (PROTOCOL §7, §11).
//
// The size is the signed checkpoint's. Where that is broken, which is the next
// check's matter, it is what the bundles' names say.
import { equal, Fault } from '../protocol/bytes.ts'
import { leafHash, parseCheckpoint, type Checkpoint } from '../protocol/log.ts'
import { Tree } from './merkle.ts'
import { belongs, bundleName, isBundle, tileName, tileOf, tilesOf, TILE_WIDTH, type Tile } from './names.ts'
import { at } from './sodium.ts'
import type { Work } from './work.ts'

const NODE_BYTES = 32

function sizeByNames(w: Work): number {
  const bundles = w.names.map(tileOf).filter((t): t is Tile => t !== null && isBundle(t) && t.index <= w.names.length)
  return bundles.reduce((size, t) => Math.max(size, t.index * TILE_WIDTH + t.width), 0)
}

/** The log's own word for its size and root, or null. */
async function signedCheckpoint(w: Work): Promise<Checkpoint | null> {
  const file = await w.file('log/checkpoint')
  if (file === null || w.charter === null) return null
  try {
    return parseCheckpoint(file, w.charter.log)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

function findStrays(w: Work, size: number): void {
  for (const name of w.names) {
    const t = tileOf(name)
    if (t !== null && !belongs(t, size))
      w.fault('tiles', 'stray-file', name, `a log of ${size} entries has no such file`)
  }
}

/** All of them as they are, by name; null when one is missing. */
async function readTiles(w: Work, size: number): Promise<Map<string, Uint8Array> | null> {
  const files = new Map<string, Uint8Array>()
  for (const t of tilesOf(size)) {
    const name = tileName(t)
    const file = await w.file(name)
    if (file === null) w.fault('tiles', 'missing-file', name, 'this file of the log is missing')
    else files.set(name, file)
    w.progress('tiles', files.size, w.inventory.count('tile'))
  }
  return w.faults.some((f) => f.check === 'tiles' && f.code === 'missing-file') ? null : files
}

/** The entries of one bundle: be16 length and bytes, `width` times. */
function readBundle(bundle: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = []
  let from = 0
  while (entries.length < width) {
    const length = ((bundle[from] ?? 0) << 8) | (bundle[from + 1] ?? 0)
    if (from + 2 + length > bundle.length) throw new Fault('format', `it ends within its entry ${entries.length}`)
    entries.push(bundle.subarray(from + 2, from + 2 + length))
    from += 2 + length
  }
  if (from !== bundle.length) throw new Fault('trailing', `it holds more than its ${width} entries`)
  return entries
}

function readEntries(w: Work, files: Map<string, Uint8Array>, size: number): Uint8Array[] | null {
  const all: Uint8Array[][] = []
  for (const t of [...tilesOf(size)].filter(isBundle)) {
    const name = tileName(t)
    const entries = w.guard('tiles', name, () => readBundle(files.get(name) as Uint8Array, t.width))
    if (entries === null) return null
    all.push(entries)
  }
  return all.flat()
}

/** The tree of level 0's hashes as they stand, when the log signed its root,
 * else null: when a bundle and its hash tile disagree, the signature says
 * which of the two is wrong. */
async function signedTree(w: Work, files: Map<string, Uint8Array>, size: number): Promise<Tree | null> {
  const c = await signedCheckpoint(w)
  if (c === null || c.size !== size) return null
  const tree = new Tree()
  for (const t of [...tilesOf(size)].filter(({ level }) => level === 0)) {
    const file = files.get(tileName(t)) as Uint8Array
    if (file.length !== t.width * NODE_BYTES) return null
    for (let i = 0; i < t.width; i++) tree.append(at(file, i))
  }
  return equal(tree.root(), c.root) ? tree : null
}

function compareEntries(w: Work, entries: Tree, must: Tree): boolean {
  for (let i = 0; i < must.size; i++) {
    if (equal(entries.node(0, i), must.node(0, i))) continue
    w.fault('tiles', 'entry', bundleName(i, must.size), `entry ${i} is not the one in the log’s signed tree`, i)
    return false
  }
  return true
}

/** The index of the first byte that differs; −1 for none. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return i
  return a.length === b.length ? -1 : n
}

function tileHashes(tree: Tree, t: Tile): Uint8Array {
  const out = new Uint8Array(t.width * NODE_BYTES)
  for (let i = 0; i < t.width; i++) out.set(tree.node(8 * t.level, t.index * TILE_WIDTH + i), i * NODE_BYTES)
  return out
}

/** Every hash tile is what the tree gives. */
function compareTiles(w: Work, files: Map<string, Uint8Array>, must: Tree): boolean {
  let same = true
  for (const t of tilesOf(must.size)) {
    if (isBundle(t)) continue
    const name = tileName(t)
    const byte = firstDifference(files.get(name) as Uint8Array, tileHashes(must, t))
    if (byte < 0) continue
    same = false
    w.fault('tiles', 'tree', name, `its hash ${Math.floor(byte / NODE_BYTES)} is not the one that the entries give`)
  }
  return same
}

async function readLog(w: Work, size: number): Promise<void> {
  // It keeps a size that somebody wrote from making us look for a million million tiles.
  if (size > (w.names.length + 1) * TILE_WIDTH)
    return w.fault(
      'tiles',
      'missing-file',
      'log/checkpoint',
      `it is of ${size} entries, more than the files here can hold`,
    )
  findStrays(w, size)
  const files = await readTiles(w, size)
  const entries = files === null ? null : readEntries(w, files, size)
  if (files === null || entries === null) return
  w.entries = entries
  const tree = new Tree(entries.map(leafHash))
  const must = await signedTree(w, files, size)
  const entriesSame = must === null || compareEntries(w, tree, must)
  if (compareTiles(w, files, must ?? tree) && entriesSame) w.tree = tree
}

export async function checkTiles(w: Work): Promise<void> {
  if (!w.inventory.has('checkpoint') && !w.inventory.has('tile')) return w.skip('tiles')
  const size = (await signedCheckpoint(w))?.size ?? sizeByNames(w)
  await readLog(w, size)
  w.step('tiles', w.inventory.count('tile'))
}
