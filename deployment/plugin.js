'use strict';

const alarms = require('./alarms');
const dependencies = require('./dependencies');
const roles = require('./roles');
const snapStart = require('./snap-start');

/** Of the functions that read streams and say nothing themselves. */
function reserveConcurrency(service) {
  const reserved = service.custom['reserved-concurrency'];
  for (const definition of Object.values(service.functions)) {
    if (reserved !== null && definition.events.some(({ stream }) => stream)) {
      definition.reservedConcurrency ??= Number(reserved);
    }
  }
}

function checkConsumer({ service, classes }) {
  const { consumer } = service.custom;
  if (consumer !== 'shared' && consumer !== 'dedicated') {
    throw new classes.Error(`parameter consumer must be shared or dedicated: ${consumer}`);
  }
}

/** Completes what is deployed: a role and alarms for each function, derived from its entry. */
module.exports = class Deployment {
  constructor(serverless) {
    serverless.configSchemaHandler.defineFunctionProperties('aws', {
      properties: {
        may: {
          type: 'array',
          items: { enum: Object.keys(serverless.service.custom.grants) },
          uniqueItems: true,
        },
      },
    });
    this.hooks = {
      initialize: () => {
        checkConsumer(serverless);
        snapStart.check(serverless);
        snapStart.assign(serverless);
        roles.assign(serverless);
        reserveConcurrency(serverless.service);
      },
      'before:package:finalize': () => {
        roles.add(serverless);
        alarms.add(serverless);
      },
      // By now the resources that serverless.yml names are in the template.
      'after:aws:package:finalize:mergeCustomProviderResources': () => {
        snapStart.callAliases(serverless);
        dependencies.arrange(serverless);
      },
    };
  }
};
