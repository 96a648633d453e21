// What a stage costs in a month at the present rate, item by item, and what that assumes.

import {dollars, h, number, show, table, tile} from './dom.js';

export {start as show};

function start(body, parameters, {site}) {
  const all = h('div');
  body.append(h('h1', {}, 'Cost'), all);
  return data => show(all,
    h('p', {class: 'soft'}, `Of stage ${data.stage} of serverless.yml in a month of 730 hours, at list prices of ${data.region} on ${data.pricesOf}`
      + `${data.notLookedUp.length ? ` (not looked up: ${data.notLookedUp.join(', ')})` : ''}.`),
    data.bill ? bill(data) : h('p', {class: 'empty'}, 'No event was processed: there is no rate to bill. ./freshet cost computes the cost of any rate.'),
    site.isReadOnly ? [] : h('p', {class: 'code'}, `./freshet cost --measured ${location.origin}`));
}

function bill({bill: now, others}) {
  const lines = list => list.map(each => [each.name, h('span', {class: 'code'}, each.arithmetic), dollars(each.dollars)]);
  return [
    h('div', {class: 'tiles'}, tile('a month', dollars(now.way.dollars)), tile('events/s', number(now.eventsPerSecond)),
      tile('per million', dollars(now.way.dollars / (now.eventsPerSecond * 2.628)))),
    h('p', {}, `Rate: ${now.note}. Stage: ${now.way.description}.`),
    table('items', ['item', 'arithmetic', '#$ a month'], [...lines(now.items), [h('b', {}, 'sum'), '', h('b', {}, dollars(now.way.dollars))]], 'Nothing is billed.'),
    now.apart.length ? [h('h2', {}, 'Not in the sum: it depends on the network'), table('items apart', ['item', 'arithmetic', '#$ a month'], lines(now.apart), '')] : [],
    h('div', {class: 'beside'},
      h('section', {}, h('h2', {}, 'Other ways to operate it'), table('other ways', ['variant', 'how', '#$ a month'], others.map(each => [each.name, each.description, dollars(each.dollars)]), '')),
      h('section', {}, h('h2', {}, 'Assumed'), table('assumed', ['size', '#value'], Object.entries(now.assumed), ''))),
  ];
}
