// Dead letters: why a record was not processed, what it held, and how to put it back.

import {clock, h, show, table} from './dom.js';

export function letters(body, parameters, {ask}) {
  const list = h('div'), result = h('div', {'aria-live': 'polite'});
  let last = '';
  show(body, h('h1', {}, 'Dead letters'), h('p', {class: 'soft'}, 'The newest of the last 24 hours. Putting a record back twice changes nothing: an event that was counted is recognised.'), result, list);
  return data => {
    const seen = data.letters.map(each => each.id).join();
    if (seen === last && list.firstChild) return;
    last = seen;
    show(list, table(['received', 'reason', 'detail', 'group', 'from', 'payload', ''], data.letters.map(row), 'No dead letter. What cannot be processed appears here, with its reason.'),
      data.unreadable ? h('p', {class: 'fault'}, `▲ ${data.unreadable} records of the stream are no dead letters`) : []);
  };

  function row(each) {
    return [
      clock(each.receivedAtMillis), each.reason, each.detail, each.featureGroup, `${each.stream} ${each.shardId}`,
      h('pre', {}, each.payload + (each.isCut ? '…' : '')),
      h('button', {id: `redrive-${each.id}`, onclick: () => redrive(each)}, 'redrive'),
    ];
  }

  function redrive(each) {
    ask('redrive', {id: each.id}, 'POST').then(
      done => show(result, h('h2', {}, 'Put back'), h('p', {class: 'code'}, each.command), h('pre', {}, done.printed)),
      error => show(result, h('p', {class: 'code'}, each.command), h('p', {class: 'fault'}, `▲ ${error.message}`)));
  }
}
