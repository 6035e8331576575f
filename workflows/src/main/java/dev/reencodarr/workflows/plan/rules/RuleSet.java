package dev.reencodarr.workflows.plan.rules;

import dev.cel.runtime.CelEvaluationException;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ordered rules, and profiles: lists of rules with a name, which are asked where a rule names them.
 * For each setting the first rule counts whose condition holds.
 *
 * @param rules from the first to the last
 * @param profiles by name; none leads back to itself
 * @param text that they were read from
 */
public record RuleSet(List<Rule> rules, Map<String, List<Rule>> profiles, String text) {

  public RuleSet {
    rules = List.copyOf(rules);
    profiles = Map.copyOf(profiles);
  }

  /** No rules: what the settings say, for every file. */
  public static RuleSet none() {
    return new RuleSet(List.of(), Map.of(), "");
  }

  /** How many rules there are, with those of profiles. */
  public int count() {
    return rules.size() + profiles.values().stream().mapToInt(List::size).sum();
  }

  /** What the rules say of a file. */
  Ruling rule(RuledFile file) {
    if (rules.isEmpty()) {
      return new Ruling(
          List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
    Reading reading = new Reading(Fact.allOf(file));
    reading.ask(rules, "");
    return reading.ruling();
  }

  /** One walk through the rules for one file. */
  private final class Reading {

    private final Map<String, Object> facts;
    private final Map<SettingKey, SettingValue> set = new EnumMap<>(SettingKey.class);
    private Ruling.@Nullable Skipping skipping;
    private FileSettings.@Nullable Priority priority;
    private @Nullable String profile;
    private @Nullable String fault;

    Reading(Map<String, Object> facts) {
      this.facts = facts;
    }

    Ruling ruling() {
      return new Ruling(
          List.copyOf(set.values()),
          Optional.ofNullable(skipping),
          Optional.ofNullable(priority),
          Optional.ofNullable(profile),
          Optional.ofNullable(fault));
    }

    /**
     * @param of which profile's rules these are; empty: the set's own
     */
    void ask(List<Rule> asked, String of) {
      boolean named = false;
      for (Rule rule : asked) {
        if (fault != null) {
          return;
        }
        if (canAdd(rule, named) && holds(rule, of)) {
          take(rule, of);
          if (rule.profile().isPresent() && !named) {
            named = true;
            askProfile(rule.profile().get(), of);
          }
        }
      }
    }

    /** What is settled is not asked again: of many rules most are about the same settings. */
    private boolean canAdd(Rule rule, boolean named) {
      return (rule.skip().isPresent() && skipping == null)
          || (rule.priority().isPresent() && priority == null)
          || (rule.profile().isPresent() && !named)
          || rule.set().stream().anyMatch(value -> !set.containsKey(value.key()));
    }

    private void askProfile(String name, String of) {
      if (of.isEmpty()) {
        profile = name;
      }
      ask(profiles.getOrDefault(name, List.of()), name);
    }

    private boolean holds(Rule rule, String of) {
      if (rule.condition().isEmpty()) {
        return true;
      }
      try {
        return rule.condition().get().holds(facts);
      } catch (CelEvaluationException e) {
        fault = rule.origin(of) + " cannot be told for this file: " + e.getMessage();
        return false;
      }
    }

    private void take(Rule rule, String of) {
      String origin = rule.origin(of);
      if (rule.skip().isPresent() && skipping == null) {
        skipping = new Ruling.Skipping(rule.skip().get(), origin);
      }
      if (rule.priority().isPresent() && priority == null) {
        priority = new FileSettings.Priority(rule.priority().getAsInt(), origin);
      }
      for (SettingValue value : rule.set()) {
        set.putIfAbsent(value.key(), new SettingValue(value.key(), value.text(), origin));
      }
    }
  }
}
