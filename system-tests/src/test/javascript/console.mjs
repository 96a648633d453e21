// Looks at the console in a real browser: node console.mjs ADDRESS CHROMIUM PICTURES CHECKS
// CHECKS names the list of checks. Each waits for what it expects, and fails with its name.
// With CONSOLE_THOROUGH=true each page is seen at every width, in the dark, too, with a picture of each, and
// painted five times.

import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const {chromium} = createRequire(join(process.cwd(), 'package.json'))('playwright-core');
const [address, executablePath, pictures, wanted] = process.argv.slice(2);
const HOSTILE = '<img src=x onerror="document.title=1">';
const STORE = {dimension: 'store', id: '45'};
const PAGES = [['flow'], ['features'], ['entity', STORE], ['events'], ['time'], ['cost'], ['ledger'], ['data'], ['audit']];
const THOROUGH = process.env.CONSOLE_THOROUGH === 'true';
const WIDTHS = [[360, 780], [1280, 800], [3840, 2160]];

const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const context = await browser.newContext({viewport: {width: 1280, height: 800}, reducedMotion: 'reduce'});
context.setDefaultTimeout(60_000);
const faults = [];
const foreign = [];
context.on('weberror', error => faults.push(error.error().message));
context.on('console', message => message.type() === 'error' && faults.push(message.text()));
context.on('request', request => request.url().startsWith(address) || request.url() === 'about:blank' || foreign.push(request.url()));
const page = await context.newPage();

/** Pages that stay open while others are looked at: what they wait for takes a while. */
let entity, data;

const live = {
  async 'an order counts in its window'() {
    entity = await context.newPage();
    await open('entity', STORE, entity);
    await inFiveMinutes('1').waitFor();
    await entity.evaluate(() => { window.notReloaded = true; });
  },
  async 'a value is explained by its events'() {
    await open('entity', STORE);
    await page.getByRole('button', {name: 'explain created_30m'}).click();
    await page.getByRole('heading', {name: 'store_orders:created_30m is 1'}).waitFor();
    await page.locator('.verdict', {hasText: '✓ counts'}).first().waitFor();
  },
  async 'without a baseline, the data page shows how to make one'() {
    data = await context.newPage();
    await open('data', {}, data);
    await data.getByText('./freshet drift --save-baseline store').waitFor();
    await moved().locator('svg.spread').waitFor();
    assert.equal(await data.locator('th', {hasText: 'PSI'}).count(), 0);
    await picture('data-no-baseline', data);
    console.log('baseline');
  },
  async 'focus and selection stay while values change'() {
    await open('entity', STORE);
    const cell = page.locator('tr', {hasText: 'created_5m'}).locator('td').first();
    const button = page.getByRole('button', {name: 'explain created_5m'});
    await button.focus();
    await cell.evaluate(each => getSelection().selectAllChildren(each));
    const age = await page.getByText(/^computed .* ago/).first().textContent();
    await page.waitForFunction(old => !document.body.textContent.includes(old), age);
    assert.equal(await page.evaluate(() => getSelection().toString()), 'created_5m');
    assert.ok(await button.evaluate(each => each === document.activeElement));
  },
  async 'the flow shows live rates, and dead letters by a sign'() {
    await page.goto(address);
    await page.getByText('order-created', {exact: true}).first().waitFor();
    await page.locator('.picture svg path').first().waitFor({state: 'attached'});
    await page.locator('.tile.bad', {hasText: 'dead letters'}).getByText(/▲ [1-9]/).waitFor();
    await page.getByText('● live').waitFor();
  },
  async 'the features page leads from a feature to its events and services'() {
    await open('features');
    await page.getByLabel('group, feature, event, stream or service').fill('created_5m');
    await page.getByRole('heading', {name: 'store_orders'}).waitFor();
    assert.equal(await page.getByRole('heading', {name: 'courier_accept_time'}).count(), 0);
    const chain = page.locator('.chain').first();
    await chain.getByText('ORDER_CREATED on order-created').waitFor();
    await chain.getByText('store_ranking').waitFor();
  },
  async 'a hostile id is a text'() {
    await open('entity', {dimension: 'store', id: HOSTILE});
    await page.locator('tr', {hasText: 'created_30m'}).locator('td.number').getByText('1', {exact: true}).waitFor();
    assert.equal(await page.locator('img').count(), 0);
  },
  async 'a dead letter is put back, with its command'() {
    await open('events');
    const row = page.locator('tbody tr', {hasText: 'onerror'}).first();
    await row.waitFor();
    const letters = await page.locator('tbody tr').count();
    await row.getByRole('button', {name: 'redrive'}).click();
    await page.getByText('./freshet redrive --replay').first().waitFor();
    await page.getByText('1 distinct records: put back').waitFor();
    await page.locator('tbody tr').nth(letters).waitFor(); // it is invalid again
    assert.equal(await page.locator('img').count(), 0);
  },
  async 'time shows what waits, and the executions'() {
    await open('time');
    await page.locator('tr', {hasText: 'store_orders'}).first().waitFor();
    await page.locator('tr', {hasText: 'running'}).first().waitFor();
  },
  async 'cost is billed item by item at the present rate'() {
    await open('cost');
    await page.locator('tr', {hasText: 'Kinesis shards'}).getByText(/^\$[\d,.]+$/).waitFor();
    await page.getByText(`./freshet cost --measured ${address}`).waitFor();
    await page.locator('tr', {hasText: 'shards of order-created'}).waitFor();
  },
  async 'the ledger moves with the events, and adds up'() {
    await open('ledger');
    const row = page.locator('tr', {hasText: 'store_orders'}).filter({hasText: 'order-created'}).first();
    await row.locator('td[data-head=applied]').getByText(/[1-9]/).waitFor();
    await row.getByText('✓ adds up').waitFor();
    const verdict = page.getByText(/✓ adds up: .* events came in/);
    const before = await verdict.textContent();
    console.log('put');
    await page.waitForFunction(old => /✓ adds up: .* events came in/.test(document.body.textContent) && !document.body.textContent.includes(old), before);
    await verdict.waitFor();
    await page.getByText('./freshet ledger --state-store').waitFor();
  },
  async 'with a baseline, the open data page shows how far values have moved'() {
    await moved().getByText('✓ stable').waitFor();
    await moved().locator('td[data-head=PSI]').getByText(/^0/).waitFor();
    assert.equal(await moved().locator('svg.spread rect').count(), 2);
    console.log('shift');
  },
  async 'an unknown dimension is a fault that says so'() {
    await open('entity', {dimension: 'nothing', id: '1'});
    await page.getByText('the catalogue has no dimension nothing').waitFor();
  },
  async 'an entity that no group has seen is said to be unseen'() {
    await open('entity', {dimension: 'store', id: 'nobody'});
    await page.getByText('has not seen this entity').first().waitFor();
  },
  async 'the keyboard skips to the page, and reaches all others'() {
    await page.goto('about:blank');
    await page.goto(address);
    await page.getByText('● live').waitFor();
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', {name: 'Skip to the page'});
    assert.ok(await skip.evaluate(each => each === document.activeElement && each.getBoundingClientRect().left >= 0));
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    await page.getByRole('heading', {name: 'Flow'}).waitFor();
    await page.getByRole('link', {name: 'Flow'}).focus();
    for (const name of ['Features', 'Entity', 'Events', 'Time', 'Cost', 'Ledger', 'Data', 'Audit']) {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
      assert.ok(await page.evaluate(() => Number.parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2));
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', {name: 'Audit', exact: true}).waitFor();
  },
  'each page is light': weigh,
  async 'the open data page names what has shifted'() {
    await moved().getByText('▲ shifted').waitFor();
    await data.locator('.tile.bad', {hasText: 'shifted'}).waitFor();
    await data.getByText(/▲ \d+ shifted: .*store_orders:created_30m/).waitFor();
    await data.setViewportSize({width: 360, height: 780});
    await moved().scrollIntoViewIfNeeded();
    await picture('data-row-360', data);
    await data.close();
  },
  async 'an audit runs from the page, and explains all'() {
    await open('audit');
    await page.getByText('./freshet audit --endpoint').waitFor();
    await page.getByText('No audit has ended').waitFor();
    await page.getByRole('button', {name: 'audit now'}).click();
    await page.getByText('✓ 0 unexplained').waitFor({timeout: 180_000});
    await page.locator('tr', {hasText: 'store_orders'}).locator('td[data-head=equal]').getByText(/[1-9]/).waitFor();
    assert.equal(await page.locator('img').count(), 0);
  },
  'no page is wider than its window, at three widths, light and dark': () => everySize(PAGES),
  async 'the order leaves its window without a reload'() {
    await inFiveMinutes('0').waitFor();
    assert.equal(await entity.evaluate(() => window.notReloaded), true);
    await entity.locator('figure canvas').first().waitFor();
  },
};

const inFiveMinutes = value => entity.locator('tr', {hasText: 'created_5m'}).locator('td.number').getByText(value, {exact: true});
const moved = () => data.locator('tr', {hasText: 'created_30m'}).first();

const stopped = {
  async 'a platform that stops is said to have stopped, and comes back without a reload'() {
    await open('flow');
    await page.getByText('● live').waitFor();
    await page.evaluate(() => { window.notReloaded = true; });
    console.log('stop');
    await page.getByText('▲ no connection').first().waitFor();
    await page.getByText('the platform has stopped, or is starting').waitFor();
    await picture('stopped');
    console.log('start');
    await page.getByText('● live').waitFor();
    assert.equal(await page.getByText('the platform has stopped').count(), 0);
    assert.equal(await page.evaluate(() => window.notReloaded), true);
    faults.length = 0; // the browser reports each connection that failed
  },
};

const empty = {
  'an empty platform looks as designed': async () => {
    for (const [name, text] of [['flow', 'order-created'], ['entity', 'Choose a dimension'], ['events', 'No dead letter'], ['time', 'None. One runs'], ['cost', 'there is no rate to bill'],
      ['ledger', 'Nothing came in yet'], ['data', 'has no entities yet'], ['audit', 'No audit has ended']]) {
      await open(name);
      await page.getByText(text).first().waitFor();
      await picture(`empty-${name}`);
    }
  },
};

const stage = {
  async 'the flow of a stage has the metrics of CloudWatch, and says what it cannot know'() {
    await open('flow');
    await page.locator('.node', {hasText: 'order-created'}).getByText('12', {exact: true}).waitFor();
    await page.locator('.node.bad', {hasText: 'store-orders'}).getByText('▲ failed calls').waitFor();
    await page.locator('.node', {hasText: 'store-orders'}).getByText('4 s').waitFor();
    await page.getByText('Not known here').waitFor();
    await page.getByText('they send it to Datadog').first().waitFor();
    await page.getByText('stage local, read-only').waitFor();
  },
  async 'a dead letter shows its command, and nothing puts it back'() {
    await open('events');
    await page.locator('tbody tr', {hasText: 'onerror'}).first().getByText('./freshet redrive --replay --feature-group').waitFor();
    assert.equal(await page.getByRole('button').count(), 0);
    assert.ok([404, 405].includes(await page.evaluate(() => fetch('api/redrive?id=1', {method: 'POST'}).then(each => each.status))));
    faults.length = 0; // the browser reports the refusal
  },
  async 'an entity has its values, and no explanation'() {
    await open('entity', STORE);
    await page.locator('tr', {hasText: 'created_5m'}).locator('td.number').getByText('3', {exact: true}).waitFor();
    await page.getByRole('button', {name: 'explain created_5m'}).click();
    await page.getByText('Not known here: all that the streams of a stage still have would be read').waitFor();
  },
  async 'time has the entities that wait, and the executions that run'() {
    await open('time');
    await page.locator('tr', {hasText: 'store_orders'}).first().waitFor();
    await page.locator('tr', {hasText: 'running'}).first().waitFor();
  },
  async 'cost is that of the stage at the rate of CloudWatch'() {
    await open('cost');
    await page.getByText('Of stage local of serverless.yml').waitFor();
    await page.locator('tr', {hasText: 'Kinesis shards'}).first().waitFor();
  },
  async 'the ledger of a stage adds up'() {
    await open('ledger');
    await page.getByText(/✓ adds up: .* events came in/).waitFor();
    await page.getByText('./freshet ledger --state-store "$STATE_STORE_URL"').waitFor();
  },
  async 'the data of a stage have no baseline, and the command that makes one'() {
    await open('data');
    await page.getByText('./freshet drift --save-baseline store --feature-store "$FEATURE_STORE_URL"').waitFor();
  },
  async 'an audit of a stage is a command, and nothing starts it'() {
    await open('audit');
    await page.getByText('./freshet audit --feature-store').waitFor();
    await page.getByText('freshet.audit.unexplained').waitFor();
    assert.equal(await page.getByRole('button').count(), 0);
    assert.ok([404, 405].includes(await page.evaluate(() => fetch('api/audit', {method: 'POST'}).then(each => each.status))));
    faults.length = 0; // the browser reports the refusal
  },
  'no page of a stage is wider than its window': () => everySize(PAGES, 'stage-', [WIDTHS[0], WIDTHS[1]]),
};

/** For the README: a platform with traffic, entities that wait, and one dead letter or more. */
const readme = {
  async 'pictures for the README'() {
    await page.setViewportSize({width: 1280, height: 900});
    await page.goto(address);
    await page.locator('.tile', {hasText: 'events/s'}).getByText(/[1-9]/).waitFor();
    await page.waitForTimeout(12_000); // rates of ten seconds
    await picture('console-flow');
    await open('entity', {dimension: 'city', id: 'LON'});
    await page.setViewportSize({width: 1280, height: 1250});
    await page.locator('figure canvas').first().waitFor();
    await page.waitForTimeout(20_000); // charts with a line
    await picture('console-entity');
  },
};

async function everySize(pages, prefix = '', widths = WIDTHS) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of widths) {
      if (colorScheme === 'dark' && width !== 1280 && !THOROUGH) continue;
      await page.emulateMedia({colorScheme});
      await page.setViewportSize({width, height});
      for (const [name, parameters] of pages) {
        if (width === 3840 && !['flow', 'entity', 'data'].includes(name) && !THOROUGH) continue;
        await open(name, parameters);
        await page.getByText('● live').waitFor();
        if (name === 'entity') await page.locator('figure canvas').first().waitFor();
        if (name === 'data' && prefix === '') await page.locator('td[data-head=PSI]').first().waitFor();
        if (name === 'features') await page.locator('table').first().waitFor();
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} at ${width}`);
        if (THOROUGH) await picture(`${prefix}${name}-${width}-${colorScheme}`);
      }
    }
  }
  await page.emulateMedia({colorScheme: 'light'});
  await page.setViewportSize({width: 1280, height: 800});
}

/** Prints bytes over the wire and requests until a page shows data, and the (median) time to first paint. */
async function weigh() {
  for (const [name, parameters] of PAGES) {
    const paints = [];
    let bytes = 0, requests = 0;
    for (let i = 0; i < (THOROUGH ? 5 : 1); i++) {
      const fresh = await browser.newContext();
      const one = await fresh.newPage();
      const session = await fresh.newCDPSession(one);
      await session.send('Network.enable');
      bytes = requests = 0;
      session.on('Network.requestWillBeSent', () => requests++);
      session.on('Network.dataReceived', each => { bytes += each.encodedDataLength; });
      session.on('Network.responseReceived', each => { bytes += each.response.encodedDataLength; });
      await one.goto(`${address}/#${name}?${new URLSearchParams(parameters)}`);
      await one.getByText('● live').waitFor();
      if (name === 'entity') await one.locator('figure canvas').first().waitFor();
      paints.push(await one.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime));
      await fresh.close();
    }
    paints.sort((left, right) => left - right);
    console.log(`weight: ${name} ${requests} requests, ${bytes} bytes, first paint ${Math.round(paints[paints.length >> 1])} ms`);
    assert.ok(requests <= 16, `${requests} requests of ${name}`);
    assert.ok(bytes <= 120_000, `${bytes} bytes of ${name}`);
  }
}

async function open(name, parameters = {}, tab = page) {
  await tab.goto('about:blank');
  await tab.goto(`${address}/#${name}?${new URLSearchParams(parameters)}`);
}

const picture = (name, tab = page) => tab.screenshot({path: join(pictures, `${name}.png`)});

let failed = 0;
for (const [name, check] of Object.entries({live, stopped, empty, stage, readme}[wanted])) {
  const start = Date.now();
  try {
    await check();
    console.log(`passed: ${name} (${Date.now() - start} ms)`);
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}: ${error.message}`);
    await picture('failed');
  }
}
await browser.close();
if (foreign.length) { failed++; console.log(`FAILED: asks elsewhere: ${foreign}`); }
if (faults.length) { failed++; console.log(`FAILED: faults in the browser: ${faults.join('; ')}`); }
process.exit(failed ? 1 : 0);
