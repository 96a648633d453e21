package dev.freshet.local.runtime;

import java.util.List;

/**
 * How a function's process differs from what the managed runtime does by itself.
 *
 * @param prefix a command that runs the command that follows it
 * @param jvmOptions options behind the runtime's own, which they go before
 * @param isTaskOnClassPath whether the system class loader finds the function's classes; archives
 *     of classes hold none of other loaders
 */
public record Launch(List<String> prefix, List<String> jvmOptions, boolean isTaskOnClassPath) {

  /** As it is. */
  public static final Launch MANAGED = new Launch(List.of(), List.of(), false);

  public Launch {
    prefix = List.copyOf(prefix);
    jvmOptions = List.copyOf(jvmOptions);
  }
}
