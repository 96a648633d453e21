package dev.freshet.aws.emulator.template;

/** The packaged deployment cannot be read; the message is one line that says why and what to do. */
public final class TemplateException extends RuntimeException {

  TemplateException(String message) {
    super(message);
  }

  TemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
