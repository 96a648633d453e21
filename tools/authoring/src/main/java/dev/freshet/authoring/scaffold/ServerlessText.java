package dev.freshet.authoring.scaffold;

import dev.freshet.definition.EventType;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** {@code serverless.yml} as text: what is added leaves every other character as it is. */
final class ServerlessText {

  private static final String EVENT_STREAMS = "custom/event-streams/arns";
  private static final String OUTPUT_STREAMS = "custom/output-streams";
  private static final String FUNCTIONS = "functions";

  private final String text;
  private final Node file;

  ServerlessText(String text) {
    this.text = text.endsWith("\n") ? text : text + "\n";
    this.file = new Yaml().compose(new StringReader(text));
  }

  boolean hasFunction(String name) {
    return value(file, FUNCTIONS + "/" + name).isPresent();
  }

  /** With the function of a group, behind those of others, and the streams that are new. */
  ServerlessText with(Blueprint blueprint) {
    ServerlessText result = this;
    for (EventType type : blueprint.group().eventTypes()) {
      result = result.withStream(type.stream());
    }
    return result.withFunction(blueprint);
  }

  /** With a stream of business events that functions can read, which is thereby created. */
  private ServerlessText withStream(String name) {
    if (value(file, EVENT_STREAMS + "/" + name).isPresent()
        || value(file, OUTPUT_STREAMS + "/" + name).isPresent()) {
      return this;
    }
    List<NodeTuple> streams = lines(EVENT_STREAMS);
    return insert(
        streams.get(streams.size() - 1), "%s: ${param:%s-arn, null}\n".formatted(name, name));
  }

  private ServerlessText withFunction(Blueprint blueprint) {
    List<NodeTuple> functions = lines(FUNCTIONS);
    NodeTuple last =
        functions.stream()
            .filter(ServerlessText::isOfFeatureGroup)
            .reduce((before, behind) -> behind)
            .orElseGet(() -> functions.get(functions.size() - 1));
    return insert(
        last,
        """
        %s:
          handler: %s.%s
          reads: [%s]
        %s\
        """
            .formatted(
                blueprint.functionName(),
                GeneratedHandler.PACKAGE,
                blueprint.className(),
                blueprint.group().eventTypes().stream()
                    .map(EventType::stream)
                    .collect(Collectors.joining(", ")),
                blueprint.group().movesWithTime() ? "  time-windows: true\n" : ""));
  }

  private static boolean isOfFeatureGroup(NodeTuple function) {
    return value(function.getValueNode(), "handler")
        .filter(handler -> text(handler).startsWith(GeneratedHandler.PACKAGE + "."))
        .isPresent();
  }

  /** The entries of a mapping to which lines can be added. */
  private List<NodeTuple> lines(String path) {
    return value(file, path)
        .filter(ServerlessText::isBlock)
        .map(ServerlessText::entries)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "serverless.yml needs entries, one a line, under " + path.replace('/', '.')));
  }

  /** Inserts lines behind an entry, indented like it. */
  private ServerlessText insert(NodeTuple behind, String lines) {
    int indentation = behind.getKeyNode().getStartMark().getColumn();
    int index = 0;
    for (int line = lastLine(behind.getValueNode()); line >= 0; line--) {
      index = text.indexOf('\n', index) + 1;
    }
    return new ServerlessText(
        text.substring(0, index) + lines.indent(indentation) + text.substring(index));
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

  /** The value at the end of a path of keys. */
  private static Optional<Node> value(Node node, String path) {
    Optional<Node> found = Optional.of(node);
    for (String key : path.split("/", -1)) {
      found =
          found.flatMap(
              each ->
                  entries(each).stream()
                      .filter(entry -> text(entry.getKeyNode()).equals(key))
                      .map(NodeTuple::getValueNode)
                      .findFirst());
    }
    return found;
  }

  private static List<NodeTuple> entries(Node node) {
    return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  @Override
  public String toString() {
    return text;
  }
}
