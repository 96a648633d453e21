package dev.freshet.authoring.catalog;

/** Text as it stands in HTML. */
final class Html {

  private Html() {}

  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A name that may be broken behind its underscores where it does not fit. */
  static String name(String name) {
    return text(name).replace("_", "_<wbr>").replace(":", ":<wbr>");
  }

  static String code(String text) {
    return "<code>" + name(text) + "</code>";
  }
}
