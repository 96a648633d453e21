// The catalogue: what each feature means, and what it depends on.

import {h, show, table} from './dom.js';

export function features(body, parameters, {ask}) {
  const list = h('div');
  const filter = h('input', {id: 'filter', type: 'search', value: parameters.filter ?? '', oninput: () => draw()});
  let groups = [];
  show(body, h('h1', {}, 'Features'),
    h('form', {onsubmit: event => event.preventDefault()}, h('label', {for: 'filter'}, 'group, feature, stream or service', filter)), list);
  ask('features').then(found => { groups = found; draw(); }, error => show(list, h('p', {class: 'fault', role: 'alert'}, `▲ ${error.message}`)));

  function draw() {
    const wanted = filter.value.trim().toLowerCase();
    const shown = groups.filter(group => JSON.stringify([group.featureGroup, group.description, group.dimension, group.streams,
      group.features.map(each => each.name), serviceNames(group)]).toLowerCase().includes(wanted));
    show(list, shown.length ? shown.map(card) : h('p', {class: 'empty'}, groups.length ? 'Nothing matches.' : 'The catalogue has no feature groups.'));
  }
}

const serviceNames = group => (group.services ?? []).map(each => each.name ?? each);

function card(group) {
  const steps = [['streams', group.streams], ['group', [group.featureGroup]], ['key', [group.key]], ['services', serviceNames(group)]];
  return h('section', {},
    h('h2', {id: group.featureGroup}, group.featureGroup),
    h('p', {}, group.description ?? ''),
    h('p', {class: 'soft'}, steps.filter(([, names]) => names.length).map(([kind, names]) => `${kind}: ${names.join(', ')}`).join('  →  ')),
    table(['feature', 'window', 'formula', 'field'],
      group.features.map(each => [each.name, each.window || '–', each.formula, h('code', {}, `${group.featureGroup}:${each.name}`)]),
      'This group has no features.'),
    h('p', {class: 'code'}, group.examples?.shell ?? ''));
}
