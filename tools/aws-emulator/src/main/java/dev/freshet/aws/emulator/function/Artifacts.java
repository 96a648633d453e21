package dev.freshet.aws.emulator.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The class loaders of the deployed jars: one a jar, shared by the functions that name it. */
public final class Artifacts implements AutoCloseable {

  private final Map<Path, ArtifactClassLoader> loaders = new HashMap<>();

  /**
   * The loader of a jar.
   *
   * @throws UncheckedIOException if there is no such jar
   */
  public synchronized ClassLoader loaderOf(Path artifact) {
    return loaders.computeIfAbsent(artifact.toAbsolutePath().normalize(), Artifacts::open);
  }

  @Override
  public synchronized void close() throws IOException {
    for (ArtifactClassLoader loader : loaders.values()) {
      loader.close();
    }
    loaders.clear();
  }

  private static ArtifactClassLoader open(Path artifact) {
    try {
      return new ArtifactClassLoader(artifact);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
