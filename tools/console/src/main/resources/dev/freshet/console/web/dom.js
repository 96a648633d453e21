// Builds elements. Texts become text nodes, so ids and payloads of events are never markup.

export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter(each => each !== null && each !== undefined));
  return element;
}

/** Replaces the content of an element, and keeps the focus where it was. */
export function show(parent, ...children) {
  const focused = document.activeElement?.id;
  parent.replaceChildren(...children.flat());
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

export function table(heads, rows, empty) {
  if (rows.length === 0) return h('p', {class: 'empty'}, empty);
  const numbers = heads.map(head => head.startsWith('#'));
  return h('div', {class: 'scroll', tabindex: '0'}, h('table', {},
    h('thead', {}, h('tr', {}, heads.map((head, i) =>
      h('th', {scope: 'col', class: numbers[i] ? 'number' : null}, head.replace('#', ''))))),
    h('tbody', {}, rows.map(row => h('tr', {}, row.map((cell, i) =>
      h('td', {class: numbers[i] ? 'number' : 'wrap'}, cell ?? '–')))))));
}

export const tile = (name, value, bad) =>
  h('div', {class: bad ? 'tile bad' : 'tile'}, name, h('b', {}, (bad ? '▲ ' : '') + value));

const NUMBER = new Intl.NumberFormat('en', {maximumFractionDigits: 1});

export const number = value => value === null || value === undefined ? '–' : NUMBER.format(value);

export function duration(millis) {
  if (millis === null || millis === undefined) return '–';
  if (millis < 1000) return `${Math.round(millis)} ms`;
  const s = Math.floor(millis / 1000);
  if (s < 120) return `${s} s`;
  if (s < 7200) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 172800) return `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
  return `${Math.floor(s / 86400)} days`;
}

export const clock = millis => millis === null || millis === undefined ? '–' : new Date(millis).toISOString();

/** Asks for data once; a fault of the platform is an error with its message. */
export async function ask(page, parameters = {}, method = 'GET') {
  const answer = await fetch(`api/${page}?${new URLSearchParams(parameters)}`, {method});
  const {data, fault} = await answer.json();
  if (fault) throw new Error(fault);
  return data;
}
