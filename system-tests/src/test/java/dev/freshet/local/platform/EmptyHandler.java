package dev.freshet.local.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * The least that every function does: it receives a batch of Kinesis, opens one connection to Redis
 * and one to Kinesis, and uses each once. Other starts are compared with its start.
 */
public final class EmptyHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {

  private StatefulRedisConnection<String, String> redis;
  private KinesisClient kinesis;

  @Override
  public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
    if (redis == null) {
      redis = RedisClient.create(System.getenv("STATE_STORE_URL")).connect();
      kinesis =
          KinesisClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
    }
    String pong = redis.sync().ping();
    var entry =
        PutRecordsRequestEntry.builder()
            .partitionKey("any")
            .data(SdkBytes.fromUtf8String(pong))
            .build();
    kinesis.putRecords(call -> call.streamName(System.getenv("RESULTS_STREAM")).records(entry));
    return new StreamsEventResponse(List.of());
  }
}
