'use strict';

const fs = require('fs');
const path = require('path');

/** A stream of business events is declared by the one line of serverless.yml that reads it. */
const READ = /^ {4}- &([a-z0-9-]+) \{.*event-streams\.js\):arns\.\1\}/gm;
const DESCRIPTOR = fs.readFileSync(path.join(__dirname, '..', 'serverless.yml'), 'utf8');
const NAMES = [...DESCRIPTOR.matchAll(READ)].map(([, name]) => name);

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
