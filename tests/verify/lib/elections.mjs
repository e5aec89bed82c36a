// SPDX-License-Identifier: Apache-2.0
// Small elections at random: every kind, rule and option, with many ties.
import { Random } from './random.mjs'

export const KINDS = ['approval', 'consent', 'scoring', 'cumulative', 'ordinal']
export const RULES = [
  'greedy',
  'greedy-no-skip',
  'greedy-threshold',
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

function definition(r, { rule, kind, costs, budget, limit }) {
  const columns = ['project_id', 'cost', ...(r.one(4) ? [] : ['name']), ...(r.one(2) ? ['name_en'] : [])]
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
    ...options(r, rule, kind),
  ]
  const value = (column, i) =>
    column === 'project_id' ? ids[i] : column === 'cost' ? amount(r, costs[i]) : r.of(NAMES)
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
  const rows = ballots(r, kind, costs.length, limit)
  const voids = r.draw(3)
  const [cast, entitled] = [rows.length + voids, rows.length + voids + r.draw(8)]
  return {
    op: 'count',
    text: definition(r, { rule, kind, costs, budget, limit }),
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
  }
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
  return { ...election(0), text, ballots, opened: true, cast: ballots.length, entitled: ballots.length, void_at: [] }
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
