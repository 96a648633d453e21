package dev.freshet.authoring.scaffold;

import dev.freshet.definition.EventType;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code serverless.yml} as text: what is added leaves every other character as it is. */
final class ServerlessText {

  private static final Pattern READ =
      Pattern.compile(
          "^    - &([a-z0-9-]+) \\{.*event-streams\\.js\\):arns\\.\\1\\}.*\n", Pattern.MULTILINE);
  private static final Pattern ANCHOR = Pattern.compile("^    - &([a-z0-9-]+) ", Pattern.MULTILINE);

  private final String text;

  ServerlessText(String text) {
    this.text = text;
  }

  boolean hasFunction(String name) {
    return function(name).find();
  }

  /** Whether functions can name a stream in their events. */
  boolean hasStream(String name) {
    return ANCHOR.matcher(text).results().anyMatch(each -> each.group(1).equals(name));
  }

  /** With a stream of business events that functions can read, which is thereby created. */
  ServerlessText withStream(String name) {
    int end =
        READ.matcher(text)
            .results()
            .mapToInt(MatchResult::end)
            .max()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "serverless.yml has no streams of events under 'reads'"));
    String line =
        "    - &%s { stream: { <<: *mapping, arn: '${file(deployment/event-streams.js):arns.%s}' } }\n"
            .formatted(name, name);
    return insert(end, line);
  }

  /** With the function of a feature group, behind that of another. */
  ServerlessText withFunction(Blueprint blueprint, String behind) {
    Matcher last = function(behind);
    if (!last.find()) {
      throw new IllegalStateException("serverless.yml has no function " + behind);
    }
    return insert(last.end(), entry(blueprint));
  }

  private static String entry(Blueprint blueprint) {
    List<EventType> types = blueprint.group().eventTypes();
    return """
          %s:
            handler: %s.%s
        %s    events: [%s]
        """
        .formatted(
            blueprint.functionName(),
            HandlerSource.PACKAGE,
            blueprint.className(),
            blueprint.hasTimeWindows() ? "    may: *windowed\n" : "",
            types.stream().map(each -> "*" + each.stream()).collect(Collectors.joining(", ")));
  }

  /** A function's entry: its key and all lines that are indented more. */
  private Matcher function(String name) {
    return Pattern.compile("^  " + Pattern.quote(name) + ":\n(?:    .*\n)*", Pattern.MULTILINE)
        .matcher(text);
  }

  private ServerlessText insert(int index, String added) {
    return new ServerlessText(text.substring(0, index) + added + text.substring(index));
  }

  @Override
  public String toString() {
    return text;
  }
}
