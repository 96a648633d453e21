package dev.freshet.aws.emulator.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HandlerTypesTest {

  interface Swapped<O, I> extends RequestHandler<I, O> {}

  abstract static class Base<T> implements Swapped<StreamsEventResponse, T> {
    @Override
    public StreamsEventResponse handleRequest(T input, Context context) {
      return null;
    }
  }

  static class Middle extends Base<KinesisEvent> {}

  static final class Leaf extends Middle {}

  static final class Open<T> extends Base<T> {}

  static final class Generic implements RequestHandler<Map<String, List<Integer>>, Void> {
    @Override
    public Void handleRequest(Map<String, List<Integer>> input, Context context) {
      return null;
    }
  }

  @Test
  void areFoundThroughSuperclassesAndInterfaces() {
    assertThat(HandlerTypes.of(Leaf.class))
        .isEqualTo(new HandlerTypes(KinesisEvent.class, StreamsEventResponse.class));
  }

  @Test
  void mayThemselvesBeGeneric() {
    assertThat(HandlerTypes.of(Generic.class).input().getTypeName())
        .isEqualTo("java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>");
  }

  @Test
  void mustBeConcrete() {
    assertThatThrownBy(() -> HandlerTypes.of(Open.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Open.class.getName());
    assertThatThrownBy(() -> HandlerTypes.of(String.class)).hasMessageContaining("String");
  }
}
