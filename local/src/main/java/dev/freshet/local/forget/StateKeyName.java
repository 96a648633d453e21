package dev.freshet.local.forget;

import java.util.regex.Pattern;

/**
 * The parts of a key of the state store: {@code state:{<group>/<partition>}:<entity>:<part>}, or
 * without an entity what a partition has. Where the state has generations, the name of one stands
 * in front of the entity. An entity's id may have any characters, a colon too.
 */
record StateKeyName(String entity, boolean isOfPartition, String part) {

  private static final Pattern GENERATION = Pattern.compile("^[0-9a-z]+-[0-9]+:");

  static StateKeyName of(String key, boolean hasGenerations) {
    String named = key.substring(key.indexOf("}:") + 2);
    String rest = hasGenerations ? GENERATION.matcher(named).replaceFirst("") : named;
    int colon = rest.lastIndexOf(':');
    return new StateKeyName(
        rest.substring(0, Math.max(0, colon)), colon < 0, rest.substring(colon + 1));
  }
}
