// SPDX-License-Identifier: Apache-2.0
// Broken definitions: by hand, each breaking one rule of PROTOCOL §2, and at
// random. What is wrong with them, and where, the C says.
import { Random } from './random.mjs'
import { election } from './elections.mjs'

const HEAD =
  'META\nkey;value\ndescription;Test\ncountry;China\nunit;Chengdu\ninstance;2025\nnum_projects;4\nnum_votes;0\n' +
  'budget;1000\n'
const DATES = 'date_begin;2025\ndate_end;2025\n'
const PROJECTS =
  'PROJECTS\nproject_id;cost;name\na;100;项目甲\nb;200.5;"two; b"\nc;300;"the ""c"""\nd;400.25;丁\nVOTES\n'
const PLAIN = `${PROJECTS}voter_id;vote\n`
const POINTED = `${PROJECTS}voter_id;vote;points\n`
const sample = (type, rule, kind, keys, votes) =>
  `${HEAD}vote_type;${type}\nrule;${rule}\n${DATES}ballot;${kind}\n${keys}${votes}`
const SAMPLES = {
  approval: sample('approval', 'greedy', 'approval', 'min_length;1\nmax_length;3\n', PLAIN),
  consent: sample('scoring', 'majority', 'consent', 'quorum;>1/2\nsupport;>1/2 decided\n', POINTED),
  scoring: sample('scoring', 'equalshares/add1u', 'scoring', 'max_points;5\ncomparison;1\n', POINTED),
  cumulative: sample('cumulative', 'greedy-threshold', 'cumulative', 'max_sum_points;10\nthreshold;7\n', POINTED),
  ordinal: sample('ordinal', 'greedy-no-skip', 'ordinal', 'max_length;3\n', PLAIN),
}

/** kind, what stands there, what comes instead (null: the file ends there) */
const BY_HAND = [
  // bytes and lines
  ['approval', 'META\n', '\xef\xbb\xbfMETA\n'],
  ['approval', 'unit;Chengdu\n', 'unit;Chengdu\r\n'],
  ['approval', 'unit;Chengdu', 'unit;Cheng\tdu'],
  ['approval', 'unit;Chengdu', 'un\x7fit;Chengdu'],
  ['approval', 'unit;Chengdu', 'unit;\xc2\x85'],
  ['approval', 'unit;Chengdu', 'unit;\xcf\xee\xc4\xbf'],
  ['approval', 'unit;Chengdu', 'unit;\xc0\xaf'],
  ['approval', 'unit;Chengdu', 'unit;\xed\xa0\x80'],
  ['approval', 'unit;Chengdu', 'unit;\xf4\x90\x80\x80'],
  ['approval', 'unit;Chengdu', 'un\xffit;Ch\x01engdu'],
  ['approval', 'unit;Chengdu', 'un\x01it;Ch\xffengdu'],
  ['approval', 'unit;Chengdu', 'unit;a\0b'],
  ['approval', 'PROJECTS\n', '\nPROJECTS\n'],
  ['approval', 'voter_id;vote\n', 'voter_id;vote'],
  ['approval', '"two; b"', '"two;\n b"'],
  ['approval', 'Chengdu', 'Cheng"du'],
  ['approval', 'Chengdu', '"Cheng"du'],
  ['approval', 'Chengdu', '"Chengdu'],
  ['approval', 'Chengdu', 'Chengdu;x'],
  ['approval', 'unit;Chengdu', 'unit'],
  ['approval', 'a;100', 'a'],
  ['approval', 'a;100', 'a;100;x'],
  ['approval', 'd;400.25', `d;400.25${';'.repeat(253)}`],
  ['approval', 'd;400.25', `d;400.25${';'.repeat(254)}`],
  ['approval', 'Chengdu', 'x'.repeat(1 << 20)],
  ['approval', 'Chengdu', 'x'.repeat((1 << 20) - 4)],
  // sections
  ['approval', 'META\n', ''],
  ['approval', 'META\n', '"META"\n'],
  ['approval', 'PROJECTS\n', 'projects\n'],
  ['approval', 'key;value\n', ''],
  ['approval', 'key;value', 'key'],
  ['approval', 'PROJECTS\n', null],
  ['approval', 'PROJECTS\n', ''],
  ['approval', 'VOTES\n', null],
  ['approval', 'VOTES\n', ''],
  ['approval', 'voter_id;vote\n', ''],
  ['approval', 'voter_id;vote\n', 'voter_id;vote;points\n'],
  ['scoring', 'voter_id;vote;points\n', 'voter_id;vote\n'],
  ['approval', 'voter_id;vote\n', 'voter_id;vote\n1;a\n'],
  ['approval', 'project_id;cost', 'id;cost'],
  ['approval', 'voter_id;vote\n', '"voter_id";vote\n'],
  ['approval', 'voter_id;vote\n', 'voter_id;vote\n\n'],
  // META: keys
  ['approval', 'unit;Chengdu', 'country;Chengdu'],
  ['approval', 'unit;', ' unit;'],
  ['approval', 'unit;Chengdu', 'unit;Chengdu '],
  ['approval', 'unit;Chengdu', 'unit;Chengdu\xe3\x80\x80'],
  ['approval', 'unit;Chengdu', 'unit;\xc2\xa0Chengdu'],
  ['approval', 'unit;', ';'],
  ['approval', 'unit;', 'votes;'],
  ['approval', 'unit;', 'Meta;'],
  ...[
    'description;Test',
    'country;China',
    'unit;Chengdu',
    'instance;2025',
    'num_projects;4',
    'num_votes;0',
    'date_begin;2025',
    'date_end;2025',
    'vote_type;approval',
    'rule;greedy',
    'ballot;approval',
  ].flatMap((row) => [
    ['approval', `${row}\n`, ''],
    ['approval', row, row.replace(/;.*/, ';')],
  ]),
  ['approval', 'ballot;approval', 'ballot;approve'],
  ['approval', 'vote_type;approval', 'vote_type;ordinal'],
  ['consent', 'vote_type;scoring', 'vote_type;approval'],
  ['approval', 'vote_type;approval', 'vote_type;choose-2'],
  ['ordinal', 'vote_type;ordinal', 'vote_type;choose-1'],
  ['approval', 'num_projects;4', 'num_projects;5'],
  ['approval', 'num_projects;4', 'num_projects;04'],
  ['approval', 'num_votes;0', 'num_votes;3'],
  ['approval', 'num_votes;0', 'num_votes;"0"'],
  ['approval', 'min_length;1', 'Quorum;>1/2'],
  ['approval', 'min_length;1', 'BALLOT;x'],
  ['approval', 'unit;Chengdu\n', `unit;Chengdu\n${Array.from({ length: 990 }, (_, i) => `k${i};v\n`).join('')}`],
  // META: limits
  ['approval', 'min_length;1', 'min_length;4'],
  ['approval', 'max_length;3', 'max_length;5'],
  ['approval', 'max_length;3', 'max_length;0'],
  ['approval', 'min_length;1', 'min_length;-1'],
  ['approval', 'vote_type;approval', 'vote_type;choose-1'],
  ['consent', 'quorum;>1/2', 'min_length;1'],
  ['consent', 'quorum;>1/2', 'max_length;3'],
  ['cumulative', 'threshold;7', 'threshold;7\nmin_sum_points;11'],
  ['cumulative', 'threshold;7', 'threshold;7\nmin_sum_points;1.5'],
  ['scoring', 'max_points;5', 'max_points;5\nmin_sum_points;1'],
  ['approval', 'min_length;1', 'min_sum_cost;0'],
  ['approval', 'min_length;1', 'max_sum_cost;5\nmin_sum_cost;5.01'],
  ['ordinal', 'max_length;3', 'max_length;3\nmin_sum_cost;1'],
  // parts: what a limit needs, names, amounts, lengths
  ...[
    'budget_per_category;1,2',
    'categories;x,y\nbudget_per_neighborhood;1,2',
    'categories;x\nbudget_per_category;1',
    'categories;x,y,x\nbudget_per_category;1,2,3',
    'categories;x,,y\nbudget_per_category;1,2,3',
    'categories;x, y\nbudget_per_category;1,2',
    'categories;\nbudget_per_category;1',
    'categories;x,y\nbudget_per_category;1',
    'categories;x,y\nbudget_per_category;1,2,3',
    'categories;x,y\nbudget_per_category;1,0',
    'categories;x,y\nbudget_per_category;1,',
    'categories;x,y\nbudget_per_category;1, 2',
    'categories;x,y\nbudget_per_category;1,90071992547410',
    'categories;x,y\nmax_sum_cost_per_category;0,1',
    'categories;x,y\nmin_sum_cost_per_category;1',
    'categories;x,y\nmax_length_per_category;0',
    'categories;x,y\nmax_length_per_category;1.5',
    'categories;x,y\nmin_length_per_category;5',
    'categories;x,y\nmin_length_per_category;2\nmax_length_per_category;1',
    'categories;x,y\nmin_length_per_category;x\nmax_length_per_category;y',
  ].map((keys) => [
    'approval',
    /min_length;1([^]*)cost;name\na;100;([^]*)b;200.5;([^]*)c;300;([^]*)d;400.25;/,
    `${keys}$1cost;category;name\na;100;x;$2b;200.5;y;$3c;300;x;$4d;400.25;y;`,
  ]),
  ['consent', 'quorum;>1/2', 'max_length_per_category;1'],
  ['consent', 'quorum;>1/2', 'max_sum_cost_per_category;1'],
  ['consent', 'budget;1000\n', 'categories;x\nbudget_per_category;1\n'],
  ['scoring', 'max_points;5', 'max_points;5\nmax_sum_cost_per_neighborhood;1'],
  ['approval', 'min_length;1', 'budget_per_category;1'],
  // whom a project excludes
  ...['e', 'a', 'b,', ',b', 'b, c', 'b;c', 'B'].map((ids) => [
    'approval',
    /cost;name\na;100;([^]*)b;200.5;([^]*)c;300;([^]*)d;400.25;/,
    `cost;excludes;name\na;100;${ids};$1b;200.5;;$2c;300;;$3d;400.25;;`,
  ]),
  [
    'scoring',
    /cost;name\na;100;([^]*)b;200.5;([^]*)c;300;([^]*)d;400.25;/,
    'cost;excludes;name\na;100;b;$1b;200.5;;$2c;300;;$3d;400.25;;',
  ],
  ['scoring', 'comparison;1', 'min_points;-5'],
  ['scoring', 'comparison;1', 'min_points;1'],
  ['consent', 'quorum;>1/2', 'max_points;2'],
  ['scoring', 'comparison;1', 'max_sum_cost;500'],
  ['scoring', 'comparison;1', 'max_sum_points;9'],
  ['approval', 'min_length;1', 'max_points;1'],
  ['approval', 'min_length;1', 'max_length_per_category;1'],
  ['approval', 'min_length;1', 'budget_per_neighborhood;1'],
  ['approval', 'min_length;1', 'limit_PER_neighborhood;1'],
  ['approval', 'min_length;1', 'MIN_LENGTH;2'],
  ['approval', 'min_length;1', 'Leftover_Budget;2'],
  ['approval', 'min_length;1', 'my_Threshold;2'],
  ['approval', 'min_length;1', 'toString_per_;2'],
  ['ordinal', 'max_length;3', 'scoring_fn;Plurality'],
  ['scoring', 'comparison;1', 'default_score;2'],
  ['scoring', 'max_points;5\n', ''],
  ['cumulative', 'max_sum_points;10', 'max_points;4'],
  ['scoring', 'max_points;5', 'max_points;0'],
  ['scoring', 'max_points;5', 'max_points;65536'],
  ['cumulative', 'max_sum_points;10', 'max_sum_points;65536'],
  ['cumulative', 'max_sum_points;10', 'max_sum_points;0\nmax_points;4'],
  ['cumulative', 'max_sum_points;10', 'max_sum_points;4294967296\nmax_points;4'],
  ['cumulative', 'threshold;7', 'threshold;7\nmax_points;0'],
  // META: money, rule, thresholds
  ['approval', 'budget;1000\n', ''],
  ['approval', 'budget;1000', 'budget;0.00'],
  ['approval', 'budget;1000', 'budget;1,000'],
  ['approval', 'budget;1000', 'budget;90071992547410'],
  ['approval', 'budget;1000', 'budget;90071992547409.92'],
  ['approval', 'budget;1000', `budget;${'9'.repeat(400)}`],
  ['approval', 'min_length;1', 'max_sum_cost;0'],
  ['approval', 'min_length;1', 'max_sum_cost;x'],
  ['approval', 'rule;greedy', 'rule;unknown'],
  ['approval', 'rule;greedy', 'rule;Greedy'],
  ['approval', 'rule;greedy', 'rule;majority'],
  ['scoring', 'rule;equalshares/add1u', 'rule;phragmen'],
  ['ordinal', 'rule;greedy-no-skip', 'rule;phragmen'],
  ['cumulative', 'threshold;7\n', ''],
  ['scoring', 'comparison;1', 'threshold;7'],
  ['consent', 'quorum;>1/2', 'threshold;7'],
  ['cumulative', 'threshold;7', 'threshold;0.5'],
  ['cumulative', 'threshold;7', 'threshold;9007199254740992'],
  ['cumulative', 'threshold;7', 'threshold;7\nmin_project_score_threshold;8'],
  ['approval', 'min_length;1', 'min_project_score_threshold;7'],
  ['approval', 'min_length;1', 'comparison;1'],
  ['scoring', 'comparison;1', 'comparison;0'],
  ['scoring', 'comparison;1', 'eligibility;yes'],
  ...[
    '1/2',
    '>50%',
    '>=3/2',
    '>2/2',
    '>=0/0',
    '> 1/2',
    '=>1/2',
    '>=/2',
    '>01/2',
    '>1/1000001',
    '>1/2/3',
    '>1',
    '>',
  ].map((share) => ['consent', 'quorum;>1/2', `quorum;${share}`]),
  ...['>1/2', '>1/2 all', '>1/2  cast', '>2/1 cast', ' cast', '>1/2 cast x', '>1/2 '].map((share) => [
    'consent',
    'support;>1/2 decided',
    `support;${share}`,
  ]),
  ['approval', 'min_length;1', 'support;>1/2 decided'],
  // projects
  ['approval', /a;100[^V]*/, ''],
  ['approval', 'project_id;cost;name', 'project_id;price;name'],
  ['approval', 'project_id;cost;name', 'project_id;cost;cost'],
  ['approval', 'project_id;cost;name', 'project_id;cost;'],
  ['approval', 'project_id;cost;name', 'project_id;cost;selected'],
  ['approval', 'project_id;cost;name', 'project_id;cost; name'],
  ['approval', 'd;400.25', 'b;400.25'],
  ['approval', /c;300;(.*\n)d;400.25/, 'b;300;$1a;400.25'],
  ['approval', 'd;400.25', ';400.25'],
  ['approval', 'd;400.25', 'd,e;400.25'],
  ['approval', 'd;400.25', '"d;e";400.25'],
  ['approval', 'd;400.25', '"d""";400.25'],
  ['approval', 'd;400.25', 'd ;400.25'],
  ['approval', 'd;400.25', 'Meta;400.25'],
  ['approval', 'd;400.25', 'projects;400.25'],
  ...['0', '', '-4', '400.255', '4e2', '400.', '.25', '0400', '4.00.25', '90071992547409.91', '0x10', '１', ' 4'].map(
    (cost) => ['approval', 'd;400.25', `d;${cost}`],
  ),
]

/** Those that must be read, for the other side of each line. */
const GOOD = [
  ...Object.keys(SAMPLES).map((kind) => [kind, 'unit;', 'unit;']),
  [
    'approval',
    'vote_type;approval\nrule;greedy\ndate_begin;2025\ndate_end;2025\nballot;approval\nmin_length;1\nmax_length;3',
    'vote_type;choose-1\nrule;greedy\ndate_begin;2025\ndate_end;2025\nballot;approval',
  ],
  ['approval', 'min_length;1', 'max_sum_cost;1000.50'],
  ['approval', 'd;400.25', 'd;400.2500'],
  ['approval', 'd;400.25', 'd;0.01'],
  ['approval', 'min_length;1', 'comment;anything goes'],
  ['consent', 'quorum;>1/2', 'quorum;>=2/3'],
  ['consent', 'quorum;>1/2', 'quorum;>=1/1'],
  ['consent', 'quorum;>1/2', 'quorum;>=0/1000000'],
  ['consent', 'budget;1000\n', ''],
  ['consent', 'quorum;>1/2', 'min_points;-1\nmax_points;1'],
  ['approval', 'rule;greedy', 'rule;phragmen'],
  ['ordinal', 'max_length;3', 'max_length;3\nscoring_fn;Borda'],
  ['cumulative', 'threshold;7', 'threshold;7\nmin_sum_points;10'],
  ['cumulative', 'threshold;7', 'threshold;7\nmin_sum_points;0'],
  ['approval', 'min_length;1', 'min_sum_cost;5\nmax_sum_cost;5'],
  ['approval', 'min_length;1', 'categories;any, thing,any'],
  ...[
    'categories;x,y\nbudget_per_category;1,2.50',
    'categories;y,x,z\nmin_sum_cost_per_category;0,1,2\nmax_sum_cost_per_category;1,1,1',
    'categories;x,y\nmin_length_per_category;1\nmax_length_per_category;1',
    'categories;x,y\nmax_length_per_category;4080',
  ].map((keys) => [
    'approval',
    /min_length;1([^]*)cost;name\na;100;([^]*)b;200.5;([^]*)c;300;([^]*)d;400.25;/,
    `${keys}$1cost;category;name\na;100;x;$2b;200.5;y;$3c;300;x;$4d;400.25;y;`,
  ]),
  ...['b', 'b,c', 'b,b', ''].map((ids) => [
    'approval',
    /cost;name\na;100;([^]*)b;200.5;([^]*)c;300;([^]*)d;400.25;/,
    `cost;excludes;name\na;100;${ids};$1b;200.5;a,c;$2c;300;;$3d;400.25;;`,
  ]),
  ['approval', 'rule;greedy', 'rule;greedy-exclusive'],
  ['cumulative', 'threshold;7', 'threshold;7\nmin_project_score_threshold;7'],
  ['approval', 'min_length;1', 'threshold;7'],
  ['ordinal', 'max_length;3', 'max_length;3\nthreshold;0'],
  ['scoring', 'max_points;5', 'max_points;65535'],
  ['approval', 'Chengdu', '"Chengdu"'],
  ['approval', 'budget;1000', 'budget;90071992547409.91'],
  ['approval', 'Chengdu', 'x'.repeat((1 << 20) - 5)],
  ['approval', 'unit;Chengdu', 'unit;\u200bx\ufffd'],
  ['approval', 'min_length;1', 'ſcoring_fn;x'],
  ['approval', 'min_length;1', 'constructor;1'],
  ['approval', 'min_length;1', '__proto__;1'],
  ['approval', 'unit;Chengdu\n', `unit;Chengdu\n${Array.from({ length: 986 }, (_, i) => `k${i};v\n`).join('')}`],
]

/** Replacements are bytes, one a character, unless they hold others. */
const bytesOf = (s) => Buffer.from(s, /[^\x00-\xff]/.test(s) ? 'utf8' : 'latin1')

function edited([kind, from, to]) {
  const base = Buffer.from(SAMPLES[kind]).toString('latin1')
  const at = typeof from === 'string' ? base.split(from).length - 1 : Number(from.test(base))
  if (at !== 1) throw new Error(`${from} is not once in the sample`)
  const text = to === null ? base.slice(0, base.indexOf(from)) : base.replace(from, bytesOf(to).toString('latin1'))
  return {
    name: `${kind}: ${String(from).slice(0, 40)} → ${String(to).slice(0, 40)}`,
    bytes: new Uint8Array(Buffer.from(text, 'latin1')),
  }
}

/** As many projects and words as there can be, and one more. */
function many(kind, n) {
  const rows = Array.from({ length: n }, (_, i) => `${i};1\n`).join('')
  const head = SAMPLES[kind]
    .replace('num_projects;4', `num_projects;${n}`)
    .replace('max_points;5', 'max_points;65535')
    .replace(/PROJECTS[^]*VOTES/, `PROJECTS\nproject_id;cost\n${rows}VOTES`)
  return { name: `${n} projects, ${kind}`, bytes: new Uint8Array(Buffer.from(head)) }
}

export const byHand = () => [...BY_HAND.map(edited), many('approval', 4081), many('scoring', 256)]
export const good = () => [...GOOD.map(edited), many('approval', 4080), many('scoring', 255)]

const ROWS = [
  'min_length;2',
  'max_length;0',
  'max_points;3',
  'max_sum_points;2',
  'quorum;>1/3',
  'support;>=1/4 decided',
  'threshold;1',
  'comparison;1',
  'eligibility;1',
  'rule;phragmen',
  'budget;12.345',
  'num_votes;0',
  'num_votes;1',
  'Budget;1',
  'min_x;1',
  'a_per_b;1',
  'ballot;consent',
  'vote_type;scoring',
  'PROJECTS',
  'VOTES',
  'META',
  '',
  ';',
  '"";""',
  'x;y;z',
]
const BITS = [
  ';',
  '"',
  '""',
  '\n',
  '\r',
  '\0',
  ' ',
  ',',
  '\xff',
  '\xc2',
  '\x80',
  '\xe3\x80\x80',
  '0',
  '9',
  '.',
  'x',
  '-',
  '/',
  '>',
  '=',
]

function editLines(r, text) {
  const lines = text.split('\n')
  const at = r.draw(lines.length)
  const edit = r.draw(4)
  if (edit === 0) lines.splice(at, 1)
  else if (edit === 1) lines.splice(at, 0, r.of(lines))
  else if (edit === 2) lines.splice(2 + r.draw(18), 0, r.of(ROWS))
  else [lines[at], lines[lines.length - 1 - at]] = [lines[lines.length - 1 - at], lines[at]]
  return lines.join('\n')
}

function editBytes(r, text) {
  const at = r.draw(text.length + 1)
  return text.slice(0, at) + (r.one(4) ? '' : r.of(BITS)) + text.slice(at + r.draw(3))
}

/** A cell's text is another's. */
function editCell(r, text) {
  const cells = text.split(/(?<=[;\n])|(?=[;\n])/)
  const at = r.draw(cells.length)
  cells[at] = r.of(cells)
  return cells.join('')
}

/** A definition with one to three edits. */
export function broken(number) {
  const r = new Random(number)
  let text = Buffer.from(r.one(2) ? election(r.draw(1 << 20)).text : r.of(Object.values(SAMPLES))).toString('latin1')
  for (let edits = 1 + r.draw(3); edits > 0; edits--) text = r.of([editLines, editBytes, editCell])(r, text)
  return { name: `definition ${number}`, bytes: new Uint8Array(Buffer.from(text, 'latin1')) }
}
