package dev.freshet.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.result.FeatureResult.FeatureValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes result records; {@link ResultReader} reads them. */
public final class ResultJson {

  static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private static final int USUAL_BYTES = 512;

  private ResultJson() {}

  public static byte[] write(FeatureResult result) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("featureGroup", result.featureGroup());
      json.writeStringField("dimension", result.dimension());
      json.writeStringField("key", result.key());
      json.writeNumberField("version", result.version());
      json.writeNumberField("computedAt", result.computedAt());
      json.writeNumberField("eventTime", result.eventTime());
      if (result.validUntil().isPresent()) {
        json.writeNumberField("validUntil", result.validUntil().getAsLong());
      } else {
        json.writeNullField("validUntil");
      }
      json.writeStringField("trigger", result.trigger().text());
      json.writeObjectFieldStart("features");
      for (FeatureValue feature : result.features()) {
        json.writeFieldName(feature.name());
        json.writeNumber(DecimalText.of(feature.value()));
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }
}
