// What came into each function and where it went, and whether that adds up.

import {h, number, show, table, tile} from './dom.js';

export {start as show};

const MOST_NAMED = 5;
const STEPS = {'@due': 'keys that were due', '@batches': 'results in batches'};
const group = row => row.group === '*' ? 'every group' : row.group;
const subject = row => [row.function, group(row), STEPS[row.stream] ?? row.stream, row.shard].filter(Boolean).join(', ');

function start(body) {
  const all = h('div');
  body.append(h('h1', {}, 'Ledger'),
    h('p', {class: 'soft'}, 'All that came into a function must have its end: in = applied + duplicate + late + skipped + invalid + unfinished. What is unfinished comes again.'), all);
  return ({report, command}) => show(all, verdict(report),
    h('h2', {}, 'Functions'),
    table('functions', ['function and group', 'stream and shard', '#in', '#applied', '#duplicate', '#late', '#skipped', '#invalid', '#unfinished', 'sum'], report.rows.map(row => [
      [row.function, h('div', {class: 'soft'}, group(row))], [STEPS[row.stream] ?? row.stream, h('div', {class: 'soft'}, row.shard)],
      ...[row.in, row.applied, row.duplicate, row.late, row.skipped, row.invalid, row.unfinished].map(number), sum(row.missing),
    ]), 'Nothing came in yet.'),
    results(report),
    h('p', {class: 'code'}, command));
}

function results({results: all, groups}) {
  return [
    h('h2', {}, 'Results'),
    h('p', {class: 'soft'}, 'Published results are stored, stale (there was a newer one), skipped (to be forgotten), invalid, or still in flight. One that is put or read again arrives again.'),
    h('div', {class: 'tiles'}, tile('published', number(all.published)), tile('stored', number(all.stored)), tile('stale', number(all.stale)),
      tile('skipped', number(all.skipped)), tile('invalid', number(all.invalid), all.invalid > 0), tile('in flight', number(all.inFlight)),
      tile('again', number(all.again)), tile('missing', number(all.missing), all.missing !== 0)),
    table('results by group', ['feature group', '#published', '#arrived', '#in flight', '#again', 'sum'], groups.map(each => [
      each.group, ...[each.published, each.arrived, each.inFlight, each.again].map(number), sum(each.missing),
    ]), 'No result was published yet.'),
  ];
}

const sum = missing => h('span', {class: 'verdict'}, missing === 0 ? '✓ adds up' : `▲ ${number(Math.abs(missing))} ${missing > 0 ? 'missing' : 'too many'}`);

function verdict({missing, rows, groups}) {
  const events = rows.filter(row => row.ofEvents).reduce((total, row) => total + row.in, 0);
  if (missing === 0) return h('p', {class: 'empty good'}, h('b', {}, '✓ adds up'), `: ${number(events)} events came into the feature groups, and each has its end.`);
  const named = [...rows.filter(row => row.missing !== 0).map(row => `${number(Math.abs(row.missing))} ${row.missing > 0 ? 'have vanished' : 'too many'} in ${subject(row)}`),
    ...groups.filter(each => each.missing !== 0).map(each => `${number(each.missing)} results of ${each.group} did not arrive`)];
  const rest = named.length - MOST_NAMED;
  return h('p', {class: 'fault'}, h('b', {}, `▲ ${number(missing)} missing`), `: ${named.slice(0, MOST_NAMED).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`);
}
