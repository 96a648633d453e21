// Streams → functions → results → store, with rates, lag, freshness and failures.

import {duration, h, number, show, tile} from './dom.js';

const RESULTS = 'feature-results';

export function flow(body) {
  const tiles = h('div', {class: 'tiles'});
  const picture = h('div', {class: 'picture'});
  show(body, h('h1', {}, 'Flow'), h('p', {class: 'soft'}, 'Rates are of a second, over the last ten.'), tiles, picture);
  addEventListener('resize', () => picture.isConnected && edges(picture));
  return data => {
    show(tiles,
      tile('events/s', number(data.eventsPerSecond)),
      tile('results/s', number(data.resultsPerSecond)),
      tile('fresh p50', data.freshMillis ? duration(data.freshMillis.p50) : '–'),
      tile('fresh p99', data.freshMillis ? duration(data.freshMillis.p99) : '–'),
      tile('late', number(data.unused?.late)),
      tile('skipped', number(data.unused?.skipped)),
      tile('invalid', number(data.unused?.invalid), data.unused?.invalid > 0),
      tile('dead letters', number(data.letters), data.letters > 0));
    show(picture, columns(data), data.fault ? h('p', {class: 'fault'}, `▲ ${data.fault}`) : []);
    edges(picture);
  };
}

function columns(data) {
  const readings = data.functions.flatMap(each => each.reads.map(read => ({...read, function: each.name})));
  const streams = [...new Set(readings.map(read => read.stream))].filter(name => name !== RESULTS);
  const functions = data.functions.filter(each => each.reads.some(read => read.stream !== RESULTS));
  const subscribers = data.functions.filter(each => each.reads.some(read => read.stream === RESULTS));
  const stored = subscribers.map(each => each.name).join(' ') || functions.map(each => each.name).join(' ');
  return [
    h('section', {}, h('h2', {}, 'Streams'), streams.map(name => node(name, '', 's:', {
      'events/s': number(Math.max(...readings.filter(read => read.stream === name).map(read => read.perSecond ?? 0))),
    }))),
    h('section', {}, h('h2', {}, 'Functions'), functions.map(each => node(each.name, each.reads.map(read => `s:${read.stream}`).join(' '), 'f:', work(each), each.groups))),
    h('section', {}, h('h2', {}, 'Results'),
      node(RESULTS, functions.map(each => `f:${each.name}`).join(' '), 's:', {'results/s': number(data.resultsPerSecond)}),
      subscribers.map(each => node(each.name, `s:${RESULTS}`, 'f:', work(each)))),
    h('section', {}, h('h2', {}, 'Store'),
      node('feature store', stored.split(' ').map(name => `f:${name}`).join(' '), 's:', {
        'fresh p50': data.freshMillis ? duration(data.freshMillis.p50) : '–',
        'fresh p99': data.freshMillis ? duration(data.freshMillis.p99) : '–',
      })),
  ];
}

function work(each) {
  const sum = name => each.reads.reduce((total, read) => total + (read[name] ?? 0), 0);
  const facts = {
    'records/s': number(sum('perSecond')),
    lag: duration(Math.max(...each.reads.map(read => read.lagMillis ?? 0))),
  };
  if (sum('failures') > 0) facts['▲ failed invocations'] = number(sum('failures'));
  if (sum('givenUp') > 0) facts['▲ given up'] = number(sum('givenUp'));
  return facts;
}

function node(name, from, kind, facts, groups = []) {
  const bad = Object.keys(facts).some(key => key.startsWith('▲'));
  return h('div', {class: bad ? 'node bad' : 'node', 'data-id': kind + name, 'data-from': from, 'data-live': !/^0?$|^–$/.test(Object.values(facts)[0])},
    h('b', {}, short(name)),
    groups.length > 1 || (groups.length === 1 && !name.endsWith(groups[0].replaceAll('_', '-'))) ? h('div', {class: 'soft'}, groups.join(', ')) : null,
    h('dl', {}, Object.entries(facts).flatMap(([key, value]) => [h('dt', {}, key), h('dd', {}, value)])));
}

/** A function's name without service and stage. */
const short = name => name.replace(/^freshet-[a-z0-9]+-/, '');

/** Draws a line from each node to those that it feeds. */
function edges(picture) {
  picture.querySelector('svg')?.remove();
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const frame = picture.getBoundingClientRect();
  const nodes = new Map([...picture.querySelectorAll('.node')].map(each => [each.dataset.id, each]));
  for (const to of nodes.values()) {
    for (const id of to.dataset.from.split(' ').filter(Boolean)) {
      const from = nodes.get(id);
      if (!from || from === to) continue;
      const a = from.getBoundingClientRect(), b = to.getBoundingClientRect();
      const line = document.createElementNS(space, 'path');
      const [x1, y1, y2] = [a.right - frame.left, a.top + a.height / 2 - frame.top, b.top + b.height / 2 - frame.top];
      const x2 = b.left - frame.left;
      if (x2 <= x1) {
        line.setAttribute('d', `M${(a.left + a.right) / 2 - frame.left},${a.bottom - frame.top} V${b.top - frame.top}`);
      } else {
        line.setAttribute('d', `M${x1},${y1} C${(x1 + x2) / 2},${y1} ${(x1 + x2) / 2},${y2} ${x2},${y2}`);
      }
      if (from.dataset.live === 'true') line.classList.add('live');
      svg.append(line);
    }
  }
  picture.prepend(svg);
}
