// Dead letters: why a record was not processed, what it held, and how to put it back.

import {clock, h, problem, show, stamp, table} from './dom.js';

export {start as show};

function start(body, parameters, {ask, site}) {
  const list = h('div'), result = h('div', {'aria-live': 'polite'});
  body.append(h('h1', {}, 'Dead letters'),
    h('p', {class: 'soft'}, 'The newest of the last 24 hours. Putting a record back twice changes nothing: an event that was counted is recognised.'
      + (site.isReadOnly ? ' This console only reads: the command puts a record back.' : '')), result, list);
  return data => show(list,
    table('dead letters', ['received', 'reason', 'from', 'payload', 'put back'], data.letters.map(row), 'No dead letter. What cannot be processed appears here, with its reason.'),
    data.unreadable ? h('p', {class: 'fault'}, `▲ ${data.unreadable} records of the stream are no dead letters`) : []);

  function row(each) {
    return [
      stamp(each.receivedAtMillis),
      [h('b', {}, each.reason), h('div', {}, each.detail), h('div', {class: 'soft'}, each.featureGroup)],
      [each.stream, h('div', {class: 'soft'}, each.shardId)],
      h('pre', {tabindex: '0'}, each.payload + (each.isCut ? '…' : '')),
      site.isReadOnly ? h('code', {}, each.command)
        : h('button', {id: `redrive-${each.id}`, onclick: () => redrive(each), 'aria-label': `redrive the record that was ${each.reason} at ${clock(each.receivedAtMillis)}`}, 'redrive'),
    ];
  }

  function redrive(each) {
    const command = h('p', {class: 'code'}, each.command);
    ask('redrive', {id: each.id}, 'POST').then(
      done => show(result, h('h2', {}, 'Put back'), command, h('pre', {}, done.printed)),
      error => show(result, h('h2', {}, 'Not put back'), command, problem(error)));
  }
}
