package dev.freshet.state.dynamodb;

/** The names of the items in the table of entities with history, and of their attributes. */
public final class HistoryTable {

  /** The key: of an entity its group and its id, see {@link #id}. */
  public static final String ID = "id";

  /** The version of the step whose state is stored, a number. */
  public static final String VERSION = "version";

  /** The state, as the state store writes it; absent if the entity was forgotten. */
  public static final String SNAPSHOT = "snapshot";

  /** The features of the state: a result record as text. */
  public static final String RESULT = "result";

  /** The next instant at which a feature changes with no new event, epoch milliseconds. */
  public static final String VALID_UNTIL = "valid_until";

  /** The instant from which on no feature needs the item, epoch seconds; DynamoDB removes it. */
  public static final String EXPIRES_AT = "expires_at";

  /** The declarations of a group, a set of binary values. */
  static final String ENTRIES = "entries";

  private HistoryTable() {}

  /** Returns the id of an entity's item. */
  public static String id(String group, String entity) {
    return group + "|" + entity;
  }

  /** Returns the id of the item that holds the declarations of a group. */
  static String declarations(String group) {
    return "@declarations|" + group + "|";
  }
}
