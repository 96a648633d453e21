package dev.freshet.definition;

import dev.freshet.aggregation.Aggregation.Takes;
import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.DeclaredFeatures.DerivedFeature;
import dev.freshet.definition.FeatureGroupBuilder.Declared;
import dev.freshet.events.EventsKind;
import dev.freshet.fold.StateKind;
import dev.freshet.history.HistoryKind;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a feature group of a checked declaration: its columns, its kinds of state, its features.
 */
final class GroupCompiler {

  private final FeatureGroupBuilder group;
  private final List<EventType> eventTypes;
  private final Columns columns;

  GroupCompiler(FeatureGroupBuilder group) {
    this.group = group;
    this.eventTypes = group.eventTypes();
    this.columns = columns();
  }

  FeatureGroup compile() {
    EventsKind.Builder events = new EventsKind.Builder(columns);
    HistoryKind.Builder history = new HistoryKind.Builder(columns);
    Map<Lifecycle, LifecycleCompiler> lifecycles = new LinkedHashMap<>();
    group.lifecycles().forEach(each -> lifecycles.put(each, new LifecycleCompiler(each, columns)));
    for (Declared each : group.declared) {
      if (each.window() instanceof HistoryWindow window) {
        OfEvents feature = each.events();
        history.add(
            window.span(), indexOfFilter(feature), group.inputOf(feature), feature.aggregation());
      } else if (each.events() != null) {
        add(each.window(), each.events(), events);
      } else if (each.entered() != null) {
        Stage stage = each.entered().stage();
        lifecycles.get(stage.lifecycle()).add((TimeWindow) each.window(), stage);
      } else if (each.status() != null) {
        Lifecycle lifecycle = each.status().status().since().lifecycle();
        lifecycles.get(lifecycle).add((LookBack) each.window(), each.status());
      }
    }
    int most = group.mostEvents == 0 ? FeatureGroupBuilder.USUAL_MOST_EVENTS : group.mostEvents;
    List<StateKind> kinds = new ArrayList<>();
    if (!events.isEmpty()) {
      kinds.add(events.build(readTypes(), required(), most));
    }
    if (!history.isEmpty()) {
      kinds.add(history.build(readTypes(), required(), group.lateness, most));
    }
    lifecycles.values().forEach(each -> kinds.add(each.compile(eventTypes, most)));
    return new FeatureGroup(
        group.name,
        group.description,
        group.entity,
        eventTypes,
        columns,
        kinds,
        group.mostEvents > 0,
        group.lateness,
        new DeclaredFeatures(
            group.declared.stream().map(Declared::feature).toList(),
            places(kinds, events.isEmpty() ? 0 : 1),
            derived()));
  }

  private void add(Window window, OfEvents feature, EventsKind.Builder events) {
    int filterIndex = indexOfFilter(feature);
    if (window instanceof TimeWindow time) {
      events.add(
          0,
          time.lengthMillis(),
          time.delayMillis(),
          filterIndex,
          group.inputOf(feature),
          feature.aggregation());
      return;
    }
    LastEvents last = (LastEvents) window;
    events.add(
        last.size(),
        last.within() == null ? StateKind.FOREVER : last.within().lengthMillis(),
        0,
        filterIndex,
        inputOfLast(feature),
        feature.aggregation());
  }

  private int indexOfFilter(OfEvents feature) {
    Filter filter = group.filterOf(feature);
    return filter == null ? -1 : columns.filters().indexOf(filter);
  }

  /** Last events are those with a value, if the group has one: count() counts them. */
  private Input inputOfLast(OfEvents feature) {
    Input input = group.inputOf(feature);
    return input == null && feature.aggregation().takes() == Takes.EVENTS ? group.value : input;
  }

  private Columns columns() {
    Set<Input> inputs = new LinkedHashSet<>();
    Set<Filter> filters = new LinkedHashSet<>();
    for (Lifecycle each : group.lifecycles()) {
      inputs.add(Input.text(each.item()));
    }
    if (group.value != null) {
      inputs.add(group.value);
    }
    for (Declared each : group.declared) {
      if (each.events() != null) {
        Input input = group.inputOf(each.events());
        Filter filter = group.filterOf(each.events());
        if (input != null) {
          inputs.add(input);
        }
        if (filter != null) {
          filters.add(filter);
        }
      } else if (each.status() instanceof Status.Sum sum) {
        inputs.add(sum.number());
      }
    }
    return new Columns(
        inputs.stream().filter(each -> !each.isText()).toList(),
        inputs.stream().filter(Input::isText).toList(),
        List.copyOf(filters));
  }

  private BitSet readTypes() {
    BitSet types = new BitSet();
    types.set(0, group.read.size());
    return types;
  }

  private int required() {
    return group.value != null && group.value.isRequired()
        ? columns.place(columns.numbers().indexOf(group.value))
        : -1;
  }

  /**
   * Returns for each declared feature its index among the features of all kinds.
   *
   * @param history the index of the kind for history
   */
  private int[] places(List<StateKind> kinds, int history) {
    int[] next = new int[kinds.size() + 1];
    for (int i = 0; i < kinds.size(); i++) {
      next[i + 1] = next[i] + kinds.get(i).width();
    }
    int firstLifecycle = kinds.size() - group.lifecycles().size();
    int[] places = new int[group.declared.size()];
    for (int i = 0; i < places.length; i++) {
      Declared each = group.declared.get(i);
      if (each.derived() != null) {
        places[i] = -1;
      } else if (each.events() != null) {
        places[i] = next[each.window() instanceof HistoryWindow ? history : 0]++;
      } else {
        places[i] = next[firstLifecycle + group.lifecycles().indexOf(lifecycleOf(each))]++;
      }
    }
    return places;
  }

  private static Lifecycle lifecycleOf(Declared feature) {
    return feature.entered() != null
        ? feature.entered().stage().lifecycle()
        : feature.status().status().since().lifecycle();
  }

  private List<DerivedFeature> derived() {
    List<String> names = group.declared.stream().map(each -> each.feature().name()).toList();
    List<DerivedFeature> derived = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Derived each = group.declared.get(i).derived();
      if (each != null) {
        derived.add(
            new DerivedFeature(i, each.of().stream().mapToInt(names::indexOf).toArray(), each));
      }
    }
    return derived;
  }
}
