// SPDX-License-Identifier: Apache-2.0
// A public folder as the browser hands it over: dropped, or picked. Its files
// are read only when the audit asks for them.

export interface Folder {
  label: string
  files: Map<string, File>
}

/** As deep and as many as a public folder may be (PROTOCOL §1.7), and some more:
 * what is beyond that is nobody's public folder. */
const DEPTH_MAX = 16
const FILES_MAX = 1 << 20

export class TooMuch extends Error {}

/** The folder that was meant: the one dropped, or its folder "public", as in
 * the committee's own; both have charter and election.pb in them. */
function choose(label: string, files: Map<string, File>): Folder {
  const isPublic = (base: string): boolean => files.has(`${base}charter`) && files.has(`${base}election.pb`)
  const bases = [...files.keys()].map((name) => /^(.*\/)?public\/(?=charter$)/.exec(name)?.[0])
  const base = ['', ...bases].find((b) => b !== undefined && isPublic(b)) ?? ''
  const inside = [...files].filter(([name]) => name.startsWith(base)).map(([name, file]): [string, File] => [name.slice(base.length), file])
  return { label: base === '' ? label : `${label}/${base.slice(0, -1)}`, files: new Map(inside) }
}

/** As <input webkitdirectory> has it. */
export function pickedFolder(list: FileList): Folder {
  const files = new Map<string, File>()
  let label = ''
  for (const file of list) {
    const [root, ...rest] = file.webkitRelativePath.split('/')
    label = root ?? ''
    files.set(rest.join('/'), file)
  }
  return choose(label, files)
}

function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  return new Promise((done, fail) => {
    // Chromium gives a hundred at a time, and none at the end.
    const more = (): void => reader.readEntries((some) => {
      all.push(...some)
      if (some.length === 0) done(all)
      else more()
    }, fail)
    more()
  })
}

async function collect(entry: FileSystemEntry, name: string, depth: number, files: Map<string, File>): Promise<void> {
  if (depth > DEPTH_MAX || files.size > FILES_MAX) throw new TooMuch()
  if (entry.isDirectory)
    for (const child of await children(entry as FileSystemDirectoryEntry))
      await collect(child, name === '' ? child.name : `${name}/${child.name}`, depth + 1, files)
  else files.set(name, await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail)))
}

/** The folder that was dropped; null when it was none. The entries must be taken
 * from the event before anything else is waited for. */
export async function droppedFolder(event: DragEvent): Promise<Folder | null> {
  const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry())
  const root = entries.find((entry) => entry?.isDirectory === true)
  if (root === undefined || root === null) return null
  const files = new Map<string, File>()
  await collect(root, '', 0, files)
  return choose(root.name, files)
}
