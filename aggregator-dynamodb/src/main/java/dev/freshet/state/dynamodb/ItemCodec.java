package dev.freshet.state.dynamodb;

import static dev.freshet.state.dynamodb.HistoryTable.EXPIRES_AT;
import static dev.freshet.state.dynamodb.HistoryTable.ID;
import static dev.freshet.state.dynamodb.HistoryTable.RESULT;
import static dev.freshet.state.dynamodb.HistoryTable.SNAPSHOT;
import static dev.freshet.state.dynamodb.HistoryTable.VALID_UNTIL;
import static dev.freshet.state.dynamodb.HistoryTable.VERSION;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultJson;
import dev.freshet.result.ResultReader;
import dev.freshet.state.Archived;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes and reads the items of entities of one group. */
final class ItemCodec {

  private static final long SECOND = 1_000;

  private final String group;

  ItemCodec(String group) {
    this.group = group;
  }

  Map<String, AttributeValue> write(Archived entity) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(ID, AttributeValue.fromS(HistoryTable.id(group, entity.entity())));
    item.put(VERSION, number(entity.version()));
    item.put(SNAPSHOT, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(entity.snapshot())));
    item.put(RESULT, AttributeValue.fromS(new String(ResultJson.write(entity.result()), UTF_8)));
    entity.result().validUntil().ifPresent(until -> item.put(VALID_UNTIL, number(until)));
    if (entity.expiresAtMillis() != KeyState.FOREVER) {
      item.put(EXPIRES_AT, number(Math.floorDiv(entity.expiresAtMillis() + SECOND - 1, SECOND)));
    }
    return item;
  }

  /** Returns the entity of an item; null if it was forgotten. */
  Archived read(Map<String, AttributeValue> item) {
    if (!item.containsKey(SNAPSHOT)) {
      return null;
    }
    AttributeValue expires = item.get(EXPIRES_AT);
    return new Archived(
        item.get(ID).s().substring(group.length() + 1),
        Long.parseLong(item.get(VERSION).n()),
        item.get(SNAPSHOT).b().asByteArrayUnsafe(),
        result(item),
        expires == null ? KeyState.FOREVER : Long.parseLong(expires.n()) * SECOND);
  }

  private static FeatureResult result(Map<String, AttributeValue> item) {
    try {
      return ResultReader.read(ByteBuffer.wrap(item.get(RESULT).s().getBytes(UTF_8)));
    } catch (IOException e) {
      throw new StateStoreException(
          "the result in item '%s' cannot be read: %s; forget the entity and rebuild its group"
              .formatted(item.get(ID).s(), e.getMessage()),
          e);
    }
  }

  private static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }
}
