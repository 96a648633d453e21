// The values of each feature in a sample of the feature store, beside those of the baseline.

import {duration, h, number, show, table, tile} from './dom.js';

export {start as show};

const READINGS = {NO_BASELINE: '– no baseline', TOO_FEW: '○ too few values', STABLE: '✓ stable', MOVED: '△ moved', SHIFTED: '▲ shifted'};
const MOST_TEXTS = 3;
const when = instant => instant.slice(0, 19).replace('T', ' ');
const share = value => `${number(100 * value)} %`;

function start(body) {
  const all = h('div');
  body.append(h('h1', {}, 'Data'), all);
  return data => {
    const {report} = data;
    const sizes = Object.entries(report.entities).filter(([, entities]) => entities > 0);
    if (sizes.length === 0) return show(all, h('p', {class: 'empty'}, 'The feature store has no entities yet.'));
    const drawn = sizes.map(([dimension, entities]) => `${dimension} ${number(entities)}`).join(', ');
    const seen = report.features.filter(each => each.now.values > 0), unseen = groups(report.features.filter(each => each.now.values === 0)).map(([group]) => group);
    const count = reading => seen.filter(each => each.reading === reading).length;
    const hasBaseline = Object.keys(data.made).length > 0;
    show(all,
      h('p', {class: 'soft'}, `A sample of the entities in the feature store, of ${when(report.at)}: ${drawn}. It is drawn anew every ${duration(data.everyMillis)} while a browser shows it.`),
      hasBaseline ? [baseline(data.made), verdict(seen)] : h('p', {class: 'empty'}, 'No baseline to compare with. This makes one of the values that are served now: ', h('code', {}, data.save)),
      hasBaseline ? h('div', {class: 'tiles'}, tile('stable', number(count('STABLE'))), tile('moved', number(count('MOVED'))),
        tile('shifted', number(count('SHIFTED')), count('SHIFTED') > 0), tile('too few values', number(count('TOO_FEW'))), tile('no baseline', number(count('NO_BASELINE')))) : [],
      groups(seen).map(([group, features]) => [h('h2', {}, group), table(`features of ${group}`, heads(hasBaseline), features.map(each => row(each, hasBaseline)), '')]),
      unseen.length ? h('p', {class: 'soft'}, `None of these entities has a value of ${unseen.join(', ')}.`) : [],
      h('p', {class: 'code'}, data.command));
  };
}

const baseline = made => h('p', {class: 'soft'}, 'Baseline: ', Object.entries(made).map(([from, at]) => `of ${from === 'store' ? 'the feature store' : from}, made ${when(at)}`).join('; '),
  '. The population stability index (PSI) says how far values have moved: below 0.1 stable, above 0.25 shifted, unless chance does as much. Change: by how many middle halves of the baseline mean or median have moved.');

function verdict(features) {
  const shifted = features.filter(each => each.reading === 'SHIFTED').sort((one, other) => other.psi - one.psi);
  return shifted.length === 0 ? h('p', {class: 'empty good'}, h('b', {}, '✓ no feature has shifted'))
    : h('p', {class: 'fault'}, h('b', {}, `▲ ${shifted.length} shifted`), `: ${shifted.map(each => each.feature).join(', ')}`);
}

/** The features by group; the group that has moved most is the first, one without values the last. */
function groups(features) {
  const found = new Map();
  for (const each of features) found.set(each.featureGroup, [...found.get(each.featureGroup) ?? [], each]);
  const most = list => Math.max(...list.map(each => each.psi || (each.now.absent < 1 ? 0 : -1)));
  return [...found].sort(([, one], [, other]) => most(other) - most(one));
}

const heads = hasBaseline => ['feature', '#values', '#absent', '#mean', '#p10', '#p50', '#p90', hasBaseline ? 'now and baseline' : 'distribution', ...hasBaseline ? ['#change', '#PSI', 'reading'] : []];

function row({feature, featureGroup, now, baseline: then, change, psi, reading}, hasBaseline) {
  const both = (value, read, format = number) => [format(value), then && (read(then) ?? null) !== null ? h('div', {class: 'soft'}, `was ${format(read(then))}`) : null];
  const quantile = name => both(now.numbers?.[name], profile => profile.numbers?.[name]);
  return [
    feature.slice(featureGroup.length + 1), number(now.values), both(now.absent, profile => profile.absent, share),
    ...['mean', 'p10', 'p50', 'p90'].map(quantile), now.texts ? texts(now.texts, then?.texts) : spread(now.numbers, then?.numbers),
    ...hasBaseline ? [number(change), number(psi), h('span', {class: 'verdict'}, reading === 'SHIFTED' ? h('b', {}, READINGS[reading]) : READINGS[reading])] : [],
  ];
}

const texts = (now, then) => now.length === 0 ? '–' : now.slice(0, MOST_TEXTS).map(each => {
  const old = then?.find(other => other.text === each.text);
  return h('div', {}, `${each.text}: ${share(each.share)}`, then && h('span', {class: 'soft'}, old ? `, was ${share(old.share)}` : ', was rare'));
});

const LEFT = 40, WIDTH = 200, TOP = {now: 2, then: 22}, HEIGHT = 14;

/** Two bars on one scale: a line from p01 to p99, a box around the middle half, a mark at the median. */
function spread(now, then) {
  const bars = [['now', now], ['then', then]].filter(([, each]) => each);
  if (bars.length === 0) return '–';
  const low = Math.min(...bars.map(([, each]) => each.p01)), high = Math.max(...bars.map(([, each]) => each.p99));
  const x = value => LEFT + (high > low ? (value - low) / (high - low) : 0.5) * (WIDTH - LEFT - 4) + 2;
  const words = bars.map(([name, each]) => `${name}: from ${number(each.p01)} to ${number(each.p99)}, half from ${number(each.p25)} to ${number(each.p75)}, median ${number(each.p50)}`);
  return svg('svg', {class: 'spread', viewBox: `0 0 ${WIDTH} ${then ? 38 : 18}`, role: 'img', 'aria-label': words.join('; ')}, ...bars.flatMap(([name, each]) => {
    const y = TOP[name], middle = y + HEIGHT / 2;
    return [
      svg('text', {x: 0, y: y + 11}, name),
      svg('line', {x1: x(each.p01), x2: x(each.p99), y1: middle, y2: middle}),
      svg('rect', {class: name, x: x(each.p25) - 1, y, width: x(each.p75) - x(each.p25) + 2, height: HEIGHT}),
      svg('line', {class: 'median', x1: x(each.p50), x2: x(each.p50), y1: y, y2: y + HEIGHT}),
    ];
  }));
}

function svg(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
