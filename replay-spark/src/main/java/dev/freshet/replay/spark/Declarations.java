package dev.freshet.replay.spark;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import dev.freshet.replay.FeatureColumns;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Feature groups on their way to the executors: the names of the classes that declare them.
 *
 * @param handlers in the order of the groups' names, in which {@code freshet replay} has them
 */
record Declarations(List<String> handlers) implements Serializable {

  private static final String SUFFIX = ".class";

  /** The handlers that stand beside {@link AggregatorHandler}, in the same jar or folder. */
  static Declarations ofThisArtifact() throws IOException {
    try {
      URI source =
          AggregatorHandler.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path artifact = Path.of(source);
      if (Files.isDirectory(artifact)) {
        return in(artifact);
      }
      try (FileSystem jar = FileSystems.newFileSystem(artifact)) {
        return in(jar.getPath("/"));
      }
    } catch (URISyntaxException e) {
      throw new IOException("cannot find the declarations", e);
    }
  }

  private static Declarations in(Path root) throws IOException {
    String name = AggregatorHandler.class.getPackageName();
    try (Stream<Path> files = Files.list(root.resolve(name.replace('.', '/')))) {
      return new Declarations(
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(SUFFIX))
              .map(file -> name + "." + file.substring(0, file.length() - SUFFIX.length()))
              .filter(Declarations::isHandler)
              .sorted(Comparator.comparing(handler -> group(handler).name()))
              .toList());
    }
  }

  private static boolean isHandler(String className) {
    try {
      Class<?> found = Class.forName(className, false, AggregatorHandler.class.getClassLoader());
      return AggregatorHandler.class.isAssignableFrom(found)
          && !Modifier.isAbstract(found.getModifiers());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FeatureGroup group(String handler) {
    try {
      return Class.forName(handler)
          .asSubclass(AggregatorHandler.class)
          .getConstructor()
          .newInstance()
          .features();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no handler of a feature group: " + handler, e);
    }
  }

  List<FeatureGroup> groups() {
    return handlers.stream().map(Declarations::group).toList();
  }

  FeatureColumns columns() {
    return new FeatureColumns(groups());
  }

  /** Those that declare one of some groups. */
  Declarations of(List<FeatureGroup> chosen) {
    List<String> names = chosen.stream().map(FeatureGroup::name).toList();
    return new Declarations(
        handlers.stream().filter(handler -> names.contains(group(handler).name())).toList());
  }
}
