'use strict';

const capitalized = (word) => word.charAt(0).toUpperCase() + word.slice(1);
const logicalId = (name) => name.split('-').map(capitalized).join('');

function arnOf({ custom }, name) {
  return custom['event-streams'].arns[name] ?? { 'Fn::GetAtt': [logicalId(name), 'Arn'] };
}

function readers({ functions }) {
  return Object.values(functions).filter(({ reads }) => reads);
}

module.exports = {
  arnOf,

  /** Adds a mapping from each stream that a function reads. */
  addMappings(service) {
    const { consumer, ...settings } = service.custom.mapping;
    // For a shared consumer, the framework accepts only an absent value.
    const mapping = consumer === 'dedicated' ? { ...settings, consumer: true } : settings;
    for (const { reads, events } of readers(service)) {
      events.unshift(...reads.map((name) => ({ stream: { ...mapping, arn: arnOf(service, name) } })));
    }
  },

  /** The default for functions that read streams and have no setting of their own. */
  reserveConcurrency(service) {
    const reserved = service.custom['reserved-concurrency'];
    for (const definition of reserved === null ? [] : readers(service)) {
      definition.reservedConcurrency ??= reserved;
    }
  },

  /** Adds the streams to the template, except those that exist. */
  addResources({ custom, provider }) {
    const { 'event-streams': events, 'output-streams': outputs } = custom;
    const created = Object.keys(events.arns).filter((name) => events.arns[name] === null);
    const sizes = [...created.map((name) => [name, events]), ...Object.entries(outputs)];
    for (const [name, size] of sizes) {
      provider.compiledCloudFormationTemplate.Resources[logicalId(name)] = {
        Type: 'AWS::Kinesis::Stream',
        Properties: {
          Name: `${custom['stream-prefix']}${name}`,
          ShardCount: size.shards,
          RetentionPeriodHours: size['retention-hours'],
          StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
        },
      };
    }
  },
};
