// SPDX-License-Identifier: Apache-2.0
// Small elections at random: every kind, rule and option, with many ties.
import { Random } from './random.mjs'

export const KINDS = ['approval', 'consent', 'scoring', 'cumulative', 'ordinal']
export const RULES = [
  'greedy',
  'greedy-no-skip',
  'greedy-threshold',
  'greedy-exclusive',
  'majority',
  'equalshares',
  'equalshares/add1',
  'equalshares/add1u',
  'equalshares/add1e',
  'equalshares/add1eu',
  'phragmen',
]
const NAMES = ['路灯', 'a/b\\c', '"电梯"; 二号', "O'Neill\u2028", '\u{1f333}', '', 'Bänke', '\ufeffx']

const quoted = (cell) => (/[;"]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)

/** Fen as one of the ways to write them. */
function amount(r, fen) {
  const [yuan, rest] = [Math.floor(fen / 100), String(fen % 100).padStart(2, '0')]
  if (rest === '00') return r.of([`${yuan}`, `${yuan}.0`, `${yuan}.000`])
  return rest[1] === '0' && r.one(2) ? `${yuan}.${rest[0]}` : `${yuan}.${rest}`
}

const COSTS = [(r) => 100 * (1 + r.draw(9)), (r) => 1 + r.draw(5), (r) => 1 + r.draw(20000), () => 30000]

const share = (r) => r.of(['>1/2', '>=2/3', '>0/1', '>=0/5', '>=1/1', '>1/7', '>=999999/1000000'])

/** The limits of a ballot: META rows and what the digits must keep to. */
function limits(r, kind, n) {
  const maxLength = kind === 'consent' || r.one(2) ? n : 1 + r.draw(n)
  const minLength = kind === 'consent' || r.one(2) ? 0 : r.draw(maxLength + 1)
  const meta = []
  if (kind !== 'consent' && (maxLength < n || r.one(2))) meta.push(['max_length', maxLength])
  if (minLength > 0) meta.push(['min_length', minLength])
  const points = 1 + r.draw(6)
  const sum = kind === 'cumulative' ? Math.max(1, minLength) + r.draw(8) : Infinity
  if (kind === 'scoring' || (kind === 'cumulative' && r.one(2))) meta.push(['max_points', points])
  if (kind === 'cumulative') meta.push(['max_sum_points', sum])
  return {
    meta,
    minLength,
    maxLength,
    sum,
    points: kind === 'cumulative' && !meta.some(([key]) => key === 'max_points') ? sum : points,
  }
}

function options(r, rule, kind) {
  const meta = []
  if (rule === 'greedy-threshold' || (rule.startsWith('greedy') && r.one(3))) {
    meta.push(['threshold', r.draw(12)])
    if (r.one(3)) meta.push(['min_project_score_threshold', meta[0][1]])
  }
  if (rule.startsWith('equalshares')) {
    if (r.one(2)) meta.push(['comparison', 1])
    if (r.one(3)) meta.push(['eligibility', 1])
  }
  if (r.one(4)) meta.push(['quorum', share(r)])
  if (r.one(3))
    meta.push([
      'support',
      `${share(r)} ${r.of(kind === 'consent' ? ['cast', 'decided', 'entitled'] : ['cast', 'entitled'])}`,
    ])
  return meta
}

/** What holds for parts of the projects, and which exclude each other: META rows,
 * columns, and whether a ballot keeps to it. */
function partsOf(r, { rule, kind, costs, budget }) {
  const [list, column] = r.of([
    ['categories', 'category'],
    ['neighborhoods', 'neighborhood'],
  ])
  const greedy = rule.startsWith('greedy') || rule === 'majority'
  const names = ['路', 'tree', '灯 1'].slice(0, 1 + r.draw(3))
  const of = costs.map(() => r.draw(names.length))
  const sums = (least) => names.map(() => least + r.draw(costs.reduce((a, b) => a + b) + 1))
  const meta = []
  const limit = { least: 0, most: Infinity, cheap: null, dear: null }
  if (greedy && budget !== null && r.one(2))
    meta.push([
      `budget_per_${column}`,
      sums(1)
        .map((fen) => amount(r, fen))
        .join(),
    ])
  if (kind !== 'consent' && r.one(3)) {
    limit.most = 1 + r.draw(3)
    meta.push([`max_length_per_${column}`, limit.most])
    if (r.one(3)) meta.push([`min_length_per_${column}`, (limit.least = r.draw(2))])
  }
  if (kind === 'approval' && r.one(4)) {
    limit.dear = sums(1)
    meta.push([`max_sum_cost_per_${column}`, limit.dear.map((fen) => amount(r, fen)).join()])
  }
  if (kind === 'approval' && r.one(8)) {
    limit.cheap = sums(0).map((fen) => Math.floor(fen / 8))
    meta.push([`min_sum_cost_per_${column}`, limit.cheap.map((fen) => amount(r, fen)).join()])
  }
  if (meta.length > 0) meta.unshift([list, names.join()])
  const pairs = []
  for (let n = greedy && costs.length > 1 ? r.draw(4) : 0; n > 0; n--) {
    const a = r.draw(costs.length)
    const b = (a + 1 + r.draw(costs.length - 1)) % costs.length
    pairs.push([a, b])
  }
  const isFor = (digit) => (kind === 'consent' ? digit === 1 : digit !== 0)
  const part = (digits, k) => digits.flatMap((digit, i) => (digit !== 0 && of[i] === k ? [costs[i]] : []))
  const keeps = (marked, k) =>
    meta.length === 0 ||
    (marked.length >= limit.least &&
      marked.length <= limit.most &&
      marked.reduce((a, b) => a + b, 0) >= (limit.cheap?.[k] ?? 0) &&
      marked.reduce((a, b) => a + b, 0) <= (limit.dear?.[k] ?? Infinity))
  return {
    meta,
    column: meta.length > 0 ? [column] : [],
    cell: (i) => names[of[i]],
    excluded: (ids, i) => [...new Set(pairs.filter(([a]) => a === i).map(([, b]) => ids[b]))].join(),
    excludes: pairs.length > 0 ? ['excludes'] : [],
    allows: (digits) =>
      names.every((_, k) => keeps(part(digits, k), k)) &&
      (rule === 'greedy-exclusive' || !pairs.some(([a, b]) => isFor(digits[a]) && isFor(digits[b]))),
  }
}

function definition(r, { rule, kind, costs, budget, limit, parts }) {
  const columns = [
    'project_id',
    'cost',
    ...(r.one(4) ? [] : ['name']),
    ...(r.one(2) ? ['name_en'] : []),
    ...parts.column,
    ...parts.excludes,
  ]
  const ids = costs.map((_, i) => `${r.of(['p', '项目', 'P '])}${i}`)
  const meta = [
    ['description', `${r.of(NAMES) || 'x'} ${r.draw(100)}`],
    ['country', '中国'],
    ['unit', '幸福里'],
    ['instance', '2026'],
    ['num_projects', costs.length],
    ['num_votes', 0],
    ...(budget === null ? [] : [['budget', amount(r, budget)]]),
    ['vote_type', kind === 'consent' ? 'scoring' : kind],
    ['rule', rule],
    ['date_begin', '1'],
    ['date_end', '2'],
    ...(r.one(2) ? [['currency', 'CNY']] : []),
    ['ballot', kind],
    ...limit.meta,
    ...parts.meta,
    ...options(r, rule, kind),
  ]
  const cells = {
    project_id: (i) => ids[i],
    cost: (i) => amount(r, costs[i]),
    category: parts.cell,
    neighborhood: parts.cell,
    excludes: (i) => parts.excluded(ids, i),
  }
  const value = (column, i) => (cells[column] ?? (() => r.of(NAMES)))(i)
  const rows = costs.map((_, i) => columns.map((column) => quoted(value(column, i))).join(';'))
  const votes = kind === 'approval' || kind === 'ordinal' ? 'voter_id;vote' : 'voter_id;vote;points'
  return [
    'META',
    'key;value',
    ...meta.map((row) => row.map((cell) => quoted(String(cell))).join(';')),
    'PROJECTS',
    columns.join(';'),
    ...rows,
    'VOTES',
    votes,
    '',
  ].join('\n')
}

function ballot(r, kind, n, limit) {
  const digits = new Array(n).fill(0)
  if (kind === 'consent') return digits.map(() => r.draw(3))
  const most = Math.min(limit.maxLength, limit.sum)
  const marked = limit.minLength + r.draw(most - limit.minLength + 1)
  const places = digits
    .map((_, i) => i)
    .sort(() => r.draw(3) - 1)
    .slice(0, marked)
  let left = limit.sum - marked
  places.forEach((at, rank) => {
    const more = Math.min(left, r.draw(limit.points))
    digits[at] = kind === 'approval' ? 1 : kind === 'ordinal' ? rank + 1 : 1 + more
    left -= kind === 'cumulative' ? more : 0
  })
  return digits
}

function ballots(r, kind, projects, limit) {
  const all = []
  for (let n = r.one(12) ? 0 : r.draw(25); n > 0; n--)
    all.push(all.length > 0 && r.one(3) ? r.of(all) : ballot(r, kind, projects, limit))
  return all
}

/** What the oracle takes. All money is `times` as much; `rules` take turns. */
export function election(number, { rules = RULES, times = 1 } = {}) {
  const r = new Random(number)
  const rule = rules[number % rules.length]
  const kind = rule === 'majority' ? 'consent' : rule === 'phragmen' ? r.of(['approval', 'consent']) : r.of(KINDS)
  const cost = r.of(COSTS)
  const costs = Array.from({ length: 1 + r.draw(7) }, () => times * cost(r))
  const sum = costs.reduce((a, b) => a + b)
  const budget =
    rule === 'majority' && r.one(2) ? null : times * (1 + r.draw(sum / times + 1)) - (times > 1 ? r.draw(times) : 0)
  const limit = limits(r, kind, costs.length)
  const parts = partsOf(r, { rule, kind, costs, budget })
  const rows = ballots(r, kind, costs.length, limit).filter(parts.allows)
  const voids = r.draw(3)
  const [cast, entitled] = [rows.length + voids, rows.length + voids + r.draw(8)]
  return {
    op: 'count',
    text: definition(r, { rule, kind, costs, budget, limit, parts }),
    ballots: rows,
    eid: Buffer.from(r.bytes(32)).toString('hex'),
    lot: Buffer.from(r.bytes(32)).toString('hex'),
    cast,
    entitled,
    households: entitled,
    additions: r.draw(3),
    replacements: r.draw(3),
    voids: r.draw(3),
    log_size: cast + r.draw(9),
    opened: !r.one(9),
    opens: 1700000000 + r.draw(1e6),
    closes: 1800000000 + r.draw(1e6),
    min_box: 1 + r.draw(20),
    holders: 5,
    needed: 3,
    mixes: 3 + r.draw(3),
    openers: 1 + r.draw(31),
    void_at: Array.from({ length: voids }, (_, i) => 1 + i * 2),
    withdrawn: withdrawals(r, costs.length),
  }
}

/** In every third election, up to two of its projects. */
function withdrawals(r, projects) {
  const all = Array.from({ length: projects }, (_, project) => project)
  const one = () => ({
    project: all.splice(r.draw(all.length), 1)[0],
    reason: r.of(['价格有误', 'The price was "wrong"', 'x']),
    time: 1750000000 + r.draw(1e6),
    entry: 1 + r.draw(99),
  })
  return r.one(3) ? Array.from({ length: Math.min(projects, 1 + r.draw(2)) }, one) : []
}

function edge({ budget, kind, meta, costs, ballots }) {
  const text = [
    'META',
    'key;value',
    'description;E',
    'country;C',
    'unit;U',
    'instance;1',
    `num_projects;${costs.length}`,
    'num_votes;0',
    `budget;${budget}`,
    `vote_type;${kind}`,
    'date_begin;1',
    'date_end;2',
    `ballot;${kind}`,
    ...meta,
    'PROJECTS',
    'project_id;cost',
    ...costs.map((cost, i) => `p${i};${cost}`),
    'VOTES',
    kind === 'approval' ? 'voter_id;vote' : 'voter_id;vote;points',
    '',
  ].join('\n')
  return {
    ...election(0),
    text,
    ballots,
    opened: true,
    cast: ballots.length,
    entitled: ballots.length,
    void_at: [],
    withdrawn: [],
  }
}

/** By hand, what random ones do not meet. */
export function edges() {
  const rule = ['rule;equalshares/add1', 'max_points;3']
  return [
    // votes of n that are exactly cost of three budgets, which is eligible
    edge({
      budget: 1,
      kind: 'approval',
      meta: ['rule;equalshares', 'eligibility;1'],
      costs: [1, 1.01],
      ballots: [
        [1, 1],
        [0, 0],
        [0, 0],
      ],
    }),
    // what costs just the budget stops the count where it does not fit
    edge({
      budget: 10,
      kind: 'approval',
      meta: ['rule;greedy-no-skip'],
      costs: [3, 10, 4],
      ballots: [
        [1, 1, 1],
        [1, 1, 0],
        [1, 0, 0],
      ],
    }),
    // at 20 billion each a tie that the other wins, and the budget is passed
    edge({
      budget: 66e9,
      kind: 'scoring',
      meta: rule,
      costs: [30e9, 45e9, 40e9, 21e9],
      ballots: [
        [3, 1, 0, 0],
        [1, 0, 0, 0],
        [0, 1, 1, 0],
        [0, 1, 1, 0],
        [0, 0, 0, 1],
        [0, 0, 0, 0],
      ],
    }),
    // after 21 raises the supporters of the one for 400 have just its cost together
    edge({
      budget: 537,
      kind: 'scoring',
      meta: rule,
      costs: [30, 200, 200, 100, 200, 400],
      ballots: [
        [0, 3, 3, 0, 1, 3],
        [1, 3, 0, 2, 0, 3],
        [0, 1, 0, 0, 1, 1],
      ],
    }),
  ]
}
