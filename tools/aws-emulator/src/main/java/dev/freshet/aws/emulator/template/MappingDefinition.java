package dev.freshet.aws.emulator.template;

import java.time.Duration;
import java.util.Optional;

/**
 * One Kinesis event source mapping of the compiled template; the names are those of AWS Lambda.
 *
 * @param function the name of the function that is called
 * @param stream the name of the stream that is read
 * @param batchSize the most records of a call
 * @param maximumBatchingWindow how long a batch may wait to fill; zero for not at all
 * @param parallelizationFactor concurrent batches of a shard, split by partition key; 1 to 10
 * @param bisectBatchOnFunctionError whether a batch that failed as a whole is halved
 * @param maximumRetryAttempts retries of a failing batch; −1 for no limit
 * @param maximumRecordAge older records go to the destination; empty for no limit
 * @param reportsBatchItemFailures whether the function answers with the first failed record
 * @param onFailureDestination ARN or name of the queue that gets documents about discarded batches
 */
public record MappingDefinition(
    String function,
    String stream,
    int batchSize,
    Duration maximumBatchingWindow,
    int parallelizationFactor,
    boolean bisectBatchOnFunctionError,
    int maximumRetryAttempts,
    Optional<Duration> maximumRecordAge,
    boolean reportsBatchItemFailures,
    Optional<String> onFailureDestination) {}
