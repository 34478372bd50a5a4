/* The page of `entente report`: draws what the JSON beside it holds. Text from documents is put in
   as text nodes only. Charts are drawn by window.ententeCharts where the page has them.

   base.js: the data, filters, pieces of text; views.js: what fills the views; start.js: search,
   the choice of a view, keys. The three are one script, in a function of its own. */

const data = JSON.parse(document.getElementById('data').textContent);
const { entities, sentences, docs, stances, labels } = data;
const sign = Object.fromEntries(labels.map((label, i) => [label, data.signs[i]]));
const $ = id => document.getElementById(id);
const view = name => $('view-' + name);
const kinds = ['person', 'country', 'organisation', 'group', 'place'];
const plural = { person: 'people', country: 'countries', organisation: 'organisations',
  group: 'groups', place: 'places', proposal: 'proposals' };

/* References count from 1; here everything is looked up by them. */
const entity = n => entities[n - 1];
const isProposal = n => entity(n).kind === 'proposal';
stances.forEach((s, i) => { s.n = i; });

/* What a terminal or a reader would obey (controls, bidirectional overrides) is shown as a box. */
const harmless = s => s.replace(/[\t\n\r]/g, ' ')
  .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

/* el('a', { href: '#x', class: 'y', on: { click } }, 'text', node ...) */
function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (key === 'on') {
      for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    } else if (value !== undefined && value !== false && value !== null) {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter(c => c !== null && c !== undefined && c !== '')
    .map(c => typeof c === 'string' ? harmless(c) : typeof c === 'number' ? String(c) : c));
  return node;
}

const count = (n, one, many) => `${n.toLocaleString('en')} ${n === 1 ? one : many || one + 's'}`;
const words = s => (s.negated ? 'not ' : '') + s.label + (s.hedged ? ' (maybe)' : '');
const by = fn => (a, b) => fn(b) - fn(a);
const place = s => {
  const at = sentences[s.sentence - 1];
  return `${docs[at.doc - 1].name}:${at.line}`;
};

function group(list, key) {
  const out = new Map();
  for (const item of list) {
    const k = key(item);
    if (k === undefined) continue;
    if (!out.has(k)) out.set(k, []);
    out.get(k).push(item);
  }
  return out;
}

/* ---- what is shown: filters ---------------------------------------------------------------- */

const state = { labels: new Set(labels), kind: '', least: 0, rows: 30, columns: 24, list: 300 };
const shown = s => state.labels.has(s.label) && s.score >= state.least
  && (!state.kind || entity(s.actor).kind === state.kind);
const current = () => stances.filter(shown);

/* ---- pieces -------------------------------------------------------------------------------- */

const link = n => el('a', { href: '#e' + n, class: 'name ' + entity(n).kind }, entity(n).name);

/* Marks of one label: a square with its sign; struck when negated, dashed when hedged. */
function chip(s, n, long) {
  return el('span', { class: 'chip ' + s.label + (s.negated ? ' negated' : '')
      + (s.hedged ? ' hedged' : ''), title: words(s) },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, sign[s.label]),
    long ? el('span', {}, words(s)) : null,
    n > 1 ? el('span', { class: 'times' }, String(n)) : null);
}

/* One chip for each way of standing, the most frequent first. */
function chips(list, long) {
  const ways = [...group(list, words).values()].sort(by(l => l.length));
  return ways.map(l => chip(l[0], l.length, long));
}

const spoken = list => [...group(list, words)]
  .map(([w, l]) => l.length > 1 ? `${w}, ${l.length} times` : w).join('; ');

/* A sentence with its mentions as links and the cue of a stance marked. */
function quote(n, stance) {
  const at = sentences[n - 1], parts = [];
  const marks = [];
  for (let i = 0; i < at.marks.length; i += 3) {
    marks.push({ from: at.marks[i], to: at.marks[i + 1], entity: at.marks[i + 2] });
  }
  if (stance) marks.push({ from: stance.cue[0], to: stance.cue[1], cue: true });
  const theirs = stance ? [stance.actor, stance.proposal, stance.target] : [];
  const weight = m => m.cue ? 2 : theirs.includes(m.entity) ? 1 : 0;
  marks.sort((a, b) => weight(b) - weight(a) || (b.to - b.from) - (a.to - a.from));
  const free = [];
  for (const m of marks) {
    if (m.to > m.from && free.every(f => m.to <= f.from || m.from >= f.to)) free.push(m);
  }
  free.sort((a, b) => a.from - b.from);
  let from = 0;
  for (const m of free) {
    parts.push(at.text.slice(from, m.from));
    const text = at.text.slice(m.from, m.to);
    parts.push(m.cue ? el('mark', { class: 'cue ' + stance.label }, text)
      : el('a', { href: '#e' + m.entity, class: 'in ' + entity(m.entity).kind
          + (theirs.includes(m.entity) ? ' theirs' : '') }, text));
    from = m.to;
  }
  parts.push(at.text.slice(from));
  return el('blockquote', {}, parts);
}

function evidence(s) {
  return el('article', { class: 'evidence' },
    el('p', { class: 'claim' }, link(s.actor), ' ', chip(s, 1, true), ' ',
      s.proposal ? link(s.proposal) : null,
      s.target ? [' → ', link(s.target)] : null,
      s.by && s.by !== s.actor ? [el('span', { class: 'quiet' }, ' as told by '), link(s.by)] : null),
    quote(s.sentence, s),
    el('p', { class: 'quiet' }, [place(s), s.date, Math.round(s.score * 100) + ' % sure']
      .filter(Boolean).join(' · ')));
}

const cut = (list, most) => list.length > most
  ? el('p', { class: 'note' }, `The first ${most} of ${list.length}.`) : '';

/* The sentences behind a mark, in a dialog. */
function showEvidence(title, list) {
  $('evidence-title').replaceChildren(harmless(title));
  const most = 100;
  $('evidence-body').replaceChildren(...list.slice(0, most).map(evidence),
    cut(list, most));
  const box = $('evidence');
  if (!box.open) box.showModal();
  $('evidence-body').scrollTop = 0;
  $('evidence-close').focus();
}

const marksButton = (list, title, props) => el('button', Object.assign({ type: 'button',
  class: 'cell', 'aria-label': `${spoken(list)}: ${title}. Show ${count(list.length, 'sentence')}`,
  on: { click: () => showEvidence(title, list) } }, props), chips(list));

const between = (actor, proposal) => `${entity(actor).name} · ${entity(proposal).name}`;

/* Arrow keys move the focus among the items of a widget, of which one is in the tab order.
   `where(item)` gives { row, column }. */
function roving(root, selector, where) {
  const items = () => [...root.querySelectorAll(selector)];
  items().forEach((item, i) => item.setAttribute('tabindex', i ? '-1' : '0'));
  const go = item => {
    if (!item) return;
    root.querySelectorAll(selector + '[tabindex="0"]')
      .forEach(other => other.setAttribute('tabindex', '-1'));
    item.setAttribute('tabindex', '0');
    item.focus();
  };
  root.addEventListener('keydown', event => {
    const item = event.target.closest(selector);
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0],
      Home: [0, -Infinity], End: [0, Infinity] }[event.key];
    if (!item || !step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const at = where(item), all = items().map(i => [i, where(i)]);
    const ahead = all.filter(([, w]) => step[0]
      ? Math.sign(w.row - at.row) === step[0]
      : w.row === at.row && Math.sign(w.column - at.column) === Math.sign(step[1]));
    const distance = ([, w]) => step[0]
      ? Math.abs(w.row - at.row) * 1e6 + Math.abs(w.column - at.column)
      : Math.abs(w.column - at.column) * (Number.isFinite(step[1]) ? 1 : -1);
    ahead.sort((a, b) => distance(a) - distance(b));
    go(ahead.length ? ahead[0][0] : null);
  });
}

function more(total, limit, what, all) {
  if (total <= limit) return null;
  return el('p', { class: 'note' }, `The first ${limit} of ${total} ${what}. `,
    el('button', { type: 'button', class: 'plain', on: { click: all } }, 'Show all'));
}

const nothing = () => el('p', { class: 'note' }, stances.length
  ? 'No stance passes the filters above.' : 'No stance was found in these documents.');
