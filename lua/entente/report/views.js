/* What fills the views. See base.js. */

/* ---- matrix -------------------------------------------------------------------------------- */

function matrix(body) {
  const list = current().filter(s => s.proposal);
  if (!list.length) return body.replaceChildren(nothing());
  const rows = [...group(list, s => s.actor)].sort((a, b) => b[1].length - a[1].length);
  const sides = new Map([...group(list, s => s.proposal)]
    .map(([n, own]) => [n, group(own, s => s.actor).size + own.length / 1e4]));
  const columns = [...sides].sort((a, b) => b[1] - a[1]);
  const heads = columns.slice(0, state.columns).map(([n]) => n);
  const table = el('table', { class: 'matrix', role: 'grid', 'aria-labelledby': 'matrix-title' },
    el('thead', {}, el('tr', {},
      el('td', { class: 'corner' }),
      heads.map(n => el('th', { scope: 'col', title: entity(n).name }, el('div', {}, link(n)))))),
    el('tbody', {}, rows.slice(0, state.rows).map(([actor, own]) => {
      const cells = group(own, s => s.proposal);
      return el('tr', {}, el('th', { scope: 'row' }, link(actor)),
        heads.map(n => el('td', {}, cells.has(n)
          ? marksButton(cells.get(n), between(actor, n), { 'data-cell': '' }) : null)));
    })));
  roving(table, '[data-cell]', item => ({ row: item.closest('tr').rowIndex,
    column: item.closest('td').cellIndex }));
  body.replaceChildren(
    el('p', { class: 'lead' }, 'Each mark is a sentence or more: press it to read them. ',
      'Arrow keys go from mark to mark.'),
    el('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': 'Matrix' }, table),
    more(rows.length, state.rows, 'actors', () => { state.rows = Infinity; draw(); }) || '',
    more(columns.length, state.columns, 'proposals', () => { state.columns = Infinity; draw(); })
      || '');
}

/* ---- who stands with whom ------------------------------------------------------------------ */

const FOR = { supports: 1, accepts: 1, proposes: 1, demands: 1, opposes: -1 };
const AGAINST = { opposes: 1, threatens: 1, criticises: 1 };
const side = s => (FOR[s.label] || 0) * (s.negated ? -1 : 1);

/* Ties of two actors: on one side of a proposal, on two, or one towards the other. */
function ties(list) {
  const out = new Map();
  const tie = (a, b) => {
    const [x, y] = a < b ? [a, b] : [b, a], key = x + ' ' + y;
    if (!out.has(key)) out.set(key, { a: x, b: y, same: 0, apart: 0, evidence: new Set() });
    return out.get(key);
  };
  for (const own of group(list.filter(s => s.proposal && side(s)), s => s.proposal).values()) {
    const stand = [...group(own.filter(s => !entity(s.actor).unnamed), s => s.actor)];
    if (stand.length > 40) continue; // a word that all use ties nobody
    const lean = l => Math.sign(l.reduce((sum, s) => sum + side(s), 0));
    for (let i = 0; i < stand.length; i++) {
      for (let k = i + 1; k < stand.length; k++) {
        const product = lean(stand[i][1]) * lean(stand[k][1]);
        if (!product) continue;
        const t = tie(stand[i][0], stand[k][0]);
        t[product > 0 ? 'same' : 'apart']++;
        stand[i][1].concat(stand[k][1]).forEach(s => t.evidence.add(s));
      }
    }
  }
  for (const s of list) {
    if (!s.target || s.target === s.actor || isProposal(s.target)
      || entity(s.actor).unnamed || entity(s.target).unnamed) continue;
    const t = tie(s.actor, s.target);
    t[AGAINST[s.label] && !s.negated ? 'apart' : 'same']++;
    t.evidence.add(s);
  }
  return [...out.values()].sort(by(t => t.same + t.apart));
}

const tieTitle = t => `${entity(t.a).name} and ${entity(t.b).name}`;
const showTie = t => showEvidence(tieTitle(t), [...t.evidence].sort((a, b) => a.n - b.n));
const counts = (t, key) => t[key] ? String(t[key]) : '';

function tieTable(list) {
  return el('table', { class: 'list' }, el('thead', {}, el('tr', {},
    el('th', { scope: 'col' }, 'Actor'), el('th', { scope: 'col' }, 'Actor'),
    el('th', { scope: 'col', class: 'number' }, 'Together'),
    el('th', { scope: 'col', class: 'number' }, 'Apart'),
    el('th', { scope: 'col' }, el('span', { class: 'hidden' }, 'Sentences')))),
  el('tbody', {}, list.map(t => el('tr', {}, el('td', {}, link(t.a)), el('td', {}, link(t.b)),
    ['same', 'apart'].map(key => el('td', { class: 'number' }, counts(t, key))),
    el('td', {}, el('button', { type: 'button', class: 'plain', 'aria-label': 'Sentences about '
      + tieTitle(t), on: { click: () => showTie(t) } }, 'why'))))));
}

function network(body) {
  const list = ties(current());
  if (!list.length) return body.replaceChildren(nothing());
  const charts = window.ententeCharts, most = 200;
  const holder = el('div', { class: 'chart' });
  body.replaceChildren(
    el('p', { class: 'lead' }, 'Two actors are tied when they stand on one proposal, or when one ',
      'asks, offers, threatens or blames the other: ', el('span', { class: 'same' }, 'together'),
      ' or ', el('span', { class: 'apart' }, 'apart'), '.'),
    holder,
    el('details', { open: !charts },
      el('summary', {}, count(list.length, 'tie') + ' as a table'),
      el('div', { class: 'scroll' }, tieTable(list.slice(0, most)))));
  if (charts) charts.network(holder, list, api); else holder.remove();
}

/* ---- timeline ------------------------------------------------------------------------------ */

function stanceTable(list) {
  return el('table', { class: 'list' }, el('thead', {}, el('tr', {},
    ['Date', 'Actor', 'Stance', 'Proposal', 'Sentence'].map(h => el('th', { scope: 'col' }, h)))),
  el('tbody', {}, list.map(s => el('tr', {}, el('td', { class: 'date' }, s.date || ''),
    el('td', {}, link(s.actor)), el('td', {}, chip(s, 1, true)),
    el('td', {}, s.proposal ? link(s.proposal) : null, s.target ? [' → ', link(s.target)] : null),
    el('td', { class: 'sentence' }, quote(s.sentence, s),
      el('span', { class: 'quiet' }, place(s)))))));
}

const inOrder = list => [...list].sort((a, b) => (a.date || '~') < (b.date || '~') ? -1
  : (a.date || '~') > (b.date || '~') ? 1 : a.n - b.n);

function timeline(body) {
  const list = inOrder(current());
  if (!list.length) return body.replaceChildren(nothing());
  const charts = window.ententeCharts, most = 500;
  const dated = list.filter(s => s.date).length;
  const holder = el('div', { class: 'chart' });
  body.replaceChildren(
    el('p', { class: 'lead' }, dated ? `${count(dated, 'stance')} with a date: of the sentence, `
      + 'else of the document.' + (dated < list.length ? ` ${list.length - dated} have none.` : '')
      : 'No date was found: stances stand in the order of the documents.'),
    holder,
    el('details', { open: !charts, id: 'stances-table' },
      el('summary', {}, count(list.length, 'stance') + ' with their sentences'),
      el('div', { class: 'scroll' }, stanceTable(list.slice(0, most))),
      cut(list, most)));
  if (charts) charts.timeline(holder, list, api); else holder.remove();
}

/* ---- lists, pages of one actor or proposal ------------------------------------------------- */

function bar(list, most) {
  const box = el('span', { class: 'bar', 'aria-hidden': 'true' });
  for (const [label, own] of group(list, s => s.label)) {
    const part = el('span', { class: 'part ' + label, title: `${label} ${own.length}` });
    part.style.width = (own.length / most * 100) + '%';
    box.append(part);
  }
  return box;
}

const order = { key: 'stances', down: true };

function entityTable(body, numbers, key) {
  const of = group(current(), s => s[key]);
  const rows = numbers.map(n => ({ n, e: entity(n), own: of.get(n) || [] }));
  const value = { name: r => r.e.name.toLowerCase(), kind: r => r.e.kind,
    mentions: r => r.e.mentions, documents: r => r.e.docs, stances: r => r.own.length };
  const columns = key === 'actor' ? ['name', 'kind', 'mentions', 'documents', 'stances']
    : ['name', 'mentions', 'documents', 'stances'];
  const v = value[order.key] || value.stances;
  const compare = (a, b) => v(a) < v(b) ? -1 : v(a) > v(b) ? 1 : 0;
  rows.sort((a, b) => compare(a, b) * (order.down ? -1 : 1) || a.n - b.n);
  const most = Math.max(1, ...rows.map(r => r.own.length));
  const sort = c => () => {
    order.down = order.key === c ? !order.down : c !== 'name' && c !== 'kind';
    order.key = c;
    draw();
    const again = body.querySelector(`[data-sort="${c}"]`);
    if (again) again.focus();
  };
  body.replaceChildren(el('div', { class: 'scroll' }, el('table', { class: 'list' },
    el('thead', {}, el('tr', {}, columns.map(c => el('th', { scope: 'col',
      class: ['mentions', 'documents'].includes(c) ? 'number' : undefined,
      'aria-sort': order.key === c ? (order.down ? 'descending' : 'ascending') : undefined },
    el('button', { type: 'button', class: 'sort', 'data-sort': c, on: { click: sort(c) } }, c))))),
    el('tbody', {}, rows.slice(0, state.list).map(r => el('tr', {},
      el('td', {}, link(r.n), r.e.aliases.length
        ? el('span', { class: 'quiet aliases' }, ' ' + r.e.aliases.slice(0, 4).join(', ')) : null),
      key === 'actor' ? el('td', {}, r.e.kind) : null,
      [r.e.mentions, r.e.docs].map(n => el('td', { class: 'number' }, n.toLocaleString('en'))),
      el('td', { class: 'stances' }, bar(r.own, most), ' ', r.own.length
        ? el('button', { type: 'button', class: 'plain',
            'aria-label': `${count(r.own.length, 'stance')}: ${r.e.name}`,
            on: { click: () => showEvidence(r.e.name, r.own) } }, String(r.own.length))
        : '0')))))),
  more(rows.length, state.list, 'lines', () => { state.list = Infinity; draw(); }) || '');
}

const numbers = fn => entities.map((_, i) => i + 1).filter(fn);
const actors = body => entityTable(body, numbers(n => !isProposal(n)
  && (!state.kind || entity(n).kind === state.kind)), 'actor');
const proposals = body => entityTable(body, numbers(isProposal), 'proposal');

/* Stances of one side of an entity, a line for each thing at the other end. */
function standing(title, list, key, titleOf) {
  if (!list.length) return null;
  const lines = [...group(list, s => s[key] || 0)].sort((a, b) => b[1].length - a[1].length);
  return el('section', {}, el('h3', {}, title), el('ul', { class: 'standing' },
    lines.map(([n, own]) => el('li', {}, marksButton(own, n ? titleOf(n) : title),
      n ? link(n) : el('span', { class: 'quiet' }, 'no proposal')))));
}

function entityPage(n) {
  const e = entity(n), list = current(), name = e.name;
  const title = $('entity-title');
  title.replaceChildren(harmless(name));
  title.className = e.kind;
  const own = ties(list).filter(t => t.a === n || t.b === n);
  const others = key => own.filter(t => t[key]).sort(by(t => t[key])).slice(0, 12)
    .map(t => el('li', {}, link(t.a === n ? t.b : t.a), ' ', el('button', { type: 'button',
      class: 'plain', 'aria-label': 'Sentences about ' + tieTitle(t),
      on: { click: () => showTie(t) } }, String(t[key]))));
  const company = (key, head) => {
    const items = others(key);
    return items.length ? el('section', {}, el('h3', {}, head),
      el('ul', { class: 'tags' }, items)) : null;
  };
  const known = group(e.seen, x => sentences[x - 1].doc);
  view('entity').querySelector('.body').replaceChildren(
    el('p', { class: 'lead' }, [e.kind, e.iso, count(e.mentions, 'mention'),
      count(e.docs, 'document')].filter(Boolean).join(' · ')),
    e.aliases.length ? el('p', {}, el('span', { class: 'quiet' }, 'Also: '),
      e.aliases.join(', ')) : '',
    el('div', { class: 'columns' }, [
      standing('Where it stands', list.filter(s => s.actor === n), 'proposal',
        p => between(n, p)),
      standing('Who stands where on it', list.filter(s => s.proposal === n), 'actor',
        a => between(a, n)),
      standing('Addressed to it', list.filter(s => s.target === n), 'actor',
        a => `${entity(a).name} → ${name}`),
      standing('As it tells', list.filter(s => s.by === n), 'actor', a => entity(a).name),
      company('same', 'Together with'), company('apart', 'Apart from')]),
    el('h3', {}, e.seen.length < e.mentions ? 'First mentions' : 'Mentions'),
    ...[...known].map(([d, list]) => el('section', { class: 'seen' },
      el('h4', {}, docs[d - 1].name, docs[d - 1].date
        ? el('span', { class: 'quiet' }, ' ' + docs[d - 1].date) : null),
      list.map(x => quote(x)))));
}
