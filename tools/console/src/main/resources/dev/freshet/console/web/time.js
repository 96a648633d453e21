// What changes by time alone: how many entities wait, when the next one changes, and what wakes for it.

import {clock, duration, h, number, show, table, tile} from './dom.js';

export function time(body) {
  const tiles = h('div', {class: 'tiles'}), list = h('div');
  show(body, h('h1', {}, 'Time'), h('p', {class: 'soft'}, 'Entities whose features change although no event comes, as events leave their windows.'), tiles, list);
  return data => {
    const run = data.executions;
    show(tiles, run ? [
      tile('executions running', number(run.running)), tile('started', number(run.executions)), tile('transitions', number(run.transitions)),
      tile('recalculations', number(run.lambdaCalls)), tile('failed', number(run.lambdaErrors), run.lambdaErrors > 0), tile('longest', duration(run.longestCallMillis)),
    ] : []);
    show(list, table(['feature group', '#entities', '#next change in', 'at', '#lag'], data.groups.map(each => [
      each.featureGroup, number(each.entities),
      each.nextMillis === null ? '–' : duration(Math.max(0, each.nextMillis - data.atMillis)), clock(each.nextMillis), duration(each.lagMillis),
    ]), 'Time changes no feature of this catalogue.'));
  };
}
