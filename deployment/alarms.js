'use strict';

/** Rows of metric, statistic and the value within five minutes that is trouble. */
const FUNCTION = (limit) => [
  ['Errors', 'Sum', limit.errors],
  ['Throttles', 'Sum', limit.throttles],
];
const READER = (limit) => [['IteratorAge', 'Maximum', limit['iterator-age-seconds'] * 1000]];
const PLATFORM = (limit) => ({
  'discarded-batches': [['ApproximateNumberOfMessagesVisible', 'Maximum', 1]],
  'dead-letters': [
    ['IncomingRecords', 'Sum', limit['dead-letters']],
    ['WriteProvisionedThroughputExceeded', 'Sum', limit.throttles],
  ],
  'feature-results': [['WriteProvisionedThroughputExceeded', 'Sum', limit.throttles]],
  'recalculation-state-machine': [
    ['ExecutionsFailed', 'Sum', 1],
    ['ExecutionsAborted', 'Sum', 1],
    ['ExecutionThrottled', 'Sum', limit.throttles],
  ],
});

/** Namespace, dimension and its value. */
const SUBJECTS = (custom) => ({
  'discarded-batches': ['AWS/SQS', 'QueueName', { 'Fn::GetAtt': ['DiscardedBatches', 'QueueName'] }],
  'dead-letters': ['AWS/Kinesis', 'StreamName', { Ref: 'DeadLetters' }],
  'feature-results': ['AWS/Kinesis', 'StreamName', { Ref: 'FeatureResults' }],
  'recalculation-state-machine': ['AWS/States', 'StateMachineArn', { 'Fn::Sub': custom['recalculation-arn'] }],
});

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
  /** Adds the alarms of every function and of what is between them, and a topic if none is named. */
  add(serverless) {
    const { service } = serverless;
    const { naming } = serverless.getProvider('aws');
    const { custom } = service;
    const { Resources, Outputs } = service.provider.compiledCloudFormationTemplate;
    const topic = custom.alarms.topic ?? { Ref: 'AlarmTopic' };
    if (custom.alarms.topic === null) {
      Resources.AlarmTopic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: `${custom.name}-alarms` } };
      Outputs.AlarmTopic = { Description: 'Subscribe to it.', Value: topic };
    }
    const add = (name, subject, rows) => {
      for (const row of rows) {
        const id = `${naming.getNormalizedFunctionName(name)}${row[0]}Alarm`;
        Resources[id] = alarm(`${custom.name}-${name}-${row[0]}`, topic, subject, row);
      }
    };
    for (const name of service.getAllFunctions()) {
      const subject = ['AWS/Lambda', 'FunctionName', { Ref: naming.getLambdaLogicalId(name) }];
      const reads = service.getFunction(name).events.some(({ stream }) => stream);
      add(name, subject, [...FUNCTION(custom.alarms), ...(reads ? READER(custom.alarms) : [])]);
    }
    const rows = PLATFORM(custom.alarms);
    for (const [name, subject] of Object.entries(SUBJECTS(custom))) {
      add(name, subject, rows[name]);
    }
  },
};
