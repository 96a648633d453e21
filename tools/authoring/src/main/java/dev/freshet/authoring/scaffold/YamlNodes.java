package dev.freshet.authoring.scaffold;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Access to a parsed YAML file by keys, whatever its layout. */
final class YamlNodes {

  private YamlNodes() {}

  /** Parses a file. Tags such as CloudFormation's {@code !Ref} are kept and not interpreted. */
  static Node parse(String text) {
    return new Yaml().compose(new StringReader(text));
  }

  /** The entries of a mapping, in the order of the file; none of any other node. */
  static List<NodeTuple> entries(Node node) {
    return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
  }

  /** The value at the end of a path of keys. */
  static Optional<Node> value(Node node, String... path) {
    Optional<Node> found = Optional.of(node);
    for (String key : path) {
      found = found.flatMap(each -> entry(each, key)).map(NodeTuple::getValueNode);
    }
    return found;
  }

  /** The entry of a mapping with a key. */
  static Optional<NodeTuple> entry(Node node, String key) {
    return entries(node).stream().filter(each -> key(each).equals(key)).findFirst();
  }

  /** The key of an entry. */
  static String key(NodeTuple entry) {
    return text(entry.getKeyNode());
  }

  /** The text of a scalar; empty for any other node. */
  static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
