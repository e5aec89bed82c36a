// SPDX-License-Identifier: Apache-2.0
// What yihu-issue init --json says.
export type Which = 'projects' | 'households'

export interface Ask {
  id: string
  place: string
  cell: string | null
  stands: string
  says: string
  choices: string[]
  answer: number | null
}
export interface Read {
  file: string
  sheet: string | null
  names_row: number
  first_row: number
  columns: { column: string; heading: string; is: string | null; samples: string[] }[]
  words: string[]
  asks: Ask[]
  open: number
  mended: { id: string; cell: string; text: string }[]
  notes: string[]
  error: string | null
}
export interface Projects extends Read {
  projects: { name: string; text: string; written: string; amount: string }[]
  amounts: { row: number; amount: string | null }[]
  sum: string
}
export interface Households extends Read {
  households: number
  buildings: { building: string; households: number }[]
  examples: { household: string; building: string; name: string }[]
}
export interface Example {
  households: number
  projects: { name: string; amount: string; marks: string[]; votes: string; wins: boolean; why: string }[]
}
interface Moment {
  at: number
  words: string
}
export interface Ways {
  n: number
  t: number
  q: number
  missing: number
}
export interface Look {
  clock: { now: Moment; zone: number; zone_name: string; computer_zone: number }
  missing: string[]
  projects: Projects | null
  households: Households | null
  vote: {
    budget: string | null
    rule: { lines?: string[]; example?: Example | null; error?: string } | null
    rules: { word: string; chinese: string; does: string }[]
  }
  opens: Moment | null
  closes: Moment | null
  holders: (Ways & { who: string }) | null
  holder_choices: Ways[]
  whole: { lines?: { label: string; text: string }[]; doubts?: string[]; refused?: string; problems?: string } | null
}
