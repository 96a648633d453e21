package dev.freshet.authoring.datadog;

import java.util.Map;
import java.util.Set;

/** What Datadog's integrations collect of AWS, as far as it is asked for, and its tags. */
final class AwsMetrics {

  /** Tags of the metrics that begin so. */
  static final Map<String, Set<String>> TAGS =
      Map.of(
          "aws.lambda.", Set.of("functionname"),
          "aws.kinesis.", Set.of("streamname"),
          "aws.dynamodb.", Set.of("tablename", "operation"),
          "aws.states.", Set.of("statemachinearn"),
          "aws.sqs.", Set.of("queuename"),
          "aws.elasticache.", Set.of("cacheclusterid", "service", "env"));

  static final Set<String> COUNTS =
      Set.of(
          "aws.lambda.invocations",
          "aws.lambda.errors",
          "aws.lambda.throttles",
          "aws.kinesis.incoming_records",
          "aws.kinesis.incoming_bytes.sum",
          "aws.kinesis.read_provisioned_throughput_exceeded",
          "aws.kinesis.write_provisioned_throughput_exceeded",
          "aws.dynamodb.throttled_requests",
          "aws.dynamodb.system_errors",
          "aws.dynamodb.conditional_check_failed_requests",
          "aws.states.executions_started",
          "aws.states.executions_succeeded",
          "aws.states.executions_failed",
          "aws.states.executions_timed_out",
          "aws.states.executions_aborted");

  static final Set<String> GAUGES =
      Set.of(
          "aws.lambda.duration",
          "aws.lambda.duration.maximum",
          "aws.lambda.iterator_age.maximum",
          "aws.lambda.concurrent_executions.maximum",
          "aws.sqs.approximate_number_of_messages_visible",
          "aws.dynamodb.successful_request_latency",
          "aws.dynamodb.successful_request_latency.maximum",
          "aws.dynamodb.item_count",
          "aws.dynamodb.table_size",
          "aws.elasticache.engine_cpuutilization",
          "aws.elasticache.database_memory_usage_percentage",
          "aws.elasticache.curr_connections",
          "aws.elasticache.evictions",
          "aws.elasticache.replication_lag");

  private AwsMetrics() {}
}
