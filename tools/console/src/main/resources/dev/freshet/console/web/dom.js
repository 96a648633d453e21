// Builds elements. Texts become text nodes, so ids and payloads of events are never markup.

export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element[key] = value;
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...nodes(children));
  return element;
}

const nodes = children => children.flat(Infinity).filter(each => each !== null && each !== undefined)
  .map(each => each instanceof Node ? each : document.createTextNode(each));

/** Makes these the content of an element. What stays the same keeps focus, selection and scroll position. */
export const show = (parent, ...children) => patch(parent, nodes(children));

function patch(parent, wanted) {
  wanted.forEach((node, i) => {
    const old = parent.childNodes[i];
    if (!old) parent.append(node);
    else if (old.nodeName !== node.nodeName || old.id !== node.id) old.replaceWith(node);
    else if (old !== node) update(old, node);
  });
  while (parent.childNodes.length > wanted.length) parent.lastChild.remove();
}

function update(old, node) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (old.data !== node.data) old.data = node.data;
    return;
  }
  for (const {name} of [...old.attributes]) if (!node.hasAttribute(name)) old.removeAttribute(name);
  for (const {name, value} of node.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const handler of ['onclick', 'oninput', 'onsubmit']) old[handler] = node[handler];
  patch(old, [...node.childNodes]);
}

/** A table, of which a narrow window shows each row as a list; columns of numbers have a name that starts with #. */
export function table(caption, heads, rows, empty) {
  if (rows.length === 0) return h('p', {class: 'empty'}, empty);
  const numbers = heads.map(head => head.startsWith('#'));
  return h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption}, h('table', {role: 'table'},
    h('thead', {}, h('tr', {}, heads.map((head, i) =>
      h('th', {scope: 'col', role: 'columnheader', class: numbers[i] ? 'number' : null}, head.replace('#', ''))))),
    h('tbody', {}, rows.map(row => h('tr', {role: 'row'}, row.map((cell, i) =>
      h('td', {role: 'cell', 'data-head': heads[i].replace('#', ''), class: numbers[i] ? 'number' : 'wrap'}, h('div', {}, cell ?? '–'))))))));
}

/** A number with its name; one that needs a look has a sign, not only a colour. */
export const tile = (name, value, bad) =>
  h('div', {class: bad ? 'tile bad' : 'tile'}, name, h('b', {}, (bad ? '▲ ' : '') + value));

/** Says what is wrong, or what cannot be known here. */
export const problem = error => error.isNotKnown
  ? h('p', {class: 'empty'}, `Not known here: ${error.message}.`)
  : h('p', {class: 'fault'}, `▲ ${error.message}`);

const NUMBER = new Intl.NumberFormat('en', {maximumFractionDigits: 1});

const SMALL = new Intl.NumberFormat('en', {maximumSignificantDigits: 2});

export const number = value => value === null || value === undefined ? '–' : (Math.abs(value) < 1 ? SMALL : NUMBER).format(value);

export const dollars = value => `$${new Intl.NumberFormat('en', value < 10
  ? {minimumFractionDigits: 2, maximumFractionDigits: 2} : {maximumFractionDigits: 0}).format(value)}`;

export function duration(millis) {
  if (millis === null || millis === undefined) return '–';
  if (millis < 1000) return `${Math.round(millis)} ms`;
  const s = Math.floor(millis / 1000);
  if (s < 120) return `${s} s`;
  if (s < 7200) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 172800) return `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
  return `${Math.floor(s / 86400)} days`;
}

export const clock = millis => millis === null || millis === undefined ? '–' : new Date(millis).toISOString().replace('T', ' ');

/** An instant that is not broken into lines. */
export const stamp = millis => h('time', {}, clock(millis));

/** Asks for data once; a fault of the platform is an error with its message. */
export async function ask(page, parameters = {}, method = 'GET') {
  const answer = await fetch(`api/${page}?${new URLSearchParams(parameters)}`, {method});
  const {data, fault, notKnown, error} = await answer.json();
  const message = fault ?? notKnown ?? error;
  if (message) throw Object.assign(new Error(message), {isNotKnown: Boolean(notKnown)});
  return data;
}
