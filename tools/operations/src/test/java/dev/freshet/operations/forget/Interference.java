package dev.freshet.operations.forget;

import java.util.function.IntConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** A client that lets others act just before and after each item that it puts, counted from 1. */
final class Interference implements DynamoDbClient {

  private final DynamoDbClient client;
  private final IntConsumer before;
  private final IntConsumer after;
  private int puts;

  Interference(DynamoDbClient client, IntConsumer before, IntConsumer after) {
    this.client = client;
    this.before = before;
    this.after = after;
  }

  int puts() {
    return puts;
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    puts++;
    before.accept(puts);
    PutItemResponse answer = client.putItem(request);
    after.accept(puts);
    return answer;
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {}
}
