package dev.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testing.TestGroups;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

  private static final FeatureGroup GROUP = TestGroups.demand();
  private static final FeatureGroup OF_LAST_EVENTS = TestGroups.lastValues(3);

  @TempDir private Path folder;

  /** A catalogue of two groups, of which time moves one. */
  public static class First implements Catalogue {

    @Override
    public String name() {
      return "first";
    }

    @Override
    public List<FeatureGroup> groups() {
      return List.of(GROUP, OF_LAST_EVENTS);
    }
  }

  /** A second one on the same class path. */
  public static final class Second extends First {

    @Override
    public String name() {
      return "second";
    }
  }

  @Test
  void theOnlyOneOnTheClassPathIsLoaded() throws IOException {
    Catalogue loaded = load(First.class);

    assertThat(loaded.groups()).containsExactly(GROUP, OF_LAST_EVENTS);
    assertThat(loaded.groupsMovedByTime()).containsExactly(GROUP);
    assertThat(loaded.eventTypes())
        .containsExactly(GROUP.eventTypes().get(0), OF_LAST_EVENTS.eventTypes().get(0));
  }

  @Test
  void noneIsAnError() {
    assertThatThrownBy(Catalogue::load)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found 0; a jar names its catalogue in META-INF/services/");
  }

  @Test
  void severalAreAnErrorThatNamesThem() {
    assertThatThrownBy(() -> load(First.class, Second.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found 2 [first, second]");
  }

  @Test
  void anUnknownGroupIsAnErrorThatSaysWhereToAddIt() throws IOException {
    Catalogue loaded = load(First.class);

    assertThat(loaded.group(GROUP.name())).isSameAs(GROUP);
    assertThatThrownBy(() -> loaded.group("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the catalogue first has no feature group nothing: add it to %s",
            First.class.getName());
  }

  private Catalogue load(Class<?>... provided) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(
        services.resolve(Catalogue.class.getName()),
        List.of(provided).stream().map(Class::getName).toList());
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, Catalogue.class.getClassLoader())) {
      return Catalogue.load(loader);
    }
  }
}
