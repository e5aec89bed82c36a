// SPDX-License-Identifier: Apache-2.0
// A public folder as the browser hands it over: dropped, or picked. Its files
// are read only when the audit asks for them.

type Files = Map<string, File>

export interface Folder {
  label: string
  files: Files
}

/** As deep and as many as a public folder may be (PROTOCOL §1.7), and some more:
 * what is beyond that is nobody's public folder. */
const DEPTH_MAX = 16
const FILES_MAX = 1 << 20

/** The folder that was meant: the one dropped, or its folder "public", as in
 * the committee's own; both have charter and election.pb in them. */
function choose(label: string, files: Files): Folder {
  const isPublic = (base: string): boolean => files.has(`${base}charter`) && files.has(`${base}election.pb`)
  const bases = [...files.keys()].map((name) => /^(.*\/)?public\/(?=charter$)/.exec(name)?.[0])
  const base = ['', ...bases].find((b) => b !== undefined && isPublic(b)) ?? ''
  const inside = [...files]
    .filter(([name]) => name.startsWith(base))
    .map(([name, file]): [string, File] => [name.slice(base.length), file])
  return { label: base === '' ? label : `${label}/${base.slice(0, -1)}`, files: new Map(inside) }
}

/** As <input webkitdirectory> has it. */
export function pickedFolder(list: FileList): Folder {
  const files: Files = new Map()
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
    const more = (): void =>
      reader.readEntries((some) => {
        all.push(...some)
        if (some.length === 0) done(all)
        else more()
      }, fail)
    more()
  })
}

function requireRoom(depth: number, files: Files): void {
  if (depth > DEPTH_MAX || files.size > FILES_MAX) throw new Error('there is more in it than in any public folder')
}

async function collect(entry: FileSystemEntry, name: string, depth: number, files: Files): Promise<void> {
  requireRoom(depth, files)
  if (entry.isDirectory)
    for (const child of await children(entry as FileSystemDirectoryEntry))
      await collect(child, name === '' ? child.name : `${name}/${child.name}`, depth + 1, files)
  else files.set(name, await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail)))
}

async function collectHandle(
  handle: FileSystemDirectoryHandle,
  before: string,
  depth: number,
  files: Files,
): Promise<void> {
  requireRoom(depth, files)
  for await (const child of handle.values())
    if (child.kind === 'directory')
      await collectHandle(child as FileSystemDirectoryHandle, `${before}${child.name}/`, depth + 1, files)
    else files.set(before + child.name, await (child as FileSystemFileHandle).getFile())
}

/** Chromium alone has it, in pages that it trusts. */
type WithHandle = DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> }

/** The folder that was dropped; null when it was none. What was dropped is
 * known in the event alone, so that all of it is taken before anything is
 * waited for. On a page from a file Chromium cannot read entries, but handles. */
export async function droppedFolder(event: DragEvent): Promise<Folder | null> {
  const items = [...(event.dataTransfer?.items ?? [])]
  const dropped = items.map((item: WithHandle) => ({
    entry: item.webkitGetAsEntry(),
    handle: item.getAsFileSystemHandle?.(),
  }))
  const root = dropped.find(({ entry }) => entry?.isDirectory === true)
  if (root?.entry == null) return null
  const files: Files = new Map()
  try {
    await collect(root.entry, '', 0, files)
  } catch (error) {
    const handle = await root.handle
    if (handle?.kind !== 'directory') throw error
    files.clear()
    await collectHandle(handle as FileSystemDirectoryHandle, '', 0, files)
  }
  return choose(root.entry.name, files)
}
