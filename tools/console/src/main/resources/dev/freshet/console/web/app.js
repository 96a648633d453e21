// Shows the page that the address names, and keeps it up to date. The address is #page?parameters; NAME.js shows page NAME.

import {ask, h, problem, show} from './dom.js';

const RETRY_MILLIS = 2000;
const PATIENCE_MILLIS = 500;
const main = document.getElementById('main');
const state = document.getElementById('state');
let site = null;
let source = null;
let turn = 0;

async function navigate(event) {
  const mine = ++turn;
  const [name, query = ''] = location.hash.slice(1).split('?');
  const parameters = Object.fromEntries(new URLSearchParams(query));
  source?.close();
  try {
    site ??= await ask('site');
    const page = site.pages.includes(name) ? name : site.pages[0];
    const {show: start} = await import(`./${page}.js`);
    if (mine === turn) open(page, start, parameters, Boolean(event));
  } catch (error) {
    if (mine !== turn) return;
    main.replaceChildren(problem(new Error(`${error.message}: the platform has stopped, or is starting`)));
    setTimeout(() => mine === turn && navigate(event), RETRY_MILLIS);
  }
}

function open(page, start, parameters, takeFocus) {
  document.title = `${title(page)} – Freshet`;
  document.getElementById('subject').textContent = site.subject + (site.isReadOnly ? ', read-only' : '');
  show(document.getElementById('nav'), site.pages.map(each =>
    h('a', {href: `#${each}`, 'aria-current': each === page ? 'page' : null}, title(each))));
  const fault = h('div', {role: 'alert'}), body = h('div');
  main.replaceChildren(fault, body);
  const update = start(body, parameters, {ask, site});
  listen(update ? page : 'site', update ? parameters : {}, fault, update ?? (() => {}));
  if (takeFocus) main.focus({preventScroll: true});
}

/** Passes on the data of a page each second. A browser connects again by itself, unless it was refused. */
function listen(page, parameters, fault, receive) {
  const mine = turn;
  state.textContent = '○ waiting';
  const waiting = setTimeout(() => show(fault, h('p', {class: 'empty'}, 'Waiting for the platform to answer.')), PATIENCE_MILLIS);
  const own = source = new EventSource(`live/${page}?${new URLSearchParams(parameters)}`);
  own.addEventListener('data', event => {
    clearTimeout(waiting);
    const answer = JSON.parse(event.data);
    const error = answer.fault ?? answer.notKnown;
    show(fault, error ? problem(Object.assign(new Error(error), {isNotKnown: Boolean(answer.notKnown)})) : []);
    if (!error) receive(answer.data);
    state.textContent = '● live';
    document.body.classList.remove('stale');
  });
  own.addEventListener('error', () => {
    if (mine !== turn) return;
    clearTimeout(waiting);
    state.textContent = '▲ no connection';
    if (!document.body.classList.contains('stale')) {
      document.body.classList.add('stale');
      show(fault, problem(new Error(`no connection since ${new Date().toLocaleTimeString()}: the platform has stopped, or is starting. The page goes on when it is back; until then, it shows what was.`)));
    }
    if (own.readyState === EventSource.CLOSED) {
      setTimeout(() => mine === turn && listen(page, parameters, fault, receive), RETRY_MILLIS);
    }
  });
}

const title = page => page[0].toUpperCase() + page.slice(1);

document.getElementById('skip').onclick = event => {
  event.preventDefault();
  main.focus();
};
addEventListener('hashchange', navigate);
navigate();
