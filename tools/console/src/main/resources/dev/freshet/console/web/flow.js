// Streams → functions → results → store, with rates, lag, freshness and failures.

import {duration, h, number, show, tile} from './dom.js';

const RESULTS = 'feature-results';
const SVG = 'http://www.w3.org/2000/svg';

export {start as show};

function start(body) {
  const note = h('p', {class: 'soft'}), tiles = h('div', {class: 'tiles'}), rest = h('div');
  const lines = document.createElementNS(SVG, 'svg'), columns = h('div', {class: 'columns'});
  lines.setAttribute('aria-hidden', 'true');
  const picture = h('div', {class: 'picture'}, lines, columns);
  body.append(h('h1', {}, 'Flow'), note, tiles, picture, rest);
  new ResizeObserver(() => edges(picture)).observe(picture);
  return data => {
    show(note, data.note);
    show(tiles, counters(data));
    show(columns, parts(data));
    show(rest, data.fault ? h('p', {class: 'fault'}, `▲ ${data.fault}`) : [], unknown(data.notKnown));
    edges(picture);
  };
}

function counters(data) {
  const {freshMillis: fresh, unused} = data;
  return [
    tile('events/s', number(data.eventsPerSecond)),
    data.resultsPerSecond === null ? null : tile('results/s', number(data.resultsPerSecond)),
    unused && [
      tile('fresh p50', fresh ? duration(fresh.p50) : '–'), tile('fresh p99', fresh ? duration(fresh.p99) : '–'),
      tile('late', number(unused.late)), tile('skipped', number(unused.skipped)), tile('invalid', number(unused.invalid), unused.invalid > 0),
    ],
    tile(h('a', {href: '#events'}, 'dead letters'), number(data.letters), data.letters > 0),
  ];
}

function parts(data) {
  const isSubscriber = each => each.reads.includes(RESULTS);
  const functions = data.functions.filter(each => !isSubscriber(each));
  const subscribers = data.direct ? [] : data.functions.filter(isSubscriber);
  const writers = data.direct || !subscribers.length ? functions : subscribers;
  const results = data.streams.find(each => each.name === RESULTS);
  return [
    h('section', {}, h('h2', {}, 'Streams'), data.streams.filter(each => each !== results).map(each => stream(each, []))),
    h('section', {}, h('h2', {}, 'Functions'), functions.map(work)),
    h('section', {}, h('h2', {}, data.direct ? 'Results, for others' : 'Results'),
      results ? stream(results, functions.map(each => `f:${each.name}`)) : [], subscribers.map(work)),
    h('section', {}, h('h2', {}, 'Store'),
      node('feature store', 'store', writers.map(each => `f:${each.name}`), {
        ...(data.direct ? {written: 'by the functions'} : {}),
        'fresh p50': data.freshMillis ? duration(data.freshMillis.p50) : '–',
        'fresh p99': data.freshMillis ? duration(data.freshMillis.p99) : '–',
      })),
  ];
}

const stream = ({name, perSecond, shards}, from) => node(name, `s:${name}`, from,
  {'records/s': number(perSecond), ...(shards === null ? {} : {shards: number(shards)})}, [], perSecond > 0);

function work(each) {
  const facts = each.perSecond === null ? {'calls/s': number(each.callsPerSecond)} : {'records/s': number(each.perSecond)};
  facts.lag = duration(each.lagMillis);
  if (each.failures > 0) facts['▲ failed calls'] = number(each.failures);
  if (each.givenUp > 0) facts['▲ given up'] = number(each.givenUp);
  return node(each.name, `f:${each.name}`, each.reads.map(read => `s:${read}`), facts, each.groups, (each.perSecond ?? each.callsPerSecond) > 0);
}

function node(name, id, from, facts, groups = [], isLive = false) {
  const short = name.replace(/^freshet-[a-z0-9]+-/, '');
  const bad = Object.keys(facts).some(key => key.startsWith('▲'));
  const isNamed = groups.length === 1 && short === groups[0].replaceAll('_', '-');
  return h('div', {class: bad ? 'node bad' : 'node', 'data-id': id, 'data-from': from.join(' '), 'data-live': String(isLive)},
    h('b', {}, short), groups.length && !isNamed ? h('div', {class: 'soft'}, groups.join(', ')) : null,
    h('dl', {}, Object.entries(facts).map(([key, value]) => h('div', {}, h('dt', {}, key), h('dd', {}, value)))));
}

const unknown = list => list.length ? [
  h('h2', {}, 'Not known here'),
  h('dl', {class: 'facts'}, list.flatMap(({what, why}) => [h('dt', {}, what), h('dd', {}, why)])),
] : [];

/** Draws a line from each node to those that it feeds. */
function edges(picture) {
  const svg = picture.firstChild, frame = picture.getBoundingClientRect();
  const found = new Map([...picture.querySelectorAll('.node')].map(each => [each.dataset.id, each]));
  const paths = [];
  for (const to of found.values()) {
    for (const from of to.dataset.from.split(' ').map(id => found.get(id)).filter(Boolean)) {
      const line = document.createElementNS(SVG, 'path');
      line.setAttribute('d', way(from.getBoundingClientRect(), to.getBoundingClientRect(), frame));
      if (from.dataset.live === 'true') line.setAttribute('class', 'live');
      paths.push(line);
    }
  }
  svg.replaceChildren(...paths);
}

function way(a, b, frame) {
  const [x1, y1, x2, y2] = [a.right - frame.left, a.top + a.height / 2 - frame.top, b.left - frame.left, b.top + b.height / 2 - frame.top];
  return x2 <= x1
    ? `M${(a.left + a.right) / 2 - frame.left},${a.bottom - frame.top} V${b.top - frame.top}`
    : `M${x1},${y1} C${(x1 + x2) / 2},${y1} ${(x1 + x2) / 2},${y2} ${x2},${y2}`;
}
