'use strict';

const history = require('./history');

/**
 * Maps names to resources with alarms (namespace, dimension and its value), each followed by rows of metric, statistic
 * and the value within five minutes that raises the alarm.
 */
const platform = ({ alarms: limits, 'recalculation-arn': stateMachine }) => ({
  'discarded-batches': [
    ['AWS/SQS', 'QueueName', { 'Fn::GetAtt': ['DiscardedBatches', 'QueueName'] }],
    ['ApproximateNumberOfMessagesVisible', 'Maximum', 1],
  ],
  'dead-letters': [
    ['AWS/Kinesis', 'StreamName', { Ref: 'DeadLetters' }],
    ['IncomingRecords', 'Sum', limits['dead-letters']],
    ['WriteProvisionedThroughputExceeded', 'Sum', limits.throttles],
  ],
  'feature-results': [
    ['AWS/Kinesis', 'StreamName', { Ref: 'FeatureResults' }],
    ['WriteProvisionedThroughputExceeded', 'Sum', limits.throttles],
  ],
  'recalculation-state-machine': [
    ['AWS/States', 'StateMachineArn', stateMachine],
    ['ExecutionsFailed', 'Sum', 1],
    ['ExecutionsAborted', 'Sum', 1],
    ['ExecutionThrottled', 'Sum', limits.throttles],
  ],
});

const table = (tableName, limits) => [
  ['AWS/DynamoDB', 'TableName', tableName],
  ['ReadThrottleEvents', 'Sum', limits.throttles],
  ['WriteThrottleEvents', 'Sum', limits.throttles],
];

const lambda = (logicalId, { events }, limits) => [
  ['AWS/Lambda', 'FunctionName', { Ref: logicalId }],
  ['Errors', 'Sum', limits.errors],
  ['Throttles', 'Sum', limits.throttles],
  ...(events.some(({ stream }) => stream) ? [['IteratorAge', 'Maximum', limits['iterator-age-seconds'] * 1000]] : []),
];

function alarm(AlarmName, topic, [Namespace, Name, Value], [MetricName, Statistic, Threshold]) {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName,
      Namespace,
      MetricName,
      Dimensions: [{ Name, Value }],
      Statistic,
      Threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Period: 300,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: [topic],
      OKActions: [topic],
    },
  };
}

module.exports = {
  /** Adds the alarms of functions, queue, streams, table and state machine, and a topic if none is given. */
  add(serverless) {
    const { custom, functions, provider } = serverless.service;
    const { naming } = serverless.getProvider('aws');
    const { Resources, Outputs } = provider.compiledCloudFormationTemplate;
    const topic = custom.alarms.topic ?? { Ref: 'AlarmTopic' };
    if (custom.alarms.topic === null) {
      Resources.AlarmTopic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: `${custom.name}-alarms` } };
      Outputs.AlarmTopic = { Description: 'Subscribe to it.', Value: topic };
    }
    const subjects = platform(custom);
    if (history.hasHistory(serverless.service)) {
      subjects.history = table(history.tableName(serverless.service), custom.alarms);
    }
    for (const [name, definition] of Object.entries(functions)) {
      subjects[name] = lambda(naming.getLambdaLogicalId(name), definition, custom.alarms);
    }
    for (const [name, [subject, ...rows]] of Object.entries(subjects)) {
      for (const row of rows) {
        const id = `${naming.getNormalizedFunctionName(name)}${row[0]}Alarm`;
        Resources[id] = alarm(`${custom.name}-${name}-${row[0]}`, topic, subject, row);
      }
    }
  },
};
