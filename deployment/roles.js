'use strict';

const history = require('./history');
const scans = require('./scans');
const streams = require('./streams');

const READ = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
];
const NETWORK = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

const allow = (Action, Resource) => ({ Effect: 'Allow', Action, Resource });
const policy = (Statement) => ({ Version: '2012-10-17', Statement });

const logs = (logGroup) =>
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], { 'Fn::GetAtt': [logGroup, 'Arn'] });

const tracing = ({ TracingConfig }) =>
  TracingConfig ? [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')] : [];

/** Lets Lambda create network interfaces with the function's role, and denies it to the function's code. */
function network({ VpcConfig, FunctionName }) {
  const itself = `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${FunctionName}`;
  const deny = {
    ...allow(NETWORK, '*'),
    Effect: 'Deny',
    Condition: { ArnEquals: { 'lambda:SourceFunctionArn': [{ 'Fn::Sub': itself }] } },
  };
  return VpcConfig ? [allow(NETWORK, '*'), deny] : [];
}

/** Lets Lambda read the streams and fill the queue of discarded batches on behalf of the function. */
function reads({ custom }, { events }, consumers) {
  const mappings = events.flatMap(({ stream }) => stream ?? []);
  const key = mappings.length > 0 ? custom['event-streams'].key : null;
  const queues = new Set(mappings.flatMap(({ destinations }) => destinations?.onFailure.arn ?? []));
  return [
    allow(READ, mappings.map((stream) => stream.arn ?? stream)),
    allow('kinesis:SubscribeToShard', consumers),
    allow('kms:Decrypt', key ? [key] : []),
    allow('sqs:SendMessage', [...queues]),
  ].filter(({ Resource }) => Resource.length > 0);
}

function consumersOf(lambda, resources) {
  return Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping')
    .filter(({ Properties }) => JSON.stringify(Properties.FunctionName).includes(`"${lambda}"`))
    .map(({ Properties }) => Properties.EventSourceArn)
    .filter(({ Ref }) => Ref);
}

function secrets({ provider }) {
  const arn = provider.environment.DD_API_KEY_SECRET_ARN;
  return arn ? [allow('secretsmanager:GetSecretValue', [arn])] : [];
}

/** Allows writes to all output streams, or to those that the entry names. */
function writes(service, { writes: names = Object.keys(service.custom['output-streams']) }) {
  return names.map((name) => allow('kinesis:PutRecords', streams.arnOf(service, name)));
}

function permissions({ custom }, { 'time-windows': hasTimeWindows, permissions: others = [] }) {
  const start = hasTimeWindows ? [allow('states:StartExecution', custom['recalculation-arn'])] : [];
  return [...start, ...others.map(({ Action, Resource }) => allow(Action, Resource))];
}

const role = (PolicyName, statements) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: policy([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]),
    Policies: [{ PolicyName, PolicyDocument: policy(statements) }],
  },
});

const logicalId = (naming, name) => `${naming.getNormalizedFunctionName(name)}Role`;

/** Makes a role for each function, with only the permissions that its entry implies. */
module.exports = {
  /** Names the roles early, so that the framework makes no role that all functions share. */
  assign(serverless) {
    const { naming } = serverless.getProvider('aws');
    for (const [name, definition] of Object.entries(serverless.service.functions)) {
      definition.role = logicalId(naming, name);
    }
  },

  /** Adds the roles to the template. */
  add(serverless) {
    const { service } = serverless;
    const { naming } = serverless.getProvider('aws');
    const { Resources } = service.provider.compiledCloudFormationTemplate;
    for (const [name, definition] of Object.entries(service.functions)) {
      const id = naming.getLambdaLogicalId(name);
      const lambda = Resources[id].Properties;
      Resources[logicalId(naming, name)] = role(name, [
        logs(naming.getLogGroupLogicalId(name)),
        ...tracing(lambda),
        ...network(lambda),
        ...reads(service, definition, consumersOf(id, Resources)),
        ...secrets(service),
        ...writes(service, definition),
        ...history.statements(service, definition),
        ...scans.statements(service, definition),
        ...permissions(service, definition),
      ]);
    }
  },
};
