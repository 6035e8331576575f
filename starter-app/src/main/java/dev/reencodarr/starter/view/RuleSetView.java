package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.RuleSetRepository;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.rules.Rule;
import dev.reencodarr.workflows.plan.rules.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Rules in JSON. */
public record RuleSetView(
    OptionalLong id,
    Optional<String> setOn,
    Optional<String> setAt,
    List<RuleView> rules,
    Map<String, List<RuleView>> profiles) {

  /** A rule; {@code skip} is a reason, or false where files are taken whatever later rules say. */
  public record RuleView(
      String name,
      int line,
      String when,
      Optional<String> skip,
      OptionalInt priority,
      Optional<String> profile,
      Map<String, String> set) {

    static RuleView of(Rule rule) {
      Map<String, String> set = new LinkedHashMap<>();
      rule.set().forEach(value -> set.put(value.key().key(), value.text()));
      return new RuleView(
          rule.name(),
          rule.line(),
          rule.when(),
          rule.skip().map(RuleView::skip),
          rule.priority(),
          rule.profile(),
          set);
    }

    private static String skip(Rule.Verdict verdict) {
      return switch (verdict) {
        case Rule.Verdict.LeaveAlone alone -> alone.reason().code();
        case Rule.Verdict.Take() -> "false";
      };
    }
  }

  /** Rules as they were set. */
  public static RuleSetView of(RuleSetRepository.Stored stored, RuleSet rules) {
    Map<String, List<RuleView>> profiles = new TreeMap<>();
    rules
        .profiles()
        .forEach((name, list) -> profiles.put(name, list.stream().map(RuleView::of).toList()));
    return new RuleSetView(
        OptionalLong.of(stored.id()),
        Optional.of(stored.setOn()),
        Optional.of(stored.setAt().toString()),
        rules.rules().stream().map(RuleView::of).toList(),
        profiles);
  }

  /** Where no rules were ever set. */
  public static RuleSetView ofNone() {
    return new RuleSetView(
        OptionalLong.empty(), Optional.empty(), Optional.empty(), List.of(), Map.of());
  }

  /** A rule in a table; the profile is empty where it is none's. */
  public record Row(String profile, String name, String when, String sets) {}

  /** All rules in a table: those of no profile first. */
  public static List<Row> rows(RuleSet rules) {
    List<Row> rows = new ArrayList<>();
    rules.rules().forEach(rule -> rows.add(row("", rule)));
    new TreeMap<>(rules.profiles())
        .forEach((name, list) -> list.forEach(rule -> rows.add(row(name, rule))));
    return List.copyOf(rows);
  }

  private static Row row(String profile, Rule rule) {
    List<String> sets = new ArrayList<>();
    rule.skip().ifPresent(skip -> sets.add("skip " + RuleView.skip(skip)));
    rule.priority().ifPresent(turn -> sets.add("priority " + turn));
    rule.profile().ifPresent(named -> sets.add("profile " + named));
    for (SettingValue value : rule.set()) {
      sets.add(value.key().key() + " " + value.text());
    }
    return new Row(profile, rule.name(), rule.when(), String.join("; ", sets));
  }
}
