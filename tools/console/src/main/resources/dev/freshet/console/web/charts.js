// A chart of each number, from the values that the page has seen.

import {h} from './dom.js';

const MOST_POINTS = 900;
const SHORTEST = 60; // seconds that a chart shows
const time = seconds => new Date(seconds * 1000).toISOString().slice(11, 19);
const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name);

/** Loads the chart library when the first chart is drawn. */
let library = null;
const load = () => library ??= new Promise((resolve, reject) => {
  document.head.append(
    h('link', {rel: 'stylesheet', href: 'charts/uPlot.min.css'}),
    h('script', {src: 'charts/uPlot.iife.min.js', onload: resolve, onerror: () => reject(new Error('the chart library is missing: run npm ci'))}));
});

export class Charts {
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
        this.series.get(name).add(data.atMillis / 1000, each.text);
      }
    }
  }

  start(name) {
    const now = h('b'), box = h('div', {class: 'chart'}), x = [], y = [];
    this.parent.append(h('figure', {}, h('figcaption', {}, h('span', {}, name), now), box));
    const one = {
      plot: null,
      add(at, text) {
        x.push(at);
        y.push(text === null ? null : Number(text));
        if (x.length > MOST_POINTS) { x.shift(); y.shift(); }
        now.textContent = text ?? 'absent';
        one.plot?.setData([x, y]);
      },
    };
    load().then(() => { one.plot = plot(box, [x, y]); }, error => box.replaceChildren(error.message));
    return one;
  }
}

function plot(box, data) {
  const axis = {stroke: () => colour('--soft'), grid: {stroke: () => colour('--line'), width: 1}, ticks: {stroke: () => colour('--line'), width: 1}, font: `${0.75 * rem()}px system-ui`};
  const size = () => ({width: Math.max(200, box.clientWidth), height: 9.5 * rem()});
  const made = new uPlot({
    ...size(), cursor: {show: false}, legend: {show: false},
    axes: [{...axis, space: 6 * rem(), size: 2 * rem(), values: (u, ticks) => ticks.map(time)}, {...axis, space: 2 * rem(), size: 3.75 * rem()}],
    scales: {x: {range: (u, first, last) => [Math.min(first, last - SHORTEST), last]}, y: {range: (u, low, high) => low === high ? [low - 1, high + 1] : [low, high]}},
    series: [{}, {stroke: () => colour('--blue'), width: 2, paths: uPlot.paths.stepped({align: 1}), points: {show: false}}],
  }, data, box);
  new ResizeObserver(() => made.setSize(size())).observe(box);
  return made;
}
