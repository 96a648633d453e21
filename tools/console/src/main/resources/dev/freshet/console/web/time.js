// What changes by time alone: how many entities wait, when the next one changes, and what wakes for it.

import {duration, h, number, problem, show, stamp, table, tile} from './dom.js';

export {start as show};

function start(body) {
  const tiles = h('div', {class: 'tiles'}), groups = h('div'), executions = h('div');
  body.append(h('h1', {}, 'Time'), h('p', {class: 'soft'}, 'Entities whose features change although no event comes, as events leave their windows.'),
    tiles, groups, h('h2', {}, 'Executions that run'), executions);
  return data => {
    const {counters, running} = data;
    show(tiles, tile('running', number(running.executions.length) + (running.isCut ? '+' : '')),
      tile('failed in 24 h', number(data.failed), data.failed > 0),
      counters && [
        tile('started', number(counters.executions)), tile('transitions', number(counters.transitions)), tile('calls', number(counters.lambdaCalls)),
        tile('failed calls', number(counters.lambdaErrors), counters.lambdaErrors > 0), tile('longest call', duration(counters.longestCallMillis)),
      ]);
    show(groups, data.groups === null ? problem({isNotKnown: true, message: data.notKnown})
      : table('what waits', ['feature group', '#entities', '#next change in', 'at', '#lag'], data.groups.map(each => [
        each.featureGroup, number(each.entities),
        each.nextMillis === null ? '–' : duration(Math.max(0, each.nextMillis - data.atMillis)), stamp(each.nextMillis), duration(each.lagMillis),
      ]), 'Time changes no feature of this catalogue.'));
    show(executions, table('executions', ['execution', 'status', 'started', '#for'], running.executions.map(each => [
      h('code', {}, each.name), each.status.toLowerCase(), stamp(each.startedMillis), duration(data.atMillis - each.startedMillis),
    ]), 'None. One runs for each feature group that has entities waiting.'));
  };
}
