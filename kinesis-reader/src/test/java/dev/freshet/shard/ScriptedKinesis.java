package dev.freshet.shard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

/** A client that notes the iterators it is asked for and answers as the test says. */
final class ScriptedKinesis implements KinesisClient {

  final List<String> iteratorsAsked = new ArrayList<>();
  final List<String> iteratorsRead = new ArrayList<>();
  private final Deque<Supplier<GetRecordsResponse>> answers = new ArrayDeque<>();

  ScriptedKinesis answering(Supplier<GetRecordsResponse> answer) {
    answers.add(answer);
    return this;
  }

  ScriptedKinesis giving(String nextIterator, long millisBehind, int... numbers) {
    List<Record> records = new ArrayList<>();
    for (int number : numbers) {
      records.add(record(number));
    }
    return answering(
        () ->
            GetRecordsResponse.builder()
                .records(records)
                .nextShardIterator(nextIterator)
                .millisBehindLatest(millisBehind)
                .build());
  }

  @Override
  public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    String after = request.startingSequenceNumber();
    String asked = request.shardIteratorTypeAsString() + (after == null ? "" : " " + after);
    iteratorsAsked.add(asked);
    return GetShardIteratorResponse.builder().shardIterator("new" + iteratorsAsked.size()).build();
  }

  @Override
  public GetRecordsResponse getRecords(GetRecordsRequest request) {
    iteratorsRead.add(request.shardIterator());
    return answers.remove().get();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private static Record record(int number) {
    return Record.builder()
        .sequenceNumber(Records.sequenceNumber(number))
        .partitionKey("item-" + number)
        .data(SdkBytes.fromUtf8String("{\"n\":" + number + "}"))
        .approximateArrivalTimestamp(ManualTime.START)
        .build();
  }
}
