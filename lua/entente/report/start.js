/* Search, the choice of a view, filters, colours, keys. See base.js. */

/* ---- search -------------------------------------------------------------------------------- */

const plain = s => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
let haystack;

function search(query) {
  const parts = plain(query).split(/\s+/).filter(Boolean);
  const body = view('search').querySelector('.body');
  if (!parts.length) {
    $('search-count').textContent = 'Type a name or a word.';
    return body.replaceChildren();
  }
  haystack = haystack || {
    names: entities.map(e => plain([e.name, ...e.aliases].join('\n'))),
    texts: sentences.map(s => plain(s.text)),
  };
  const holds = text => parts.every(p => text.includes(p));
  const found = numbers(n => holds(haystack.names[n - 1]));
  const inText = sentences.map((_, i) => i + 1).filter(n => holds(haystack.texts[n - 1]));
  const most = 60;
  const list = (title, items) => items.length ? el('section', {}, el('h3', {}, title),
    el('ul', { class: 'found' }, items)) : '';
  $('search-count').textContent = `${count(found.length, 'name')} and `
    + `${count(inText.length, 'sentence')} with “${query}”`;
  const of = group(stances, s => s.sentence);
  body.replaceChildren(
    list('Actors', found.filter(n => !isProposal(n)).slice(0, most).map(item)),
    list('Proposals', found.filter(isProposal).slice(0, most).map(item)),
    list('Sentences', inText.slice(0, most).map(n => el('li', {},
      quote(n, (of.get(n) || [])[0]), el('span', { class: 'quiet' },
        `${docs[sentences[n - 1].doc - 1].name}:${sentences[n - 1].line}`)))),
    inText.length > most ? el('p', { class: 'note' }, `The first ${most} sentences.`) : '');
}

function item(n) {
  const e = entity(n);
  return el('li', {}, link(n), el('span', { class: 'quiet' }, ' ' + [e.kind,
    count(e.mentions, 'mention'), e.aliases.slice(0, 3).join(', ')].filter(Boolean).join(' · ')));
}

/* ---- about --------------------------------------------------------------------------------- */

function about(body) {
  const t = data.total, kept = { actors: numbers(n => !isProposal(n)).length,
    proposals: numbers(isProposal).length, stances: stances.length };
  const cut = ['actors', 'proposals', 'stances'].filter(k => kept[k] < t[k])
    .map(k => `${kept[k].toLocaleString('en')} of ${t[k].toLocaleString('en')} ${k}`);
  body.replaceChildren(
    el('p', {}, `Made by entente ${data.version} from ${count(t.documents, 'document')} with `
      + `${count(t.mentions, 'mention')}. A stance is what a sentence says, not what is true, and `
      + 'a program read it: look at the sentence before you rely on it. The percentage tells how '
      + 'often marks like it are right.'),
    cut.length ? el('p', { class: 'note' }, `The page holds ${cut.join(', ')}: those with most `
      + 'stances and the surest. The index or the exports hold the rest.') : '',
    el('h3', {}, 'Marks'),
    el('ul', { class: 'tags' }, labels.map(l => el('li', {}, chip({ label: l }, 1, true))),
      el('li', {}, chip({ label: 'accepts', negated: true }, 1, true)),
      el('li', {}, chip({ label: 'supports', hedged: true }, 1, true))),
    el('h3', {}, 'Keys'),
    el('p', {}, el('kbd', {}, '/'), ' search, ', el('kbd', {}, '1'), ' to ', el('kbd', {}, '6'),
      ' views, arrow keys inside the matrix and the charts, ', el('kbd', {}, 'Esc'), ' closes.'),
    el('h3', {}, 'Documents'),
    el('ol', {}, docs.slice(0, 1000).map(d => el('li', {}, d.name, d.date
      ? el('span', { class: 'quiet' }, ' ' + d.date) : null))));
}

/* ---- start: views, filters, theme ---------------------------------------------------------- */

const views = { matrix, network, timeline, actors, proposals, about };
const api = { el, data, entity, sign, words, count, by, group, roving, showEvidence, showTie,
  tieTitle, place, kinds, harmless };

const where = () => decodeURIComponent(location.hash.slice(1)) || 'matrix';

function draw(focus) {
  const at = where(), number = /^e(\d+)$/.exec(at);
  const name = number && entity(+number[1]) ? 'entity' : at.startsWith('search') ? 'search'
    : views[at] ? at : 'matrix';
  document.querySelectorAll('main > section').forEach(s => { s.hidden = s !== view(name); });
  document.querySelectorAll('nav.views a').forEach(a => {
    if (a.getAttribute('href') === '#' + name) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  });
  if (name === 'entity') entityPage(+number[1]);
  else if (name === 'search') search($('q').value);
  else views[name](view(name).querySelector('.body'));
  document.querySelector('.filters').hidden = name === 'search' || name === 'about';
  const title = $(name + '-title');
  document.title = `${title.textContent} · ${harmless(data.title)}`;
  if (focus) {
    window.scrollTo(0, 0);
    title.focus({ preventScroll: true });
  }
}

function filters() {
  const number = group(stances, s => s.label);
  $('legend').append(...labels.filter(l => number.has(l)).map(l => el('button', { type: 'button',
    class: 'toggle ' + l, 'aria-pressed': 'true',
    'aria-label': `${l}: ${count(number.get(l).length, 'stance')}`, on: { click: event => {
      const on = state.labels.has(l);
      state.labels[on ? 'delete' : 'add'](l);
      event.currentTarget.setAttribute('aria-pressed', String(!on));
      draw();
    } } }, chip({ label: l }, 1, true), el('span', { class: 'quiet' }, number.get(l).length))));
  const choice = (id, options, set) => {
    $(id).append(...options.map(([v, text]) => el('option', { value: String(v) }, text)));
    $(id).addEventListener('change', () => { set($(id).value); draw(); });
  };
  choice('kind', [['', 'all'], ...kinds.filter(k => entities.some(e => e.kind === k))
    .map(k => [k, plural[k]])], v => { state.kind = v; });
  choice('least', [[0, 'any'], [0.5, '50 % sure'], [0.7, '70 % sure'], [0.85, '85 % sure']],
    v => { state.least = +v; });
}

/* Light, dark or as the system is; remembered where the browser lets a file remember. */
function theme() {
  const stored = { get: () => { try { return localStorage.getItem('entente-theme'); } catch (_) {
    return null; } }, set: v => { try { localStorage.setItem('entente-theme', v); } catch (_) {
    return; } } };
  const system = matchMedia('(prefers-color-scheme: dark)');
  let choice = stored.get();
  const apply = () => {
    const dark = choice ? choice === 'dark' : system.matches;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    $('theme').textContent = dark ? '☀ Light' : '☾ Dark';
    $('theme').setAttribute('aria-label', `Switch to ${dark ? 'light' : 'dark'} colours`);
  };
  $('theme').addEventListener('click', () => {
    choice = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    stored.set(choice);
    apply();
  });
  system.addEventListener('change', apply);
  apply();
}

function keys(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || $('evidence').open
    || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (event.key === '/') {
    event.preventDefault();
    $('q').focus();
  } else if (/^[1-6]$/.test(event.key)) {
    location.hash = Object.keys(views)[+event.key - 1];
  }
}

function start() {
  const t = data.total;
  $('summary').textContent = [count(t.documents, 'document'), count(t.actors, 'actor'),
    count(t.proposals, 'proposal'), count(t.stances, 'stance')].join(' · ');
  filters();
  theme();
  $('search-form').addEventListener('submit', event => event.preventDefault());
  $('q').addEventListener('input', () => {
    if (where() !== 'search') history.replaceState(null, '', '#search');
    draw();
  });
  $('q').addEventListener('keydown', event => {
    if (event.key === 'Escape') { $('q').value = ''; location.hash = 'matrix'; }
  });
  const box = $('evidence');
  $('evidence-close').addEventListener('click', () => box.close());
  box.addEventListener('click', event => {
    if (event.target === box || event.target.closest('a')) box.close();
  });
  $('skip').addEventListener('click', event => { event.preventDefault(); $('main').focus(); });
  document.addEventListener('keydown', keys);
  window.addEventListener('hashchange', () => draw(true));
  /* On paper all views follow one another, with the sentences. */
  window.addEventListener('beforeprint', () => {
    for (const [name, fill] of Object.entries(views)) {
      view(name).hidden = false;
      fill(view(name).querySelector('.body'));
    }
    $('stances-table')?.setAttribute('open', '');
  });
  window.addEventListener('afterprint', () => draw());
  draw();
}

start();
