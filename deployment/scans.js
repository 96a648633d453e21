'use strict';

const streams = require('./streams');

const ACTIONS = [
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
];

/** Returns the names in the catalogue with those in Kinesis. */
function names({ custom }) {
  const { arns } = custom['event-streams'];
  return Object.entries(arns).map(
    ([name, arn]) => `${name}=${arn === null ? custom['stream-prefix'] + name : arn.split('/').pop()}`,
  );
}

/** For the functions that read the streams of events by themselves, without a mapping. */
module.exports = {
  assign(service) {
    for (const definition of Object.values(service.functions).filter(({ scans }) => scans)) {
      definition.environment = { ...definition.environment, EVENT_STREAMS: names(service).join(',') };
    }
  },

  statements(service, { scans }) {
    const { arns, key } = service.custom['event-streams'];
    if (!scans) {
      return [];
    }
    const allow = (Action, Resource) => ({ Effect: 'Allow', Action, Resource });
    const read = allow(ACTIONS, Object.keys(arns).map((name) => streams.arnOf(service, name)));
    return key ? [read, allow('kms:Decrypt', [key])] : [read];
  },
};
