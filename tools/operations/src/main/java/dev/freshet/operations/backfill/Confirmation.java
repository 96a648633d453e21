package dev.freshet.operations.backfill;

import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStore;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares some entities with a replay, while their functions go on with live events, and prints
 * the outcome.
 */
final class Confirmation {

  private static final int ATTEMPTS = 6;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final StateStore store;
  private final LiveEvents live;
  private final Clock clock;
  private final Consumer<Duration> sleep;
  private final PrintWriter out;

  /**
   * @param live the events that the functions may have folded since the files were written
   */
  Confirmation(
      StateStore store, LiveEvents live, Clock clock, Consumer<Duration> sleep, PrintWriter out) {
    this.store = store;
    this.live = live;
    this.clock = clock;
    this.sleep = sleep;
    this.out = out;
  }

  /**
   * Returns whether there is no difference.
   *
   * @param seed the seed that the entities were drawn with
   */
  boolean agrees(SeamCheck check, long seed) {
    List<String> differences = differences(check);
    differences.forEach(out::println);
    out.println(
        "%d entities compared with a replay (--seed %d): %s"
            .formatted(
                check.entities().size(),
                seed,
                differences.isEmpty()
                    ? "no difference"
                    : differences.size()
                        + " differences; are all events up to the seam in the files, and the later"
                        + " ones in the files or streams?"));
    return differences.isEmpty();
  }

  /** Compares again a little later if there are differences, as events may be on their way. */
  private List<String> differences(SeamCheck check) {
    Optional<Instant> since = Optional.empty();
    List<String> differences = List.of();
    for (int i = 0; i < ATTEMPTS && (i == 0 || !differences.isEmpty()); i++) {
      sleep.accept(i == 0 ? Duration.ZERO : PAUSE);
      List<String> entities = List.copyOf(check.entities());
      List<KeyState> states =
          store.apply(
              entities.stream().map(each -> new KeyEvents(each, List.of())).toList(),
              clock.millis());
      Instant now = clock.instant();
      live.read(since, now, check::see);
      since = Optional.of(now.minus(PAUSE));
      differences = new ArrayList<>();
      for (int entity = 0; entity < entities.size(); entity++) {
        differences.addAll(check.differences(entities.get(entity), states.get(entity)));
      }
    }
    return differences;
  }
}
