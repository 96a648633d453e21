package dev.freshet.aws.emulator.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The class loaders of the deployed jars: one for each jar, shared by its functions. */
public final class Artifacts implements AutoCloseable {

  private final Map<Path, URLClassLoader> loaders = new HashMap<>();

  /**
   * Returns the class loader of a jar.
   *
   * @throws UncheckedIOException if there is no such jar
   */
  public synchronized ClassLoader loaderOf(Path artifact) {
    return loaders.computeIfAbsent(artifact.toAbsolutePath().normalize(), Artifacts::open);
  }

  @Override
  public synchronized void close() throws IOException {
    for (URLClassLoader loader : loaders.values()) {
      loader.close();
    }
    loaders.clear();
  }

  private static URLClassLoader open(Path artifact) {
    try {
      if (!Files.isRegularFile(artifact)) {
        throw new NoSuchFileException(
            artifact.toString(), null, "the functions' jar is missing; build it first");
      }
      return new ArtifactClassLoader(artifact);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Loads classes from one jar only, as the managed runtime does. The JDK and the runtime's own
   * interfaces come from outside. A class that the jar lacks is missing here too, even if the
   * platform has it.
   */
  private static final class ArtifactClassLoader extends URLClassLoader {

    private static final String RUNTIME_PACKAGE = "com.amazonaws.services.lambda.runtime.";

    static {
      registerAsParallelCapable();
    }

    private final ClassLoader runtime = Artifacts.class.getClassLoader();

    ArtifactClassLoader(Path artifact) throws IOException {
      super(
          "artifact " + artifact.getFileName(),
          new URL[] {artifact.toUri().toURL()},
          ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.startsWith(RUNTIME_PACKAGE)
          ? runtime.loadClass(name)
          : super.loadClass(name, resolve);
    }
  }
}
