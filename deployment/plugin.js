'use strict';

const alarms = require('./alarms');
const catalogue = require('./catalogue');
const dependencies = require('./dependencies');
const featureStore = require('./feature-store');
const history = require('./history');
const optional = require('./optional');
const roles = require('./roles');
const scans = require('./scans');
const schema = require('./schema');
const snapStart = require('./snap-start');
const streams = require('./streams');

/** Makes streams, mappings, the table of history, roles and alarms from the data in serverless.yml. */
module.exports = class Deployment {
  constructor(serverless) {
    const { service } = serverless;
    catalogue.use(serverless);
    schema.define(serverless);
    this.hooks = {
      // By now parameters are filled in, and the framework has validated the configuration.
      initialize: () => {
        schema.check(serverless);
        optional.leaveOut(service);
        featureStore.assign(service);
        scans.assign(service);
        streams.addMappings(service);
        streams.reserveConcurrency(service);
        snapStart.assign(service);
        history.assign(service);
        roles.assign(serverless);
      },
      'before:package:finalize': () => {
        streams.addResources(service);
        history.addResources(service);
        roles.add(serverless);
        alarms.add(serverless);
      },
      // By now the resources that serverless.yml names are in the template.
      'after:aws:package:finalize:mergeCustomProviderResources': () => {
        snapStart.callAliases(serverless);
        dependencies.arrange(service);
      },
    };
  }
};
