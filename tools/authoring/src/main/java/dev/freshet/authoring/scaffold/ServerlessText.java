package dev.freshet.authoring.scaffold;

import dev.freshet.definition.EventType;
import java.util.List;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** {@code serverless.yml} as text: what is added leaves every other character as it is. */
final class ServerlessText {

  private static final String[] EVENT_STREAMS = {"custom", "event-streams", "arns"};
  private static final String[] OUTPUT_STREAMS = {"custom", "output-streams"};
  private static final String[] FUNCTIONS = {"functions"};

  private final String text;
  private final Node file;

  ServerlessText(String text) {
    this.text = text.endsWith("\n") ? text : text + "\n";
    this.file = YamlNodes.parse(text);
  }

  boolean hasFunction(String name) {
    return has(name, FUNCTIONS);
  }

  /** Whether functions can read a stream of this name. */
  boolean hasStream(String name) {
    return has(name, EVENT_STREAMS) || has(name, OUTPUT_STREAMS);
  }

  /** With a stream of business events that functions can read, which is thereby created. */
  ServerlessText withStream(String name) {
    List<NodeTuple> streams = YamlNodes.entries(mapping(EVENT_STREAMS));
    return insert(
        streams.get(streams.size() - 1), "%s: ${param:%s-arn, null}\n".formatted(name, name));
  }

  /** With the function of a feature group, behind those of the others. */
  ServerlessText withFunction(Blueprint blueprint) {
    List<NodeTuple> functions = YamlNodes.entries(mapping(FUNCTIONS));
    NodeTuple last =
        functions.stream()
            .filter(ServerlessText::isOfFeatureGroup)
            .reduce((before, behind) -> behind)
            .orElseGet(() -> functions.get(functions.size() - 1));
    return insert(last, entry(blueprint));
  }

  private static boolean isOfFeatureGroup(NodeTuple function) {
    return YamlNodes.value(function.getValueNode(), "handler")
        .filter(handler -> YamlNodes.text(handler).startsWith(HandlerSource.PACKAGE + "."))
        .isPresent();
  }

  private static String entry(Blueprint blueprint) {
    List<EventType> types = blueprint.group().eventTypes();
    return """
        %s:
          handler: %s.%s
          reads: [%s]
        %s\
        """
        .formatted(
            blueprint.functionName(),
            HandlerSource.PACKAGE,
            blueprint.className(),
            types.stream().map(EventType::stream).collect(Collectors.joining(", ")),
            blueprint.hasTimeWindows() ? "  time-windows: true\n" : "");
  }

  private boolean has(String name, String... path) {
    return YamlNodes.value(file, path).flatMap(each -> YamlNodes.entry(each, name)).isPresent();
  }

  /** A mapping to which lines can be added. */
  private Node mapping(String... path) {
    return YamlNodes.value(file, path)
        .filter(ServerlessText::isBlock)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "serverless.yml needs entries, one a line, under " + String.join(".", path)));
  }

  /** Inserts lines behind an entry, indented like it. */
  private ServerlessText insert(NodeTuple behind, String lines) {
    int indentation = behind.getKeyNode().getStartMark().getColumn();
    int index = endOf(lastLine(behind.getValueNode()));
    return new ServerlessText(
        text.substring(0, index) + lines.indent(indentation) + text.substring(index));
  }

  private int endOf(int line) {
    int end = 0;
    for (int i = 0; i <= line; i++) {
      end = text.indexOf('\n', end) + 1;
    }
    return end;
  }

  /**
   * The last line of a value. A block ends with its last entry, before blank lines and comments.
   */
  private static int lastLine(Node node) {
    if (isBlock(node)) {
      List<?> values = ((CollectionNode<?>) node).getValue();
      Object last = values.get(values.size() - 1);
      return lastLine(last instanceof NodeTuple entry ? entry.getValueNode() : (Node) last);
    }
    Mark end = node.getEndMark();
    return end.getColumn() == 0 ? end.getLine() - 1 : end.getLine();
  }

  private static boolean isBlock(Node node) {
    return node instanceof CollectionNode<?> collection
        && collection.getFlowStyle() == FlowStyle.BLOCK
        && !collection.getValue().isEmpty();
  }

  @Override
  public String toString() {
    return text;
  }
}
