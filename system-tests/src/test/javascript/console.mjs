// Looks at the console in a real browser: node console.mjs ADDRESS CHROMIUM PICTURES
// Each check waits for what it expects, and fails with its name.

import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const {chromium} = createRequire(join(process.cwd(), 'package.json'))('playwright-core');
const [address, executablePath, pictures] = process.argv.slice(2);
const HOSTILE = '<img src=x onerror="document.title=1">';

const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const context = await browser.newContext({viewport: {width: 1280, height: 800}});
const page = await context.newPage();
page.setDefaultTimeout(60_000);
const faults = [];
const foreign = [];
page.on('pageerror', error => faults.push(error.message));
page.on('console', message => message.type() === 'error' && faults.push(message.text()));
page.on('request', request => request.url().startsWith(address) || foreign.push(request.url()));

const checks = {
  async 'a window falls to zero without a reload'() {
    await open('entity', {dimension: 'store', id: '45'});
    const cell = page.locator('tr', {hasText: 'created_5m'}).locator('td.number');
    await cell.getByText('1', {exact: true}).waitFor();
    await page.evaluate(() => { window.notReloaded = true; });
    await cell.getByText('0', {exact: true}).waitFor();
    assert.equal(await page.evaluate(() => window.notReloaded), true);
    await page.locator('figure canvas').first().waitFor();
  },
  async 'a value is explained by its events'() {
    await page.getByRole('button', {name: 'explain created_30m'}).click();
    await page.getByRole('heading', {name: 'store_orders:created_30m is 1'}).waitFor();
    await page.locator('.verdict', {hasText: 'counts'}).first().waitFor();
  },
  async 'the flow shows live rates, and dead letters by a sign'() {
    await page.goto(address);
    await page.getByText('order-created', {exact: true}).first().waitFor();
    await page.locator('.picture svg path').first().waitFor({state: 'attached'});
    await page.locator('.tile.bad', {hasText: 'dead letters'}).getByText(/▲ [1-9]/).waitFor();
    await page.getByText('● live').waitFor();
  },
  async 'the features page finds a feature by its name'() {
    await open('features');
    await page.getByLabel('group, feature, stream or service').fill('created_5m');
    await page.getByRole('heading', {name: 'store_orders'}).waitFor();
    assert.equal(await page.getByRole('heading', {name: 'courier_accept_time'}).count(), 0);
  },
  async 'a hostile id is a text'() {
    await open('entity', {dimension: 'store', id: HOSTILE});
    await page.locator('tr', {hasText: 'created_30m'}).locator('td.number').getByText('1', {exact: true}).waitFor();
    assert.equal(await page.locator('img').count(), 0);
  },
  async 'a dead letter is put back, with its command'() {
    await open('letters');
    const row = page.locator('tbody tr', {hasText: 'onerror'}).first();
    await row.waitFor();
    const letters = await page.locator('tbody tr').count();
    await row.getByRole('button', {name: 'redrive'}).click();
    await page.getByText('./freshet redrive --replay').first().waitFor();
    await page.getByText('1 distinct records: put back').waitFor();
    await page.locator('tbody tr').nth(letters).waitFor(); // it is invalid again
    assert.equal(await page.locator('img').count(), 0);
  },
  async 'time shows what is pending'() {
    await open('time');
    await page.locator('tr', {hasText: 'store_orders'}).waitFor();
  },
  async 'an unknown dimension is a fault that says so'() {
    await open('entity', {dimension: 'nothing', id: '1'});
    await page.getByText('the catalogue has no dimension nothing').waitFor();
  },
  async 'the keyboard reaches the pages'() {
    await page.goto(address);
    await page.getByText('● live').waitFor();
    await page.getByRole('link', {name: 'Features'}).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', {name: 'Features'}).waitFor();
  },
  async 'no page is wider than its window, at three widths, light and dark'() {
    for (const colorScheme of ['light', 'dark']) {
      for (const [width, height] of [[360, 780], [1280, 800], [3840, 2160]]) {
        await page.emulateMedia({colorScheme});
        await page.setViewportSize({width, height});
        for (const [name, parameters] of [['flow'], ['features'], ['entity', {dimension: 'store', id: '45'}], ['letters'], ['time']]) {
          await open(name, parameters);
          await page.locator('main h1').waitFor();
          await page.waitForTimeout(1500);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} at ${width}`);
          await page.screenshot({path: join(pictures, `${name}-${width}-${colorScheme}.png`)});
        }
      }
    }
  },
};

async function open(name, parameters = {}) {
  await page.goto('about:blank');
  await page.goto(`${address}/#${name}?${new URLSearchParams(parameters)}`);
}

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`passed: ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}: ${error.message}`);
    await page.screenshot({path: join(pictures, 'failed.png')});
  }
}
await browser.close();
if (foreign.filter(url => url !== 'about:blank').length) { failed++; console.log(`FAILED: asks elsewhere: ${foreign}`); }
if (faults.length) { failed++; console.log(`FAILED: faults in the browser: ${faults.join('; ')}`); }
process.exit(failed ? 1 : 0);
