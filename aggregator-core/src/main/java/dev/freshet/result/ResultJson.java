package dev.freshet.result;

import com.fasterxml.jackson.core.JsonFactory;
import dev.freshet.result.FeatureResult.FeatureValue;
import java.util.List;

/**
 * Writes result records; {@link ResultReader} reads them.
 *
 * <p>Not safe for use by several threads: an instance reuses its buffer.
 */
public final class ResultJson {

  static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private final JsonBytes out = new JsonBytes();

  /** Writes a single record. */
  public static byte[] write(FeatureResult result) {
    return new ResultJson().bytes(result);
  }

  /**
   * Writes the record of a result. Names of groups, dimensions and features are lower snake case.
   */
  public byte[] bytes(FeatureResult result) {
    out.plain("{\"featureGroup\":\"").plain(result.featureGroup());
    out.plain("\",\"dimension\":\"").plain(result.dimension());
    out.plain("\",\"key\":\"").escaped(result.key());
    out.plain("\",\"version\":").number(result.version());
    out.plain(",\"computedAt\":").number(result.computedAt());
    out.plain(",\"eventTime\":").number(result.eventTime());
    out.plain(",\"validUntil\":");
    if (result.validUntil().isPresent()) {
      out.number(result.validUntil().getAsLong());
    } else {
      out.plain("null");
    }
    if (result.completeSince().isPresent()) {
      out.plain(",\"completeSince\":").number(result.completeSince().getAsLong());
    }
    if (result.archived()) {
      out.plain(",\"archived\":true");
    }
    out.plain(",\"trigger\":\"").plain(result.trigger().text());
    out.plain("\",\"features\":{");
    String separator = "\"";
    for (FeatureValue feature : result.features()) {
      out.plain(separator).plain(feature.name()).plain("\":");
      if (feature.text() == null) {
        out.number(feature.value());
      } else {
        out.plain("\"").escaped(feature.text()).plain("\"");
      }
      separator = ",\"";
    }
    out.plain("}");
    if (result.absent() != null) {
      names(result.absent());
    }
    return out.plain("}").take();
  }

  private void names(List<String> absent) {
    out.plain(",\"absent\":[");
    String separator = "\"";
    for (String name : absent) {
      out.plain(separator).plain(name).plain("\"");
      separator = ",\"";
    }
    out.plain("]");
  }
}
