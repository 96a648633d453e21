package dev.freshet.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The main classes of this project, each with the module that it comes from. */
final class Modules {

  /** A folder of classes in the build, or a jar that the build has packaged. */
  private static final Pattern MODULE =
      Pattern.compile(".*/([a-z-]+)(?:/target/classes/|-[0-9][^/]*\\.jar!/).*");

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.freshet");

  private Modules() {}

  static String of(JavaClass type) {
    String place = type.getSource().orElseThrow().getUri().toString();
    Matcher found = MODULE.matcher(place);
    if (!found.matches()) {
      throw new IllegalStateException("no module is known of " + place);
    }
    return found.group(1);
  }

  static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("dev.freshet") && type.getSource().isPresent();
  }

  static Set<String> modules() {
    Set<String> modules = new TreeSet<>();
    CLASSES.forEach(type -> modules.add(of(type)));
    return modules;
  }

  /** Returns for each package the modules that have classes in it. */
  static Map<String, Set<String>> byPackage() {
    Map<String, Set<String>> modules = new TreeMap<>();
    CLASSES.forEach(
        type ->
            modules.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>()).add(of(type)));
    return modules;
  }
}
