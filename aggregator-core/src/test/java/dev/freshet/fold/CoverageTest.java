package dev.freshet.fold;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.fold.Coverage.ALWAYS;
import static dev.freshet.input.Input.amount;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.fold.Coverage.Deployed;
import dev.freshet.testing.TestGroups;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests since when the state of a declaration that follows others is complete. */
class CoverageTest {

  private static final long MINUTE = 60_000;
  private static final long SWITCH = 1_000 * MINUTE;
  private static final long AHEAD = 60 * MINUTE;

  /** Functions of the earlier declaration may be at work for so long. */
  private static final long OVERLAP = 15 * MINUTE;

  private static final FeatureGroup HOUR = group(base().over(minutes(60), count("seen")));
  private static final FeatureGroup TWO_HOURS = group(base().over(minutes(120), count("seen")));
  private static final FeatureGroup AMOUNTS =
      group(base().value(amount("tip")).over(minutes(60), max()).over(last(5), max()));

  @Test
  void aFirstDeclarationIsComplete() {
    assertThat(of(HOUR)).isEqualTo(Coverage.COMPLETE);
  }

  @Test
  void aShorterWindowIsComplete() {
    assertThat(of(TWO_HOURS, HOUR)).isEqualTo(Coverage.COMPLETE);
  }

  @Test
  void aLongerWindowLacksWhatTheShorterOneLet() {
    assertThat(of(HOUR, TWO_HOURS))
        .isEqualTo(
            new Coverage(SWITCH + OVERLAP - 60 * MINUTE + 120 * MINUTE, ALWAYS, ALWAYS, ALWAYS));
  }

  @Test
  void anInputIsThatOfEventsThatArriveFromNowOnWhateverTheirTime() {
    long kept = SWITCH + OVERLAP + AHEAD;
    assertThat(of(HOUR, AMOUNTS)).isEqualTo(new Coverage(kept + 60 * MINUTE, kept, ALWAYS, ALWAYS));
  }

  @Test
  void theWorstOfAllEarlierDeclarationsCounts() {
    long kept = SWITCH + OVERLAP + AHEAD;
    assertThat(of(AMOUNTS, HOUR, AMOUNTS, AMOUNTS))
        .isEqualTo(new Coverage(kept + MINUTE + 60 * MINUTE, kept + MINUTE, ALWAYS, ALWAYS));
  }

  private static FeatureGroupBuilder base() {
    return FeatureGroup.named("changing")
        .dimension(TestGroups.WORKER)
        .reads(TestGroups.ITEM_DELIVERED);
  }

  private static FeatureGroup group(FeatureGroupBuilder declared) {
    return declared.build();
  }

  /** The first is at work from 0, the next ones a minute apart from {@code SWITCH}. */
  private static Coverage of(FeatureGroup... declarations) {
    List<Deployed> history = new ArrayList<>();
    for (int i = 0; i < declarations.length; i++) {
      history.add(new Deployed(declarations[i].schema(), i == 0 ? 0 : SWITCH + (i - 1) * MINUTE));
    }
    FeatureGroup present = declarations[declarations.length - 1];
    return Coverage.of(present.schema(), present.kinds(), history, AHEAD, ALWAYS);
  }
}
