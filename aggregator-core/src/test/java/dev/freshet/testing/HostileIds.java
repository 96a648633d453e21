package dev.freshet.testing;

import java.util.List;

/** Valid ids that look like something else: parts of keys, patterns, protocol, tags. */
public final class HostileIds {

  public static final List<String> ALL =
      List.of(
          "7",
          "07",
          "7 ",
          " 7",
          "}",
          "{",
          "{x}",
          "{}",
          "}{",
          "{tag}",
          "{tag}a",
          "a{tag}",
          "a",
          "a:items",
          "a:queue",
          "a:last",
          "a:version",
          "a:",
          ":",
          "::",
          " ",
          "\n",
          "a\n",
          "\r\n",
          "a\r\nDEL x\r\n",
          "\0",
          "a\0",
          "a\0b",
          "*",
          "?",
          "[a]",
          "due",
          "features:place:a",
          "place:a",
          "state:{place_items/1}:a",
          "@version",
          "x".repeat(256),
          "x".repeat(255),
          "日本",
          "😀",
          "😀".repeat(256),
          "\uE000",
          "\uFFFD",
          "\u0085",
          "é",
          "e\u0301",
          "a:items:items",
          "$1",
          "%s",
          "' OR 1=1 --",
          "\"",
          "\\",
          "\\u0000",
          "null",
          "true");

  private HostileIds() {}
}
