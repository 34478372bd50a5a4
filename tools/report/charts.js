/* The charts of `entente report`, drawn with D3. Bundled into lua/entente/report/charts.js by
   `make report-page`; without it the page shows the same as tables.

   window.ententeCharts.network(holder, ties, page)     a graph of actors, laid out by forces
   window.ententeCharts.timeline(holder, stances, page) a lane for each actor, a mark a stance

   `page` is what page.js lends: data, names, the dialog with the sentences. */
import { axisTop } from 'd3-axis';
import { drag } from 'd3-drag';
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import { scaleLinear, scaleSqrt, scaleUtc } from 'd3-scale';
import * as selection from 'd3-selection';
import { symbol, symbolCircle, symbolDiamond, symbolSquare, symbolStar, symbolTriangle }
  from 'd3-shape';
import { zoom } from 'd3-zoom';

const { select } = selection;

const SHAPE = { person: symbolCircle, country: symbolDiamond, organisation: symbolSquare,
  group: symbolTriangle, place: symbolStar };

/* Draws again when the width has changed. */
function follow(holder, draw) {
  let width = 0;
  const look = () => {
    const now = holder.clientWidth;
    if (now && Math.abs(now - width) > 1) {
      width = now;
      draw(width);
    }
  };
  look();
  new ResizeObserver(look).observe(holder);
}

const short = (s, n) => s.length > n ? s.slice(0, n - 1).trimEnd() + '…' : s;

/* What moves when dragged or zoomed; D3 hands the event over in one of two ways. */
const eventOf = e => e && e.type ? e : selection.event;

/* ---- network -------------------------------------------------------------------------------- */

function graph(ties, page, most) {
  const weight = new Map();
  for (const t of ties) {
    for (const n of [t.a, t.b]) weight.set(n, (weight.get(n) || 0) + t.same + t.apart);
  }
  const kept = new Set([...weight].sort((a, b) => b[1] - a[1]).slice(0, most).map(([n]) => n));
  const among = ties.filter(t => kept.has(t.a) && kept.has(t.b)).slice(0, Math.ceil(most * 2.2));
  const tied = new Set(among.flatMap(t => [t.a, t.b]));
  const nodes = [...tied].map(n => ({ n, e: page.entity(n), weight: weight.get(n) }));
  const of = new Map(nodes.map(node => [node.n, node]));
  const links = among.map(t => ({ source: of.get(t.a), target: of.get(t.b), t,
    same: t.same >= t.apart }));
  return { nodes, links, left: weight.size - nodes.length };
}

function layout({ nodes, links }, width, height, radius) {
  const free = Math.sqrt(width * height / Math.max(1, nodes.length));
  const simulation = forceSimulation(nodes)
    .force('link', forceLink(links).distance(free * 0.75)
      .strength(l => l.same ? 0.25 : 0.05))
    .force('charge', forceManyBody().strength(-free * 4))
    .force('x', forceX(width / 2).strength(0.12 * height / width))
    .force('y', forceY(height / 2).strength(0.09))
    .force('collide', forceCollide(d => radius(d) + 22))
    .stop();
  for (let i = 0; i < 320; i++) simulation.tick();
  fit(nodes, d => d.x, (d, v) => { d.x = v; }, radius, [56, width - 56]);
  fit(nodes, d => d.y, (d, v) => { d.y = v; }, radius, [10, height - 24]);
}

/* Moves what forces laid out into the frame, in one direction. */
function fit(nodes, get, set, radius, [from, to]) {
  const low = Math.min(...nodes.map(d => get(d) - radius(d)));
  const high = Math.max(...nodes.map(d => get(d) + radius(d)));
  const place = scaleLinear().domain(high > low ? [low, high] : [low - 1, high + 1])
    .range([from, to]);
  nodes.forEach(d => set(d, place(get(d))));
}

function network(holder, ties, page) {
  const g = graph(ties, page, holder.clientWidth < 640 ? 18 : 44);
  follow(holder, width => {
    const height = Math.max(460, Math.min(680, width * 0.62));
    const size = scaleSqrt().domain([1, Math.max(2, ...g.nodes.map(d => d.weight))]).range(width < 640 ? [6, 15] : [7, 22]);
    const radius = d => size(d.weight);
    layout(g, width, height, radius);
    holder.replaceChildren();
    const svg = select(holder).append('svg').attr('viewBox', `0 0 ${width} ${height}`)
      .attr('height', height).attr('role', 'group').attr('aria-label',
        `${page.count(g.nodes.length, 'actor')} and their ties; the table below says the same`);
    const stage = svg.append('g');

    const lines = stage.append('g').selectAll('line').data(g.links).enter().append('line')
      .attr('class', l => 'tie ' + (l.same ? 'same' : 'apart'))
      .attr('stroke-width', l => Math.min(9, 1.2 + Math.sqrt(l.t.same + l.t.apart) * 1.1))
      .attr('stroke-opacity', 0.55)
      .on('click', (a, b) => page.showTie((b || a).t));
    lines.append('title').text(l => page.harmless(page.tieTitle(l.t))
      + `: together ${l.t.same}, apart ${l.t.apart}`);

    const nodes = stage.append('g').selectAll('a').data(g.nodes).enter().append('a')
      .attr('href', d => '#e' + d.n).attr('class', d => d.e.kind)
      .attr('aria-label', d => page.harmless(d.e.name) + ', ' + d.e.kind + ', '
        + page.count(ties.filter(t => t.a === d.n || t.b === d.n).length, 'tie'));
    nodes.append('path').attr('class', 'shape').attr('d', d => symbol()
      .type(SHAPE[d.e.kind] || symbolCircle).size(Math.PI * radius(d) ** 2)());
    nodes.append('text').attr('class', 'label').attr('y', d => radius(d) + 14)
      .text(d => short(page.harmless(d.e.name), 26));
    page.roving(holder, 'svg a', item => {
      const d = item.__data__;
      return { row: Math.round(d.y / 40), column: d.x };
    });

    const place = () => {
      lines.attr('x1', l => l.source.x).attr('y1', l => l.source.y)
        .attr('x2', l => l.target.x).attr('y2', l => l.target.y);
      nodes.attr('transform', d => `translate(${d.x},${d.y})`);
    };
    place();

    /* Those tied to the one under the pointer or in focus stand out. */
    const near = d => {
      const friends = new Set([d.n]);
      g.links.forEach(l => {
        if (l.source === d || l.target === d) friends.add(l.source.n).add(l.target.n);
      });
      nodes.classed('faded', o => !friends.has(o.n));
      lines.classed('faded', l => l.source !== d && l.target !== d);
    };
    const all = () => { nodes.classed('faded', false); lines.classed('faded', false); };
    nodes.on('mouseenter focus', function () { near(this.__data__); })
      .on('mouseleave blur', all);
    nodes.call(drag().on('drag', function (a) {
      const d = this.__data__, e = eventOf(a);
      d.x = e.x;
      d.y = e.y;
      place();
    }));
    svg.call(zoom().scaleExtent([0.5, 5])
      .filter((...args) => {
        const e = eventOf(args[0]);
        return e.type !== 'wheel' || e.ctrlKey || e.metaKey;
      })
      .on('zoom', a => stage.attr('transform', eventOf(a).transform)));
    select(holder).append('div').attr('class', 'hint quiet').text('Circles are people, squares '
      + 'organisations, diamonds countries, triangles groups. Press a line for the sentences behind '
      + 'it; drag to move; Ctrl and wheel to zoom.'
      + (g.left ? ` ${page.count(g.left, 'actor')} with fewer ties not drawn.` : ''));
  });
}

/* ---- timeline ------------------------------------------------------------------------------- */

const MARK = 18;

/* "2025", "2025-08", "2025-08-19" as a time. */
const time = date => Date.UTC(+date.slice(0, 4), +(date.slice(5, 7) || 1) - 1,
  +(date.slice(8, 10) || 1));

/* Puts marks that would overlap on top of one another; more than five are one. */
function stack(list, x) {
  const columns = new Map(), out = [];
  for (const s of list) {
    const column = Math.round(x(s) / (MARK + 1));
    if (!columns.has(column)) columns.set(column, []);
    columns.get(column).push(s);
  }
  let height = 1;
  for (const [column, own] of columns) {
    const ways = [...waysOf(own).values()];
    height = Math.max(height, Math.min(5, ways.length));
    const rest = ways.length > 5 ? ways.splice(4).flat() : null;
    if (rest) ways.push(rest);
    ways.forEach((same, i) => out.push({ x: column * (MARK + 1), i, list: same,
      mixed: same === rest }));
  }
  return { marks: out, height };
}

/* Stances of one way of standing. */
function waysOf(list) {
  const out = new Map();
  for (const s of list) {
    const key = s.label + (s.negated ? '!' : '') + (s.hedged ? '?' : '');
    if (!out.has(key)) out.set(key, []);
    out.get(key).push(s);
  }
  return out;
}

/* The time to draw: without the first and the last few when these would take most of it. They stand
   at the edges then. */
function span(at) {
  const sorted = [...at].sort((a, b) => a - b), last = sorted.length - 1;
  const few = Math.floor(sorted.length * 0.02);
  const all = [sorted[0], sorted[last]], most = [sorted[few], sorted[last - few]];
  return most[1] - most[0] < (all[1] - all[0]) / 2 ? most : all;
}

function timeline(holder, stances, page) {
  const dated = stances.filter(s => s.date), timed = dated.length > 0;
  const list = timed ? dated : stances;
  const most = 16;
  const rows = [...page.group(list, s => s.actor)].sort((a, b) => b[1].length - a[1].length);
  const drawn = rows.slice(0, most).flatMap(([, own]) => own);
  follow(holder, width => {
    const left = width < 640 ? 96 : 190, right = 24, top = 34;
    let x, scale, outside = 0;
    if (timed) {
      const at = drawn.map(s => time(s.date));
      const [from, to] = span(at), pad = Math.max(864e5, (to - from) * 0.02);
      outside = at.filter(t => t < from || t > to).length;
      scale = scaleUtc().domain([from - pad, to + pad]).range([left + MARK, width - right])
        .clamp(true);
      x = s => scale(time(s.date));
    } else {
      scale = scaleLinear().domain([1, Math.max(2, page.data.docs.length) + 0.999])
        .range([left + MARK, width - right]);
      const last = Math.max(1, page.data.sentences.length);
      x = s => scale(page.data.sentences[s.sentence - 1].doc + s.sentence / last * 0.9);
    }
    let y = top;
    const lanes = rows.slice(0, most).map(([actor, own]) => {
      const lane = Object.assign({ actor, y, own }, stack(own, x));
      y += lane.height * (MARK + 3) + 8;
      return lane;
    });
    holder.replaceChildren();
    const svg = select(holder).append('svg').attr('viewBox', `0 0 ${width} ${y + 4}`)
      .attr('height', y + 4).attr('role', 'group')
      .attr('aria-label', 'Stances by time, a lane an actor; the table below says the same');
    const axis = axisTop(scale).ticks(Math.max(2, Math.min(9, (width - left) / 90))).tickSizeOuter(0);
    if (!timed) axis.tickFormat(n => n % 1 ? '' : short(page.harmless(page.data.docs[n - 1]
      ? page.data.docs[n - 1].name.replace(/.*\//, '') : ''), 14));
    svg.append('g').attr('class', 'axis').attr('aria-hidden', 'true')
      .attr('transform', `translate(0,${top - 6})`).call(axis);
    const lane = svg.selectAll('.row').data(lanes).enter().append('g').attr('class', 'row')
      .attr('transform', l => `translate(0,${l.y})`);
    lane.append('rect').attr('class', (_, i) => 'lane' + (i % 2 ? ' odd' : '')).attr('width', width)
      .attr('height', l => l.height * (MARK + 3) + 8);
    lane.append('a').attr('href', l => '#e' + l.actor)
      .attr('class', l => page.entity(l.actor).kind).append('text').attr('x', left - 8)
      .attr('y', 19).attr('text-anchor', 'end').attr('style', null)
      .text(l => short(page.harmless(page.entity(l.actor).name), width < 640 ? 13 : 27));
    const mark = lane.selectAll('.stance').data(l => l.marks.map(m => Object.assign(m, { lane: l })))
      .enter().append('g')
      .attr('class', m => 'stance ' + m.list[0].label + (m.list[0].hedged ? ' hedged' : ''))
      .attr('role', 'button').attr('aria-label', m => label(m, page))
      .attr('transform', m => `translate(${m.x},${6 + m.i * (MARK + 3)})`);
    mark.append('rect').attr('x', -MARK / 2).attr('width', MARK).attr('height', MARK).attr('rx', 5);
    mark.append('text').attr('y', 13.5).text(m => m.mixed ? '…'
      : m.list.length > 1 ? m.list.length : page.sign[m.list[0].label]);
    mark.append('title').text(m => label(m, page));
    const open = m => page.showEvidence(label(m, page), m.list);
    mark.on('click', function () { open(this.__data__); })
      .on('keydown', function (a) {
        const e = eventOf(a);
        if (e.key === 'Enter' || e.key === ' ') {
          e.preventDefault();
          open(this.__data__);
        }
      });
    page.roving(holder, '.stance', item => {
      const m = item.__data__;
      return { row: m.lane.y + m.i, column: m.x };
    });
    const hint = (rows.length > most
      ? `The ${most} actors with most stances of ${rows.length}. ` : '')
      + (outside ? `${page.count(outside, 'stance')} before or after these years: at the edges.` : '');
    if (hint) select(holder).append('div').attr('class', 'hint quiet').text(hint);
  });
}

function label(m, page) {
  const s = m.list[0];
  return page.harmless(page.entity(s.actor).name + ' ' + page.words(s)
    + (s.proposal ? ' ' + page.entity(s.proposal).name : '')
    + (m.list.length > 1 ? ` and ${m.list.length - 1} more` : '')
    + (s.date ? ', ' + s.date : ''));
}

window.ententeCharts = { network, timeline };
