package dev.reencodarr.workflows.plan.rules;

import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.SettingValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One rule: where its condition holds, it sets what no earlier rule has set.
 *
 * @param name for people
 * @param line of the text that it begins in, from 1; 0: it is shipped
 * @param when as it was written; empty: for every file
 * @param condition the same, ready
 * @param skip whether the file is left alone; empty: it says nothing of that
 * @param priority 1 (first) to 5 (last) of the file among those that wait; empty: it says nothing
 * @param profile whose rules are asked where this one stands; empty: none
 * @param set in the order of the keys
 */
public record Rule(
    String name,
    int line,
    String when,
    Optional<Condition> condition,
    Optional<Verdict> skip,
    OptionalInt priority,
    Optional<String> profile,
    List<SettingValue> set) {

  /** What a rule says of leaving a file alone. */
  public sealed interface Verdict {

    /** It is left alone. */
    record LeaveAlone(SkipReason reason) implements Verdict {}

    /** No later rule leaves it alone. */
    record Take() implements Verdict {}
  }

  /** The same of a profile that nobody has written. */
  Rule shipped() {
    return new Rule(name, 0, when, condition, skip, priority, profile, set);
  }

  /**
   * What people are told of where a setting comes from.
   *
   * @param of which profile's rule it is; empty: none's
   */
  String origin(String of) {
    return "rule '%s'%s%s"
        .formatted(
            name,
            of.isEmpty() ? "" : " of profile '" + of + "'",
            line == 0 ? ", as shipped" : " (line " + line + ")");
  }

  /** Whether it speaks of every file. */
  boolean isForAll() {
    return condition.isEmpty();
  }
}
