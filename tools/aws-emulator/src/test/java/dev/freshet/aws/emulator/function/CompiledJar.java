package dev.freshet.aws.emulator.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles source into a jar, as a build does with the functions. */
final class CompiledJar {

  private CompiledJar() {}

  /**
   * Compiles one class and packs it together with Joda time, which the runtime expects to find.
   *
   * @param name fully qualified
   */
  static Path of(Path folder, String name, String source) throws IOException {
    Path file = folder.resolve("source").resolve(name.replace('.', '/') + ".java");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    String path = System.getProperty("java.class.path");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", path, "-d", classes.toString(), file.toString());
    assertThat(status).isZero();
    return pack(classes, folder.resolve("functions.jar"));
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(bytes);
        JarFile joda = jarOf("org.joda.time.DateTime");
        Stream<Path> files = Files.walk(classes)) {
      for (JarEntry entry : joda.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        out.putNextEntry(new JarEntry(entry.getName()));
        joda.getInputStream(entry).transferTo(out);
      }
      List<Path> regular = files.filter(Files::isRegularFile).toList();
      for (Path file : regular) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  private static JarFile jarOf(String type) throws IOException {
    try {
      Class<?> loaded = Class.forName(type);
      return new JarFile(loaded.getProtectionDomain().getCodeSource().getLocation().getPath());
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }
}
