package dev.freshet.benchmarks.jmh;

import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.ResultJson;
import dev.freshet.result.Trigger;
import java.util.List;
import java.util.OptionalLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A result of {@code store_orders} and one of {@code courier_accept_time} as JSON. */
@State(Scope.Benchmark)
public class EncodeBenchmark {

  private static final long NOW = 1_767_225_600_000L;

  private final FeatureResult wholeNumbers =
      result(
          "store_orders",
          "store",
          new FeatureValue("created_5m", 3),
          new FeatureValue("created_10m", 7),
          new FeatureValue("created_30m", 19),
          new FeatureValue("picked_30m", 15),
          new FeatureValue("awaiting_acceptance", 1),
          new FeatureValue("unpicked", 4),
          new FeatureValue("undelivered", 11));

  private final FeatureResult fractions =
      result(
          "courier_accept_time",
          "courier",
          new FeatureValue("count", 50),
          new FeatureValue("mean", 31.416_02),
          new FeatureValue("stddev", 12.345_678_901_234),
          new FeatureValue("p90", 55.190_000_000_000_005));

  private static FeatureResult result(String group, String dimension, FeatureValue... values) {
    OptionalLong next = OptionalLong.of(NOW + 1_234);
    return new FeatureResult(
        group, dimension, "1204", NOW * 1_000, NOW, NOW - 42, next, Trigger.EVENT, List.of(values));
  }

  @Benchmark
  public byte[] storeOrders() {
    return ResultJson.write(wholeNumbers);
  }

  @Benchmark
  public byte[] courierAcceptTime() {
    return ResultJson.write(fractions);
  }
}
