package dev.freshet.operations.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.freshet.event.Reason;
import dev.freshet.result.DeadLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters as the functions write them, and which of them are meant. */
class LetterTest {

  private static final Instant AT = Instant.parse("2026-05-04T12:00:00Z");
  private static final byte[] PAYLOAD = {0, -1, '{', '\n', (byte) 0xC0};
  private static final LetterFilter ALL = filter(Set.of(), Set.of(), Set.of());

  @Test
  void whatAFunctionWroteIsReadWithItsPayloadUnchanged() throws IOException {
    Letter letter = letter(PAYLOAD);
    assertThat(letter.payload()).isEqualTo(PAYLOAD);
    assertThat(letter.stream()).isEqualTo("prod-item-created");
    assertThat(letter.received()).isEqualTo(AT);
    assertThat(letter.isCut()).isFalse();
    assertThat(letter.line())
        .isEqualTo(
            "2026-05-04T12:00:00Z  NOT_JSON  area_demand  prod-item-created shard-1 77  a b");
  }

  @Test
  void aLetterWithOnlyTheStartOfItsRecordSaysSo() throws IOException {
    assertThat(letter(new byte[800 * 1024]).isCut()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"reason\":\"NOT_JSON\",\"featureGroup\":\"g\"}"})
  void whatIsNoLetterIsRefused(String text) {
    assertThatIOException().isThrownBy(() -> Letter.read(text.getBytes(UTF_8)));
  }

  @Test
  void filtersByGroupReasonStreamAndTime() throws IOException {
    Letter letter = letter(PAYLOAD);
    assertThat(ALL.matches(letter)).isTrue();
    assertThat(filter(Set.of("area_demand"), Set.of(), Set.of()).matches(letter)).isTrue();
    assertThat(filter(Set.of("area"), Set.of(), Set.of()).matches(letter)).isFalse();
    assertThat(filter(Set.of(), Set.of(Reason.NOT_JSON), Set.of()).matches(letter)).isTrue();
    assertThat(filter(Set.of(), Set.of(Reason.TOO_LARGE), Set.of()).matches(letter)).isFalse();
    assertThat(filter(Set.of(), Set.of(), Set.of("item-created")).matches(letter)).isTrue();
    assertThat(filter(Set.of(), Set.of(), Set.of("prod-item-created")).matches(letter)).isTrue();
    assertThat(filter(Set.of(), Set.of(), Set.of("created")).matches(letter)).isFalse();
    assertThat(between(AT, AT.plusMillis(1)).matches(letter)).isTrue();
    assertThat(between(AT.minusMillis(1), AT).matches(letter)).isFalse();
    assertThat(between(AT.plusMillis(1), Instant.MAX).matches(letter)).isFalse();
  }

  @Test
  void aLetterOfSeveralGroupsIsThatOfEach() throws IOException {
    Letter letter = letter(PAYLOAD, "area_demand", "area_items");
    for (String group : List.of("area_demand", "area_items")) {
      assertThat(filter(Set.of(group), Set.of(), Set.of()).matches(letter)).as(group).isTrue();
    }
    assertThat(filter(Set.of("area"), Set.of(), Set.of()).matches(letter)).isFalse();
    assertThat(letter.line()).contains("  area_demand,area_items  ");
  }

  private static LetterFilter filter(Set<String> groups, Set<Reason> reasons, Set<String> streams) {
    return new LetterFilter("prod-", groups, reasons, streams, Instant.MIN, Instant.MAX);
  }

  private static LetterFilter between(Instant since, Instant until) {
    return new LetterFilter("prod-", Set.of(), Set.of(), Set.of(), since, until);
  }

  private static Letter letter(byte[] payload) throws IOException {
    return letter(payload, "area_demand");
  }

  private static Letter letter(byte[] payload, String... groups) throws IOException {
    DeadLetter written =
        new DeadLetter(
            Reason.NOT_JSON,
            "a\nb",
            List.of(groups),
            "prod-item-created",
            "shard-1",
            "77",
            OptionalInt.empty(),
            AT.toEpochMilli(),
            ByteBuffer.wrap(payload));
    return Letter.read(written.toJson());
  }
}
