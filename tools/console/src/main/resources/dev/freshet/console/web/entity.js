// One entity: its values now, their age, a chart of each while the page is open, and the events behind a value.

import {clock, duration, h, show, table} from './dom.js';

const SIGNS = {COUNTS: '✓', EVICTED: '○', AHEAD: '→', LATE: '!', DUPLICATE: '='};
const MOST_POINTS = 900;

export function entity(body, parameters, {ask}) {
  const dimension = h('select', {id: 'dimension', name: 'dimension'});
  const id = h('input', {id: 'id', name: 'id', value: parameters.id ?? '', required: true, autocomplete: 'off'});
  const values = h('div'), charts = h('div', {class: 'charts'}), explained = h('div', {'aria-live': 'polite'});
  show(body, h('h1', {}, 'Entity'),
    h('form', {onsubmit: event => {
      event.preventDefault();
      location.hash = `entity?${new URLSearchParams({dimension: dimension.value, id: id.value})}`;
    }}, h('label', {for: 'dimension'}, 'dimension', dimension), h('label', {for: 'id'}, 'id', id), h('button', {}, 'Show')),
    values, explained, h('h2', {}, 'While this page is open'), charts);
  ask('features').then(groups => {
    show(dimension, [...new Set(groups.map(group => group.dimension))].map(name =>
      h('option', {value: name, selected: name === parameters.dimension}, name)));
  });
  if (!parameters.id) {
    show(values, h('p', {class: 'empty'}, 'Choose a dimension, and name an entity, such as 45.'));
    return null;
  }
  const plots = new Plots(charts);
  return data => {
    show(values, data.groups.map(group => card(group, data.atMillis, explain)));
    plots.add(data);
  };

  function explain(group, feature) {
    ask('explain', {group, feature, id: parameters.id}).then(
      found => { show(explained, explanation(found)); explained.scrollIntoView({block: 'start'}); },
      error => show(explained, h('p', {class: 'fault'}, `▲ ${error.message}`)));
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
    table(['feature', '#value', 'formula', ''], group.values.map(each => [
      each.name, each.text, each.formula,
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
      table(['verdict', 'event', 'why'], source.events.map(each => [
        h('span', {class: 'verdict', 'data-sign': SIGNS[each.verdict] ?? '•'}, each.verdict.toLowerCase()), h('span', {class: 'code'}, each.what), each.why,
      ]), 'No event of this entity is in the streams.'),
    ]),
  ].flat(2).filter(Boolean);
}

/** A chart of each number, from the values that the page has seen. */
class Plots {
  constructor(parent) {
    this.parent = parent;
    this.series = new Map();
  }

  add(data) {
    for (const group of data.groups) {
      for (const each of group.values.filter(value => value.isNumber)) {
        const name = `${group.name}:${each.name}`;
        if (!this.series.has(name) && each.text === null) continue;
        if (!this.series.has(name)) this.series.set(name, this.start(name));
        const one = this.series.get(name);
        one.x.push(data.atMillis / 1000);
        one.y.push(each.text === null ? null : Number(each.text));
        if (one.x.length > MOST_POINTS) { one.x.shift(); one.y.shift(); }
        one.now.textContent = each.text ?? 'absent';
        one.plot.setData([one.x, one.y]);
      }
    }
  }

  start(name) {
    const now = h('b'), box = h('div', {class: 'chart'});
    this.parent.append(h('figure', {}, h('figcaption', {}, h('span', {}, name), now), box));
    const style = getComputedStyle(document.documentElement);
    const axis = {stroke: style.getPropertyValue('--soft'), grid: {stroke: style.getPropertyValue('--line'), width: 1}, font: '12px system-ui'};
    const plot = new uPlot({
      width: Math.max(200, box.clientWidth), height: 150, cursor: {show: false}, legend: {show: false},
      axes: [{...axis, space: 80}, {...axis, size: 60}],
      scales: {y: {range: (u, low, high) => low === high ? [low - 1, high + 1] : [low, high]}},
      series: [{}, {stroke: style.getPropertyValue('--blue'), width: 2, paths: uPlot.paths.stepped({align: 1}), points: {show: false}}],
    }, [[], []], box);
    new ResizeObserver(() => plot.setSize({width: Math.max(200, box.clientWidth), height: 150})).observe(box);
    return {x: [], y: [], now, plot};
  }
}
