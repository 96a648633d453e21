package dev.freshet.aws.emulator.template;

/** Reports a packaged deployment that cannot be read; the message says why and what to do. */
public final class TemplateException extends RuntimeException {

  TemplateException(String message) {
    super(message);
  }

  TemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
