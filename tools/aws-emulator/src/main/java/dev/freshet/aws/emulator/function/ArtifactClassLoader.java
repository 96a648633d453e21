package dev.freshet.aws.emulator.function;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Loads classes from a deployed jar and from nowhere else, as the managed runtime does.
 *
 * <p>Only the JDK and the runtime's own interfaces come from outside: what the jar forgot to bring
 * is missing here too, even if the local platform happens to have it.
 */
final class ArtifactClassLoader extends URLClassLoader {

  private static final String RUNTIME_PACKAGE = "com.amazonaws.services.lambda.runtime.";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader runtime;

  ArtifactClassLoader(Path artifact) throws IOException {
    super(
        "artifact " + artifact.getFileName(),
        new URL[] {existing(artifact).toUri().toURL()},
        ClassLoader.getPlatformClassLoader());
    this.runtime = ArtifactClassLoader.class.getClassLoader();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.startsWith(RUNTIME_PACKAGE)
        ? runtime.loadClass(name)
        : super.loadClass(name, resolve);
  }

  private static Path existing(Path artifact) throws IOException {
    if (!Files.isRegularFile(artifact)) {
      throw new NoSuchFileException(
          artifact.toString(), null, "the functions' jar is missing; build it first");
    }
    return artifact;
  }
}
