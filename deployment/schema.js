'use strict';

const featureStore = require('./feature-store');
const optional = require('./optional');

const object = (properties, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const NAMES = { type: 'array', items: { type: 'string' }, uniqueItems: true };
const ARN = { anyOf: [{ type: 'string' }, { type: 'object' }] };
const SIZE = {
  shards: { type: 'integer', minimum: 1 },
  'retention-hours': { type: 'integer', minimum: 24, maximum: 8760 },
};

/** The properties of a function that the framework does not know. */
const FUNCTION = {
  reads: NAMES,
  writes: NAMES,
  'time-windows': { type: 'boolean' },
  history: { enum: [true, false, 'if-any'] },
  permissions: { type: 'array', items: object({ Action: { type: 'string' }, Resource: ARN }) },
  scans: { type: 'boolean' },
};

const ARNS = { type: 'object', additionalProperties: ARN };
const CUSTOM = {
  'event-streams': object({ ...SIZE, arns: ARNS, key: ARN }, ['shards', 'retention-hours', 'arns']),
  'output-streams': { type: 'object', additionalProperties: object(SIZE) },
  'feature-store': object({ writes: { type: 'string' }, environment: { type: 'object' } }),
  'optional-functions': { type: 'object', additionalProperties: { type: 'string' } },
  'reserved-concurrency': { type: 'integer', minimum: 0 },
  history: object({ 'table-arn': { type: 'string', pattern: '^arn:.+:dynamodb:.+:table/[^/]+$' } }, []),
};

/** The framework's own schema of the event `stream`, without the stream itself. */
function mappingSchema({ events }) {
  const { stream } = events.items.anyOf.find(({ properties }) => properties.stream).properties;
  const { arn, ...settings } = stream.anyOf.find(({ type }) => type === 'object').properties;
  return object({ ...settings, consumer: { type: 'string' } }, ['type', 'consumer']);
}

function requireKnown({ classes }, where, kind, names, known) {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const values = known.join(', ');
    throw new classes.Error(`serverless.yml: ${where}: there is no ${kind} ${unknown.join(', ')}, only ${values}`);
  }
}

function requireOneOf({ classes }, parameter, value, allowed) {
  if (!allowed.includes(value)) {
    throw new classes.Error(`parameter ${parameter} must be ${allowed.join(' or ')}: ${value}`);
  }
}

module.exports = {
  /** Extends the schema that the framework validates. Also converts parameters that are text to numbers. */
  define(serverless) {
    const { service, configSchemaHandler } = serverless;
    const [{ properties }] = Object.values(configSchemaHandler.schema.properties.functions.patternProperties);
    const known = Object.keys({ ...FUNCTION, ...properties });
    for (const [name, definition] of Object.entries(service.functions)) {
      // The framework's message would not list the known properties.
      requireKnown(serverless, `functions.${name}`, 'property', Object.keys(definition ?? {}), known);
    }
    configSchemaHandler.defineFunctionProperties('aws', { properties: FUNCTION });
    const custom = { ...CUSTOM, mapping: mappingSchema(properties) };
    configSchemaHandler.defineCustomProperties({
      properties: custom,
      required: ['event-streams', 'feature-store', 'output-streams', 'mapping'],
    });
  },

  /** Checks names of streams and of choices, as the framework's messages do not quote the value. */
  check(serverless) {
    const { custom, functions } = serverless.service;
    const outputs = Object.keys(custom['output-streams']);
    const streams = [...Object.keys(custom['event-streams'].arns), ...outputs];
    for (const [name, { reads = [], writes = [] }] of Object.entries(functions)) {
      requireKnown(serverless, `functions.${name}.reads`, 'stream', reads, streams);
      requireKnown(serverless, `functions.${name}.writes`, 'output stream', writes, outputs);
    }
    requireOneOf(serverless, 'consumer', custom.mapping.consumer, ['shared', 'dedicated']);
    const { writes: storeWrites, environment: store } = custom['feature-store'];
    requireOneOf(serverless, 'feature-store-writes', storeWrites, featureStore.CHOICES);
    requireOneOf(serverless, 'feature-store-format', store.FEATURE_STORE_FORMAT ?? 'freshet', ['freshet', 'feast']);
    if (store.FEATURE_STORE_FORMAT === 'feast' && !store.FEAST_PROJECT) {
      throw new serverless.classes.Error('parameter feature-store-format=feast needs feast-project');
    }
    requireOneOf(serverless, 'snap-start', custom['snap-start'], ['on', 'off']);
    for (const [name, choice] of Object.entries(custom['optional-functions'])) {
      requireOneOf(serverless, name, choice, optional.CHOICES);
    }
  },
};
