package dev.freshet.aws.emulator.template;

/** Numbers of a template, which may stand there as text. */
final class Numbers {

  private Numbers() {}

  static int integer(String property, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new TemplateException("%s must be an integer: %s".formatted(property, value), e);
    }
  }
}
