package dev.freshet.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a few members of a JSON object, at any depth, in one streaming pass. Builds no tree of the
 * event, and skips all other members.
 *
 * <p>Of a member that appears twice, the last counts, with all that is inside. A member whose path
 * meets something else than an object, such as {@code card.id} in {@code {"card":"x"}}, is of the
 * wrong type; where the path meets null, it is absent.
 */
final class Members {

  /** Limits nothing but the size of an event: other members may be deep and long. */
  private static final StreamReadConstraints UNLIMITED =
      StreamReadConstraints.builder()
          .maxNestingDepth(EventParser.MOST_BYTES)
          .maxNumberLength(EventParser.MOST_BYTES)
          .maxNameLength(EventParser.MOST_BYTES)
          .build();

  /** Switches off Jackson's guess at other encodings: events are UTF-8. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(UNLIMITED)
          .build();

  private final Map<String, Integer> indexes = new LinkedHashMap<>();
  private final Node root = new Node();

  /** A name on the way to wanted members. */
  static final class Node {
    private static final int NOT_WANTED = -1;

    final List<Integer> inside = new ArrayList<>();
    int index = NOT_WANTED;
    boolean wrapper;
    private final Map<String, Node> children = new HashMap<>();
    private final PlainNames names = new PlainNames();

    private Node child(String name) {
      return children.computeIfAbsent(name, unseen -> named(name, new Node()));
    }

    private Node named(String name, Node child) {
      names.put(name, child);
      return child;
    }

    PlainNames names() {
      return names;
    }

    boolean hasInside() {
      return !inside.isEmpty();
    }
  }

  /** Adds a wanted member; the same path is one member. */
  Member member(String path) {
    return new Member(path, indexes.computeIfAbsent(path, this::add));
  }

  private int add(String path) {
    int index = indexes.size();
    Node node = root;
    for (String name : path.split("\\.")) {
      node.inside.add(index);
      node = node.child(name);
    }
    node.index = index;
    return index;
  }

  /**
   * Reads the members of an object with this name as if they stood in the event; called after all
   * members are added.
   */
  void unwrap(String name) {
    Node inner = new Node();
    root.children.forEach((child, node) -> inner.children.put(child, inner.named(child, node)));
    inner.inside.addAll(root.inside);
    inner.wrapper = true;
    root.children.computeIfAbsent(name, unseen -> root.named(name, inner));
  }

  /**
   * Reads the wanted members. Skips a byte order mark at the start.
   *
   * @return null if the record is a JSON document but not an object
   * @throws IOException if the record is not a JSON document; the message says why
   */
  MemberValues read(byte[] data, int offset, int length) throws IOException {
    if (!Utf8.isValid(data, offset, length)) {
      throw new IOException(RecordEncoding.describe(data, offset, length));
    }
    int mark = RecordEncoding.markLength(data, offset, length);
    try {
      return parse(data, offset + mark, length - mark);
    } catch (JsonProcessingException e) {
      throw new IOException(JsonErrors.of(e, data, offset + mark, length - mark), e);
    }
  }

  private MemberValues parse(byte[] data, int offset, int length) throws IOException {
    MemberValues values = new MemberValues(indexes.size());
    return readPlain(data, offset, length, values) ? values : parseAny(data, offset, length);
  }

  /** Returns whether a document is a plain object, and its wanted members are read. */
  boolean readPlain(byte[] data, int offset, int length, MemberValues into) {
    return PlainObject.read(data, offset, length, root, into);
  }

  /** Parses any JSON document; most events need no more than {@link PlainObject}. */
  MemberValues parseAny(byte[] data, int offset, int length) throws IOException {
    try (JsonParser parser = JSON.createParser(data, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        finish(parser);
        return null;
      }
      MemberValues values = new MemberValues(indexes.size());
      readObject(parser, root, values);
      finish(parser);
      return values;
    }
  }

  /** Recurses no deeper than the longest path. */
  private static void readObject(JsonParser parser, Node node, MemberValues values)
      throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      Node child = node.children.get(name);
      if (child != null) {
        readMember(parser, token, child, values);
      }
      parser.skipChildren();
    }
  }

  private static void readMember(JsonParser parser, JsonToken token, Node node, MemberValues values)
      throws IOException {
    if (node.index >= 0) {
      values.set(node.index, token, parser);
    }
    if (node.inside.isEmpty()) {
      return;
    }
    if (token == JsonToken.START_OBJECT) {
      values.clear(node.inside);
      readObject(parser, node, values);
    } else if (!node.wrapper) {
      values.clear(node.inside);
      if (token != JsonToken.VALUE_NULL) {
        values.misplace(node.inside, MemberValues.shown(token, parser.getText()));
      }
    }
  }

  /** Reads to the end; a document followed by anything is not JSON. */
  private static void finish(JsonParser parser) throws IOException {
    if (parser.currentToken() == null) {
      throw new IOException("the record is empty");
    }
    parser.skipChildren();
    if (parser.nextToken() != null) {
      throw new IOException("something follows the JSON document");
    }
  }
}
