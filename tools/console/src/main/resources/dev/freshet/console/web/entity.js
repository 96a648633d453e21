// One entity: its values now, their age, a chart of each while the page is open, and the events behind a value.

import {Charts} from './charts.js';
import {clock, duration, h, problem, show, table} from './dom.js';

const SIGNS = {COUNTS: '✓', EVICTED: '○', AHEAD: '→', LATE: '!', DUPLICATE: '='};

export {start as show};

function start(body, parameters, {ask}) {
  const dimension = h('select', {id: 'dimension', name: 'dimension'});
  const id = h('input', {id: 'id', name: 'id', value: parameters.id ?? '', required: true, autocomplete: 'off'});
  const values = h('div'), charts = h('div', {class: 'charts'}), explained = h('div', {'aria-live': 'polite'});
  body.append(h('h1', {}, 'Entity'),
    h('form', {onsubmit: event => {
      event.preventDefault();
      location.hash = `entity?${new URLSearchParams({dimension: dimension.value, id: id.value})}`;
    }}, h('label', {for: 'dimension'}, 'dimension', dimension), h('label', {for: 'id'}, 'id', id), h('button', {}, 'Show')),
    values);
  ask('features').then(groups => {
    show(dimension, [...new Set(groups.map(group => group.dimension))].map(name =>
      h('option', {value: name, selected: name === parameters.dimension}, name)));
  }, error => show(values, problem(error)));
  if (!parameters.id) {
    show(values, h('p', {class: 'empty'}, 'Choose a dimension, and name an entity, such as 45.'));
    return null;
  }
  body.append(explained, h('h2', {}, 'While this page is open'), charts);
  const plots = new Charts(charts);
  return data => {
    show(values, data.groups.map(group => card(group, data.atMillis, explain)));
    plots.add(data);
  };

  function explain(group, feature) {
    ask('explain', {group, feature, id: parameters.id}).then(
      found => show(explained, explanation(found)), error => show(explained, problem(error))).then(() => explained.scrollIntoView({block: 'start'}));
  }
}

function card(group, now, explain) {
  const age = group.computedAtMillis === null ? 'has not seen this entity'
    : `computed ${duration(now - group.computedAtMillis)} ago`
      + (group.validUntilMillis === null ? '' : group.validUntilMillis <= now ? `, due for ${duration(now - group.validUntilMillis)}` : `, changes in ${duration(group.validUntilMillis - now)}`)
      + (group.completeSinceMillis === null ? '' : `, complete since ${clock(group.completeSinceMillis)}`)
      + (group.isFromHistory ? ', from the table of history' : '');
  return h('section', {},
    h('h2', {}, group.name),
    h('p', {class: 'soft'}, group.fault ? `▲ unknown: ${group.fault}` : age),
    group.computedAtMillis === null ? null : table(`features of ${group.name}`, ['feature', '#value', 'formula', ''], group.values.map(each => [
      each.name, each.text ?? 'absent', each.formula,
      h('button', {id: `explain-${group.name}-${each.name}`, onclick: () => explain(group.name, each.name), 'aria-label': `explain ${each.name}`}, 'explain'),
    ]), 'This group has no features.'));
}

function explanation(found) {
  return [
    h('h2', {}, `${found.feature} is ${found.value}`),
    h('p', {class: 'soft'}, found.formula),
    found.sources.map(source => [
      found.sources.length > 1 ? h('h3', {}, source.feature) : null,
      h('p', {class: 'soft'}, `over ${source.window}${source.hidden ? `; ${source.hidden} earlier events are not shown` : ''}`),
      table(`events of ${source.feature}`, ['verdict', 'event', 'why'], source.events.map(each => [
        h('span', {class: 'verdict'}, `${SIGNS[each.verdict] ?? '•'} ${each.verdict.toLowerCase()}`), h('span', {class: 'code'}, each.what), each.why,
      ]), 'No event of this entity is in the streams.'),
    ]),
  ];
}
