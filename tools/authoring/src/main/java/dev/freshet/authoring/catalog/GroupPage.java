package dev.freshet.authoring.catalog;

import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The content of the page of one feature group. */
final class GroupPage {

  private GroupPage() {}

  static String of(GroupFacts facts) {
    return """
        <h1>%s</h1>
        <p class="lead">%s</p>
        <dl>
        <dt>Of each</dt><dd>%s, by %s</dd>
        <dt>Made of</dt><dd>%s</dd>
        %s<dt>Redis key</dt><dd>%s</dd>
        </dl>
        <h2>Features</h2>
        <table>
        <thead><tr><th>Feature</th><th>Window</th><th>Formula</th></tr></thead>
        <tbody>
        %s</tbody>
        </table>
        <p class="note">A feature without a value is absent: its field does not exist. t is the instant at which the value is right; a window (t − 5m, t] leaves out its start and holds its end.</p>
        <h2>Fields of the hash</h2>
        <p class="fields">%s</p>
        <h2>Read it</h2>
        %s"""
        .formatted(
            Html.name(facts.name()),
            Html.text(facts.meaning()),
            Html.text(facts.group().dimension().name()),
            Html.code(facts.group().dimension().member()),
            facts.group().eventTypes().stream()
                .map(GroupPage::input)
                .collect(Collectors.joining("<br>")),
            facts.value().isEmpty()
                ? ""
                : "<dt>x</dt><dd>%s</dd>\n".formatted(Html.text(facts.value())),
            Html.code(facts.key()),
            facts.group().features().stream().map(GroupPage::row).collect(Collectors.joining()),
            fields(facts),
            examples(facts));
  }

  private static String input(EventType type) {
    return "%s <span class=\"from\">from %s</span>"
        .formatted(Html.code(type.name()), Html.code(type.stream()));
  }

  private static String row(Feature feature) {
    return "<tr><td>%s</td><td class=\"window\">%s</td><td>%s</td></tr>\n"
        .formatted(
            Html.code(feature.name()), Html.text(feature.window()), Html.text(feature.formula()));
  }

  private static String fields(GroupFacts facts) {
    return Stream.concat(
            facts.group().features().stream().map(facts::field), facts.bookkeeping().stream())
        .map(Html::code)
        .collect(Collectors.joining(" "));
  }

  private static String examples(GroupFacts facts) {
    return example("Shell", facts.freshetCommand())
        + example("Redis", facts.redisCommand())
        + example("Python", facts.python());
  }

  private static String example(String language, String code) {
    return "<h3>%s</h3>\n<pre><code>%s</code></pre>\n".formatted(language, Html.text(code));
  }
}
