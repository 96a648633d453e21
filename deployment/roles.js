'use strict';

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
const named = (values) => values.filter((value) => value);
const distinct = (values) => [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];

/** A role for each function, with what follows from its entry and nothing else. */
class Roles {
  constructor(serverless) {
    this.service = serverless.service;
    this.naming = serverless.getProvider('aws').naming;
    this.resources = serverless.service.provider.compiledCloudFormationTemplate?.Resources;
  }

  logicalId(functionName) {
    return `${this.naming.getNormalizedFunctionName(functionName)}Role`;
  }

  role(functionName) {
    const lambda = this.resources[this.naming.getLambdaLogicalId(functionName)].Properties;
    return {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        Policies: [
          {
            PolicyName: functionName,
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                this.logs(functionName),
                ...this.tracing(lambda),
                ...this.network(lambda),
                ...this.streams(functionName),
                ...this.secrets(),
                ...this.grants(functionName),
              ],
            },
          },
        ],
      },
    };
  }

  logs(functionName) {
    const group = { 'Fn::GetAtt': [this.naming.getLogGroupLogicalId(functionName), 'Arn'] };
    return allow(['logs:CreateLogStream', 'logs:PutLogEvents'], group);
  }

  tracing(lambda) {
    return lambda.TracingConfig ? [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')] : [];
  }

  /** Lambda makes the network interfaces with the function's role; its code has no business to. */
  network(lambda) {
    if (!lambda.VpcConfig) {
      return [];
    }
    const itself = `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${lambda.FunctionName}`;
    return [
      allow(NETWORK, '*'),
      {
        ...allow(NETWORK, '*'),
        Effect: 'Deny',
        Condition: { ArnEquals: { 'lambda:SourceFunctionArn': [{ 'Fn::Sub': itself }] } },
      },
    ];
  }

  /** With its streams goes the queue that learns of what was given up: Lambda fills it in its name. */
  streams(functionName) {
    const streams = named(this.service.getFunction(functionName).events.map(({ stream }) => stream));
    const failures = named(streams.map(({ destinations }) => destinations?.onFailure));
    return [
      allow(READ, streams.map((stream) => stream.arn ?? stream)),
      allow('kinesis:SubscribeToShard', this.consumers(functionName)),
      allow('kms:Decrypt', streams.length > 0 ? named([this.service.custom['event-streams-key']]) : []),
      allow('sqs:SendMessage', distinct(failures.map((queue) => queue.arn ?? queue))),
    ].filter(({ Resource }) => Resource.length > 0);
  }

  consumers(functionName) {
    const lambda = this.naming.getLambdaLogicalId(functionName);
    return Object.values(this.resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping')
      .filter(({ Properties }) => JSON.stringify(Properties.FunctionName).includes(`"${lambda}"`))
      .map(({ Properties }) => Properties.EventSourceArn)
      .filter(({ Ref }) => Ref);
  }

  secrets() {
    const arns = named([this.service.provider.environment.DD_API_KEY_SECRET_ARN]);
    return arns.length > 0 ? [allow('secretsmanager:GetSecretValue', arns)] : [];
  }

  grants(functionName) {
    const { grants, aggregator } = this.service.custom;
    const { may = aggregator } = this.service.getFunction(functionName);
    return may.map((name) => ({ Effect: 'Allow', ...grants[name] }));
  }
}

module.exports = {
  /** Told early, so that no role that all functions share is made. */
  assign(serverless) {
    const roles = new Roles(serverless);
    for (const name of serverless.service.getAllFunctions()) {
      serverless.service.getFunction(name).role = roles.logicalId(name);
    }
  },

  add(serverless) {
    const roles = new Roles(serverless);
    for (const name of serverless.service.getAllFunctions()) {
      roles.resources[roles.logicalId(name)] = roles.role(name);
    }
  },
};
