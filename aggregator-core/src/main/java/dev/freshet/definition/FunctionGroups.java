package dev.freshet.definition;

import dev.freshet.format.EventFormat;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The feature groups that one function computes. Several describe the same kind of entity and read
 * events of one format, so that each event is read once for all of them.
 *
 * @param all the groups; the order has no meaning
 */
public record FunctionGroups(List<FeatureGroup> all) {

  public FunctionGroups {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("a function needs at least one feature group");
    }
    FeatureGroup first = all.get(0);
    Set<String> names = new HashSet<>();
    for (FeatureGroup each : all) {
      if (!names.add(each.name())) {
        throw new IllegalArgumentException("feature group " + each + " is there twice");
      }
      requireSame(first, each);
    }
    if (all.size() > 1) {
      requireOneFormat(all);
    }
  }

  private static void requireSame(FeatureGroup first, FeatureGroup other) {
    if (!first.dimension().equals(other.dimension())) {
      throw new IllegalArgumentException(
          "feature groups of one function describe one kind of entity: %s is of %s, %s of %s; give them two functions"
              .formatted(first, shown(first.dimension()), other, shown(other.dimension())));
    }
  }

  private static String shown(Entity entity) {
    return entity.name() + " " + entity.members();
  }

  private static void requireOneFormat(List<FeatureGroup> groups) {
    FeatureGroup first = groups.get(0);
    EventType type = first.eventTypes().get(0);
    EventFormat format = type.format();
    for (FeatureGroup group : groups) {
      for (EventType each : group.eventTypes()) {
        if (!each.format().equals(format)) {
          throw new IllegalArgumentException(
              "feature groups of one function read one event format: %s of %s has another than %s of %s; give them two functions"
                  .formatted(each.name(), group, type.name(), first));
        }
      }
    }
  }

  /**
   * Returns the indexes of the groups that read a stream, as if each had a function of its own: the
   * groups with a type whose stream has this name, possibly with a prefix; all of them if no type
   * names it.
   */
  public BitSet reading(String stream) {
    BitSet reading = new BitSet(all.size());
    int longest =
        eventTypes().stream()
            .filter(type -> type.isCarriedBy(stream))
            .mapToInt(type -> type.stream().length())
            .max()
            .orElse(0);
    if (all.size() == 1 || longest == 0) {
      reading.set(0, all.size());
      return reading;
    }
    String name = stream.substring(stream.length() - longest);
    IntStream.range(0, all.size())
        .filter(i -> all.get(i).eventTypes().stream().anyMatch(t -> t.stream().equals(name)))
        .forEach(reading::set);
    return reading;
  }

  /** Returns the types of events that the groups read, without duplicates. */
  public List<EventType> eventTypes() {
    return all.stream().flatMap(group -> group.eventTypes().stream()).distinct().toList();
  }

  /** Returns the names of the groups, separated by commas. */
  @Override
  public String toString() {
    return all.stream().map(FeatureGroup::name).collect(Collectors.joining(","));
  }
}
