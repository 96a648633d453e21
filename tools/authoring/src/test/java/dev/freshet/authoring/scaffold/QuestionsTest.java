package dev.freshet.authoring.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class QuestionsTest {

  private final StringWriter shown = new StringWriter();

  @Test
  void answersMakeTheRequestThatOptionsMake() throws IOException {
    assertThat(
            ask(
                "probe_acceptance_time",
                "How long a store takes to accept an order.",
                "store",
                "ORDER_PICKED",
                "30",
                "createdAt:acceptedAt",
                "",
                "count, mean p90"))
        .isEqualTo(Requests.lastEvents().request());
    assertThat(
            ask(
                "probe_ratings",
                "",
                "probe:probeId",
                "PROBE_RATED=probeId,stars",
                "90s,5m, 1h",
                "stars",
                "",
                "ratings,stars_sum,stars_mean"))
        .isEqualTo(Requests.newWords().request());
  }

  @Test
  void anAnswerThatMakesNoSenseIsAskedForAgain() throws IOException {
    Request request =
        ask(
            "ProbeAcceptance",
            "probe_acceptance_time",
            "How long a store takes to accept an order.",
            "shop",
            "store",
            "",
            "ORDER_EATEN",
            "ORDER_PICKED",
            "soon",
            "30",
            "",
            "createdAt:acceptedAt",
            "",
            "median",
            "count,mean,p90");

    assertThat(request).isEqualTo(Requests.lastEvents().request());
    assertThat(shown.toString())
        .contains(
            "'ProbeAcceptance'",
            "there is no dimension shop",
            "name at least one",
            "there is no event type ORDER_EATEN",
            "a window is 90s, 5m, 24h or 7d, not 'soon'",
            "a value is FROM:TO",
            "there is no feature median");
  }

  @Test
  void aNameThatPromisesSomethingElseIsAskedForAgain() throws IOException {
    Request request =
        ask(
            "probe_ratings",
            "",
            "probe:probeId",
            "PROBE_RATED=probeId,stars",
            "90s,5m,1h",
            "stars",
            "",
            "stars,stars_top",
            "ratings,stars_sum,stars_mean");

    assertThat(request).isEqualTo(Requests.newWords().request());
    assertThat(shown.toString()).contains("there is no feature stars, stars_top, only");
  }

  @Test
  void answersThatEndAreAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ask("probe_acceptance_time"))
        .withMessageContaining("nothing was written");
  }

  private Request ask(String... answers) throws IOException {
    String text = String.join("\n", answers) + "\n";
    return new Questions(new BufferedReader(new StringReader(text)), new PrintWriter(shown)).ask();
  }
}
