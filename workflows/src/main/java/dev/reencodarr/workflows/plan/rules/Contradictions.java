package dev.reencodarr.workflows.plan.rules;

import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.SettingsInvalid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with rules that are each well written: they contradict themselves or each other.
 */
final class Contradictions {

  private final Map<String, List<Rule>> profiles;
  private final List<RuleProblem> problems = new ArrayList<>();

  private Contradictions(Map<String, List<Rule>> profiles) {
    this.profiles = profiles;
  }

  static List<RuleProblem> of(List<Rule> rules, Map<String, List<Rule>> profiles) {
    Contradictions search = new Contradictions(profiles);
    search.inList(rules);
    profiles.values().forEach(search::inList);
    search.circles();
    return search.problems;
  }

  private void inList(List<Rule> rules) {
    Set<String> names = new HashSet<>();
    for (Rule rule : rules) {
      if (!names.add(rule.name())) {
        problem(rule, "two rules are called '" + rule.name() + "'");
      }
      rule.profile()
          .filter(profile -> !profiles.containsKey(profile))
          .ifPresent(profile -> problem(rule, "there is no profile '" + profile + "'"));
      inItself(rule);
    }
    neverAsked(rules);
  }

  private void inItself(Rule rule) {
    boolean leavesAlone = rule.skip().filter(Rule.Verdict.LeaveAlone.class::isInstance).isPresent();
    boolean sets =
        rule.profile().isPresent() || rule.priority().isPresent() || !rule.set().isEmpty();
    if (leavesAlone && sets) {
      problem(
          rule, "rule '" + rule.name() + "' leaves files alone: what it sets beside has no use");
    }
    try {
      QualitySettings.requireUsableTogether(rule.set());
    } catch (SettingsInvalid e) {
      problem(rule, "rule '" + rule.name() + "' contradicts itself: " + e.getMessage());
    }
  }

  /** After a rule for every file what it has set is settled. */
  private void neverAsked(List<Rule> rules) {
    Map<SettingKey, Rule> settled = new EnumMap<>(SettingKey.class);
    Rule left = null;
    for (Rule rule : rules) {
      if (left != null) {
        problem(
            rule,
            "rule '%s' is never asked: rule '%s' (line %d) leaves every file alone"
                .formatted(rule.name(), left.name(), left.line()));
        continue;
      }
      boolean onlySets =
          rule.skip().isEmpty()
              && rule.profile().isEmpty()
              && rule.priority().isEmpty()
              && !rule.set().isEmpty();
      if (onlySets && settled.keySet().containsAll(keys(rule.set()))) {
        problem(
            rule,
            "rule '%s' never counts: earlier rules set all of it for every file"
                .formatted(rule.name()));
      }
      if (rule.isForAll()) {
        rule.set().forEach(value -> settled.putIfAbsent(value.key(), rule));
        if (rule.skip().filter(Rule.Verdict.LeaveAlone.class::isInstance).isPresent()) {
          left = rule;
        }
      }
    }
  }

  private static Collection<SettingKey> keys(List<SettingValue> values) {
    return values.stream().map(SettingValue::key).toList();
  }

  private void circles() {
    Set<String> done = new HashSet<>();
    profiles.keySet().forEach(profile -> follow(profile, new LinkedHashSet<>(), done));
  }

  /**
   * @param way from a profile to this one
   * @param done profiles that lead into no circle, or into one that is told
   */
  private void follow(String profile, Set<String> way, Set<String> done) {
    if (done.contains(profile)) {
      return;
    }
    way.add(profile);
    for (Rule rule : profiles.getOrDefault(profile, List.of())) {
      rule.profile()
          .ifPresent(next -> {
            if (way.contains(next)) {
              problem(rule, "profiles lead in a circle: " + String.join(" → ", way) + " → " + next);
            } else {
              follow(next, way, done);
            }
          });
    }
    way.remove(profile);
    done.add(profile);
  }

  private void problem(Rule rule, String message) {
    problems.add(new RuleProblem(rule.line(), message));
  }
}
