'use strict';

const NAMES = ['order-created', 'order-accepted', 'order-picked', 'order-delivered', 'order-cancelled'];

const logicalId = (name) => name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());

/** The streams of business events: created, unless a parameter such as `order-created-arn` names one. */
module.exports = async ({ resolveVariable }) => {
  const param = (name, otherwise) => resolveVariable(`param:${name}, ${otherwise}`);
  const arns = {};
  const Resources = {};
  for (const name of NAMES) {
    const existing = await param(`${name}-arn`, 'null');
    arns[name] = existing ?? { 'Fn::GetAtt': [logicalId(name), 'Arn'] };
    if (existing === null) {
      Resources[logicalId(name)] = {
        Type: 'AWS::Kinesis::Stream',
        Properties: {
          Name: `${await resolveVariable('param:stream-prefix')}${name}`,
          ShardCount: await resolveVariable('param:order-shards'),
          RetentionPeriodHours: await resolveVariable('param:order-retention-hours'),
          StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
        },
      };
    }
  }
  return { arns, resources: { Resources } };
};
