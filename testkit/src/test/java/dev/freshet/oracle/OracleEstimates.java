package dev.freshet.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.SparseStore;
import com.dynatrace.hash4j.distinctcount.HyperLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** Estimates of the values in a window of history: each from one sketch of all of them. */
final class OracleEstimates {

  private static final int MOST_EXACT = 256;
  private static final int PRECISION = 12;
  private static final Hasher64 HASHER = Hashing.komihash5_0();

  private OracleEstimates() {}

  /** Returns the number of different values: exact if they are few. */
  static double distinct(Collection<Object> values) {
    List<Object> different = values.stream().distinct().toList();
    if (different.size() <= MOST_EXACT) {
      return different.size();
    }
    HyperLogLog sketch = HyperLogLog.create(PRECISION);
    different.forEach(each -> sketch.add(hash(each)));
    return Math.round(sketch.getDistinctCountEstimate());
  }

  private static long hash(Object value) {
    if (!(value instanceof BigDecimal number)) {
      return HASHER.hashBytesToLong(((String) value).getBytes(UTF_8));
    }
    boolean isWide = number.scale() > 6;
    BigInteger whole = isWide ? number.toBigInteger() : number.unscaledValue();
    BigInteger rest =
        isWide ? number.subtract(new BigDecimal(whole)).unscaledValue() : BigInteger.ZERO;
    return HASHER.hashLongLongToLong(whole.longValueExact(), rest.longValueExact());
  }

  /** Returns what the sketch knows of each value, the smallest first. */
  static double[] ranked(List<BigDecimal> values) {
    DDSketch sketch = new DDSketch(new LogarithmicMapping(0.01), SparseStore::new);
    values.forEach(each -> sketch.accept(each.doubleValue()));
    List<Double> ranked = new ArrayList<>();
    add(sketch, sketch.getNegativeValueStore().getDescendingIterator(), -1, ranked);
    values.stream().filter(each -> each.signum() == 0).forEach(each -> ranked.add(0.0));
    add(sketch, sketch.getPositiveValueStore().getAscendingIterator(), 1, ranked);
    return ranked.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void add(DDSketch sketch, Iterator<Bin> bins, int sign, List<Double> ranked) {
    while (bins.hasNext()) {
      Bin bin = bins.next();
      for (double count = bin.getCount(); count > 0; count--) {
        ranked.add(sign * sketch.getIndexMapping().value(bin.getIndex()));
      }
    }
  }
}
