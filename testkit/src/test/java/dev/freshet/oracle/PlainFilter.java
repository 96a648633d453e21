package dev.freshet.oracle;

import dev.freshet.definition.EventType;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A filter in plain words. */
sealed interface PlainFilter {

  boolean passes(OracleEvent event);

  /** Returns the same through the public API. */
  Filter declared(Function<String, EventType> types);

  /** The member has a text, and it is one of some, or none of them. */
  record Text(String path, Set<String> texts, boolean isOneOf) implements PlainFilter {
    @Override
    public boolean passes(OracleEvent event) {
      return event.has(path) && texts.contains(event.text(path)) == isOneOf;
    }

    @Override
    public Filter declared(Function<String, EventType> types) {
      String first = texts.iterator().next();
      if (!isOneOf) {
        return Filter.isNot(path, first);
      }
      return texts.size() == 1
          ? Filter.is(path, first)
          : Filter.oneOf(path, texts.toArray(String[]::new));
    }
  }

  /** The member is true, or false. */
  record Flag(String path, boolean wanted) implements PlainFilter {
    @Override
    public boolean passes(OracleEvent event) {
      return event.has(path) && event.text(path).equals(String.valueOf(wanted));
    }

    @Override
    public Filter declared(Function<String, EventType> types) {
      return wanted ? Filter.isTrue(path) : Filter.isFalse(path);
    }
  }

  /** A number compares with a bound. */
  record Compare(PlainInput number, String sign, double bound) implements PlainFilter {
    @Override
    public boolean passes(OracleEvent event) {
      BigDecimal value = (BigDecimal) number.of(event);
      if (value == null) {
        return false;
      }
      int compared = value.compareTo(BigDecimal.valueOf(bound));
      return switch (sign) {
        case ">" -> compared > 0;
        case ">=" -> compared >= 0;
        case "<" -> compared < 0;
        case "<=" -> compared <= 0;
        default -> compared == 0;
      };
    }

    @Override
    public Filter declared(Function<String, EventType> types) {
      Input input = number.declared(types);
      return switch (sign) {
        case ">" -> Filter.above(input, bound);
        case ">=" -> Filter.atLeast(input, bound);
        case "<" -> Filter.below(input, bound);
        case "<=" -> Filter.atMost(input, bound);
        default -> Filter.equalTo(input, bound);
      };
    }
  }

  /** The event has a member, or has it not. */
  record Has(String path, boolean wanted) implements PlainFilter {
    @Override
    public boolean passes(OracleEvent event) {
      return event.has(path) == wanted;
    }

    @Override
    public Filter declared(Function<String, EventType> types) {
      return wanted ? Filter.present(path) : Filter.absent(path);
    }
  }

  /** The event is of one of some types. */
  record OfType(List<String> names) implements PlainFilter {
    @Override
    public boolean passes(OracleEvent event) {
      return names.contains(event.type());
    }

    @Override
    public Filter declared(Function<String, EventType> types) {
      return Filter.typeIs(names.stream().map(types).toArray(EventType[]::new));
    }
  }

  /** Another filter does not pass. */
  record Not(PlainFilter filter) implements PlainFilter {
    @Override
    public boolean passes(OracleEvent event) {
      return !filter.passes(event);
    }

    @Override
    public Filter declared(Function<String, EventType> types) {
      return Filter.not(filter.declared(types));
    }
  }

  /** All of some filters pass, or any of them. */
  record Joined(List<PlainFilter> filters, boolean isAll) implements PlainFilter {
    @Override
    public boolean passes(OracleEvent event) {
      return isAll
          ? filters.stream().allMatch(each -> each.passes(event))
          : filters.stream().anyMatch(each -> each.passes(event));
    }

    @Override
    public Filter declared(Function<String, EventType> types) {
      Filter[] declared = filters.stream().map(each -> each.declared(types)).toArray(Filter[]::new);
      return isAll ? Filter.all(declared) : Filter.any(declared);
    }
  }
}
