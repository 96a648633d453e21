// The catalogue: what each feature means, and what depends on what.

import {h, problem, show, table} from './dom.js';

export {start as show};

function start(body, parameters, {ask}) {
  const list = h('div');
  const filter = h('input', {id: 'filter', type: 'search', value: parameters.filter ?? '', oninput: () => draw()});
  let groups = null;
  body.append(h('h1', {}, 'Features'),
    h('form', {onsubmit: event => event.preventDefault()}, h('label', {for: 'filter'}, 'group, feature, event, stream or service', filter)), list);
  ask('features').then(found => { groups = found; draw(); }, error => show(list, problem(error)));

  function draw() {
    if (!groups) return;
    const wanted = filter.value.trim().toLowerCase();
    const shown = groups.filter(group => JSON.stringify([group.featureGroup, group.description, group.dimension, group.inputs, group.streams,
      group.features.map(each => each.name), group.services.map(each => each.featureService)]).toLowerCase().includes(wanted));
    show(list, shown.length ? shown.map(card)
      : h('p', {class: 'empty'}, groups.length ? 'Nothing matches.' : 'The catalogue has no feature groups. ./freshet new-aggregator writes one.'));
  }
}

function card(group) {
  const readers = feature => group.services.filter(each => each.features.some(read => read.field === feature.field)).map(each => each.featureService);
  return h('section', {},
    h('h2', {id: group.featureGroup}, group.featureGroup),
    h('p', {}, group.description ?? ''),
    h('ol', {class: 'chain'},
      link('events', group.eventTypes.map(each => `${each.name ?? each.eventType} on ${each.stream}`)),
      link('feature group', [group.featureGroup, `by ${group.dimension}: ${group.key}`]),
      link('features', group.features.map(each => each.name)),
      link('services', group.services.length ? group.services.map(each => each.featureService) : ['no service reads it'])),
    table(`features of ${group.featureGroup}`, ['feature', 'window', 'formula', 'field', 'services'],
      group.features.map(each => [each.name, each.window ?? '–', each.meaning ?? each.formula, h('code', {}, each.field), readers(each).join(', ') || '–']),
      'This group has no features.'),
    h('p', {class: 'code'}, group.examples?.shell ?? ''));
}

const MOST = 6;

const link = (kind, names) => h('li', {}, h('span', {class: 'soft'}, kind),
  names.slice(0, MOST).map(name => h('span', {}, name)), names.length > MOST ? h('span', {class: 'soft'}, `and ${names.length - MOST} more`) : null);
