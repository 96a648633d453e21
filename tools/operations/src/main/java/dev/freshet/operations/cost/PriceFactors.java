package dev.freshet.operations.cost;

import dev.freshet.operations.cost.Item.Factor;
import java.math.BigDecimal;

/** The factors that the lines of a bill are made of. */
record PriceFactors(Prices prices) {

  private static final double HOURS = 730;
  private static final double SECONDS = HOURS * 3_600;
  static final Factor MONTH = new Factor(HOURS, "730 h");
  static final Factor MONTH_SECONDS = new Factor(SECONDS, "2.63 M s");
  private static final double GIGABYTE = 1e9;

  Factor factor(String price) {
    return new Factor(prices.of(price), dollars(price));
  }

  /** Returns the price of one of what is priced by the million. */
  Factor ofMillion(String price) {
    return new Factor(prices.of(price) / 1e6, dollars(price) + " a million");
  }

  /** Returns the gigabytes of a month. */
  static Factor gigabytes(double bytesPerSecond) {
    return Factor.of(bytesPerSecond * SECONDS / GIGABYTE, " GB");
  }

  /** Returns the memory of a function; AWS bills it in units of 1,024 MB. */
  static Factor memory(double megabytes) {
    return Factor.of(megabytes / 1_024, " GB");
  }

  /** Returns the price of lines of a size. */
  Factor lines(double bytes, String price) {
    String text = "%s kB × %s a GB".formatted(Item.number(bytes / 1e3), dollars(price));
    return new Factor(bytes / GIGABYTE * prices.of(price), text);
  }

  private String dollars(String price) {
    return "$" + BigDecimal.valueOf(prices.of(price)).stripTrailingZeros().toPlainString();
  }
}
