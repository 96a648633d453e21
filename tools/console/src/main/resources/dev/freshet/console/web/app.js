// Shows the page that the address names, and keeps it up to date.

import {ask, h, show} from './dom.js';
import {entity} from './entity.js';
import {features} from './features.js';
import {flow} from './flow.js';
import {letters} from './letters.js';
import {time} from './time.js';

const PAGES = {flow, features, entity, letters, time};
const NAMES = {flow: 'Flow', features: 'Features', entity: 'Entity', letters: 'Events', time: 'Time'};
const main = document.getElementById('main');
const state = document.getElementById('state');
let source = null;

/** The address is #page?parameters. */
function address() {
  const [page, query = ''] = location.hash.slice(1).split('?');
  return {page: PAGES[page] ? page : 'flow', parameters: Object.fromEntries(new URLSearchParams(query))};
}

function navigate() {
  const {page, parameters} = address();
  source?.close();
  document.title = `${NAMES[page]} – Freshet`;
  show(document.getElementById('nav'), Object.keys(PAGES).map(each =>
    h('a', {href: `#${each}`, 'aria-current': each === page ? 'page' : null}, NAMES[each])));
  const body = h('div');
  const fault = h('div', {role: 'alert'});
  show(main, fault, body);
  const update = PAGES[page](body, parameters, {ask, live});
  if (update) live(page, parameters, update);
  main.focus({preventScroll: true});

  function live(name, asked, receive) {
    source?.close();
    source = new EventSource(`live/${name}?${new URLSearchParams(asked)}`);
    source.addEventListener('data', event => {
      const answer = JSON.parse(event.data);
      show(fault, answer.fault ? h('p', {class: 'fault'}, `▲ ${answer.fault}`) : []);
      if (!answer.fault) receive(answer.data);
      state.textContent = '● live';
    });
    source.addEventListener('error', () => {
      state.textContent = '▲ no connection: the platform has stopped, or is starting';
    });
  }
}

addEventListener('hashchange', navigate);
navigate();
