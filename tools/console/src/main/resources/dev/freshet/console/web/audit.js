// The outcome of the last audit: whether what is served is what the events give.

import {duration, h, number, problem, show, stamp, table, tile} from './dom.js';

export {start as show};

const CAUSES = ['EQUAL', 'LATE', 'IN_FLIGHT', 'LAG', 'BEYOND_RETENTION', 'UNEXPLAINED'];
const SIGNS = {EQUAL: '✓', UNEXPLAINED: '▲'};
const words = cause => cause.toLowerCase().replaceAll('_', ' ');

function start(body, parameters, {ask, site}) {
  const all = h('div'), refusal = h('div', {'aria-live': 'polite'});
  body.append(h('h1', {}, 'Audit'),
    h('p', {class: 'soft'}, 'Computes features anew from the events that the streams still have, and compares them with what the feature store serves. It changes nothing.'), refusal, all);
  return data => show(all, site.isReadOnly ? ofStage(data) : [now(data), data.last ? outcome(data.last) : h('p', {class: 'empty'}, 'No audit has ended since the console was started.')]);

  function now({runningForMillis: running, command}) {
    return [
      h('div', {class: 'bar'},
        h('button', {id: 'audit-now', onclick: run, 'aria-disabled': running === null ? null : 'true'}, 'audit now'),
        h('span', {role: 'status'}, running === null ? '100 entities of each dimension, for two minutes at most' : `◌ an audit is running, for ${duration(running)} now`)),
      h('p', {class: 'code'}, command),
    ];
  }

  function run() {
    ask('audit', {}, 'POST').then(() => show(refusal), error => show(refusal, problem(error)));
  }
}

const ofStage = ({command, metrics}) => [
  h('p', {class: 'empty'}, 'Not run from here: an audit reads all that the streams of a stage still have. The command does it, from where the stage can be reached:'),
  h('p', {class: 'code'}, command),
  h('p', {}, 'With the parameter audit=on a function of the stage does it each hour, and counts by feature group: ', metrics.map((name, i) => [i ? ', ' : '', h('code', {}, name)]), '.'),
];

function outcome({endedMillis, compared, report, fault}) {
  if (fault) return [h('h2', {}, 'The last audit failed'), h('p', {}, stamp(endedMillis)), problem(new Error(fault))];
  const count = cause => Object.values(report.groups).reduce((total, each) => total + (each[cause] ?? 0), 0);
  const unexplained = count('UNEXPLAINED');
  const groups = Object.entries(report.groups).filter(([, causes]) => Object.keys(causes).length > 0);
  const unseen = Object.keys(report.groups).filter(group => Object.keys(report.groups[group]).length === 0);
  return [
    h('h2', {}, 'The last audit'),
    verdict(compared, unexplained),
    h('div', {class: 'tiles'}, tile('values', number(compared)), tile('entities', number(report.entities)), tile('events read', number(report.events)),
      tile('unexplained', number(unexplained), unexplained > 0), tile('took', duration(report.milliseconds))),
    h('p', {class: 'soft'}, 'Ended ', stamp(endedMillis), `. --seed ${report.seed} draws the same entities again.`),
    report.leftOut.map(each => h('p', {class: 'empty'}, `Left out: ${each}.`)),
    table('causes by group', ['feature group', ...CAUSES.map(cause => `#${words(cause)}`)],
      [...groups.map(([group, causes]) => [group, ...CAUSES.map(cause => number(causes[cause] ?? 0))]),
        [h('b', {}, 'all'), ...CAUSES.map(cause => h('b', {}, number(count(cause))))]], ''),
    unseen.length ? h('p', {class: 'soft'}, `None of these entities has a value of ${unseen.join(', ')}.`) : [],
    h('h2', {}, 'Differences'),
    table('differences', ['entity', 'feature', 'cause', 'served', 'the events give', 'why'], report.differences.map(each => [
      [each.entity, h('div', {class: 'soft'}, each.dimension)], each.feature, h('span', {class: 'verdict'}, `${SIGNS[each.cause] ?? '○'} ${words(each.cause)}`),
      each.served, each.computed, each.why,
    ]), 'None: what is served is what the events give.'),
  ];
}

function verdict(compared, unexplained) {
  if (unexplained > 0) return h('p', {class: 'fault'}, h('b', {}, `▲ ${number(unexplained)} unexplained`), ': values that the events do not give, without a cause that is known.');
  if (compared === 0) return h('p', {class: 'empty'}, '○ Nothing was compared: the feature store has no entity, or the streams have none of its events.');
  return h('p', {class: 'empty good'}, h('b', {}, '✓ 0 unexplained'), ': each value that was compared is what the events give, or differs for a known cause.');
}
