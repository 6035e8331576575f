package dev.reencodarr.workflows.plan.rules;

import dev.reencodarr.workflows.plan.SettingValue;
import java.util.List;
import java.util.Optional;

/**
 * What rules say of one file.
 *
 * @param set in the order of the keys, each with the rule that set it
 * @param skipping whether it is left alone; empty where no rule says so
 * @param priority among those that wait; empty where no rule says one
 * @param profile that a rule named; empty: none
 * @param fault a rule that could not be told for this file; what comes after it was not asked
 */
record Ruling(
    List<SettingValue> set,
    Optional<Skipping> skipping,
    Optional<FileSettings.Priority> priority,
    Optional<String> profile,
    Optional<String> fault) {

  /** Nobody can say what they say. */
  static Ruling fault(String why) {
    return new Ruling(
        List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(why));
  }

  /**
   * A word on leaving a file alone.
   *
   * @param origin the rule that said it
   */
  record Skipping(Rule.Verdict verdict, String origin) {}
}
