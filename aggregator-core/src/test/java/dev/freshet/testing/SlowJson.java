package dev.freshet.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads JSON slowly, for comparison: decodes strict UTF-8, then builds a tree. */
public final class SlowJson {

  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(UNLIMITED)
                          .maxNumberLength(UNLIMITED)
                          .maxNameLength(UNLIMITED)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private SlowJson() {}

  /** The document, its fractions as doubles; empty if it is not JSON in UTF-8. */
  public static Optional<JsonNode> read(byte[] data) {
    try {
      JsonNode tree = MAPPER.readTree(text(data));
      return tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
    } catch (CharacterCodingException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Returns a parser of a document that {@link #read} finds valid. */
  public static JsonParser parser(byte[] data) throws IOException {
    return MAPPER.createParser(text(data));
  }

  private static String text(byte[] data) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
  }
}
