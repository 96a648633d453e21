'use strict';

const SUBSCRIBER = 'feature-store-subscriber';
const WATCHDOG = 'recalculation-watchdog';
const RESULTS = 'feature-results';

const publishes = ({ writes = [RESULTS] }) => writes.includes(RESULTS);

/**
 * Gives the feature store to the functions that write it: with `stream` the subscriber, with `direct` those that
 * publish results, and no subscriber is deployed; with `both`, between the two, all of them. The watchdog reads
 * its ledger.
 */
module.exports = {
  CHOICES: ['stream', 'both', 'direct'],

  assign({ custom, functions }) {
    const { writes, environment } = custom['feature-store'];
    if (writes === 'direct') {
      delete functions[SUBSCRIBER];
    }
    for (const [name, definition] of Object.entries(functions)) {
      if (name === SUBSCRIBER) {
        definition.environment = { ...environment, ...definition.environment };
      } else if (name === WATCHDOG) {
        definition.environment = { FEATURE_STORE_URL: environment.FEATURE_STORE_URL, ...definition.environment };
      } else if (writes !== 'stream' && publishes(definition)) {
        definition.environment = { ...environment, FEATURE_STORE_WRITES: 'direct', ...definition.environment };
      }
    }
  },
};
