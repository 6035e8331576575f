package dev.reencodarr.workflows.plan.rules;

import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.SettingsInvalid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a text of rules, which people have written: whatever is wrong with it is told at once, each
 * with its line.
 *
 * <pre>
 * profiles:
 *   careful:
 *     - set: {vmaf_target: 97}
 * rules:
 *   - name: samples
 *     when: duration &lt; 120.0 &amp;&amp; name.contains('sample')
 *     skip: sample
 *   - name: films
 *     when: library == 'films'
 *     profile: careful
 * </pre>
 */
public final class RulesReader {

  /** YAML's words for false. */
  private static final Set<String> SAYS_NO = Set.of("false", "no", "off");

  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_RULES = 2_000;
  private static final int LONGEST_NAME = 100;
  private static final String NO_NAME =
      "a name is one line of at most " + LONGEST_NAME + " characters";

  private @Nullable Conditions conditions;

  /**
   * Reads rules.
   *
   * @throws RulesInvalid if anything is wrong with them
   */
  public RuleSet read(String text) {
    return new Text(text).rules();
  }

  /** Made when the first condition comes: it takes as long as a command that needs none. */
  private Conditions conditions() {
    if (conditions == null) {
      conditions = new Conditions();
    }
    return conditions;
  }

  /** One text on its way. */
  private final class Text {

    private final String text;
    private final List<RuleProblem> problems = new ArrayList<>();
    private int count;

    Text(String text) {
      this.text = text;
    }

    RuleSet rules() {
      Map<String, List<Rule>> profiles = new LinkedHashMap<>();
      List<Rule> rules = new ArrayList<>();
      for (Entry entry : entries(root(), "the text")) {
        switch (entry.key()) {
          case "profiles" ->
              entries(entry.value(), "profiles")
                  .forEach(profile ->
                      profiles.put(
                          nameOfProfile(profile),
                          list(profile.value(), "profile " + profile.key())));
          case "rules" -> rules.addAll(list(entry.value(), "rules"));
          default -> problem(entry, "there is no '" + entry.key() + "'; there are profiles, rules");
        }
      }
      addShipped(rules, profiles);
      problems.addAll(Contradictions.of(rules, profiles));
      if (!problems.isEmpty()) {
        problems.sort(Comparator.comparingInt(RuleProblem::line));
        throw new RulesInvalid(problems);
      }
      return new RuleSet(rules, profiles, text);
    }

    /** Those that are named and that nobody has written. */
    private void addShipped(List<Rule> rules, Map<String, List<Rule>> profiles) {
      ShippedProfiles.texts()
          .forEach((name, shipped) -> {
            boolean named =
                Stream.concat(rules.stream(), profiles.values().stream().flatMap(List::stream))
                    .anyMatch(rule -> rule.profile().filter(name::equals).isPresent());
            if (named && !profiles.containsKey(name)) {
              List<Rule> own = read(shipped).profiles().getOrDefault(name, List.of());
              profiles.put(name, own.stream().map(Rule::shipped).toList());
            }
          });
    }

    private @Nullable Node root() {
      if (text.length() > MOST_CHARACTERS) {
        throw new RulesInvalid(
            List.of(new RuleProblem(0, "longer than " + MOST_CHARACTERS + " characters")));
      }
      try {
        LoaderOptions options = new LoaderOptions();
        // A list that stands for many would be read as often.
        options.setMaxAliasesForCollections(0);
        return new Composer(
                new ParserImpl(new StreamReader(text), options), new Resolver(), options)
            .getSingleNode();
      } catch (MarkedYAMLException e) {
        int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
        throw new RulesInvalid(List.of(new RuleProblem(line, "not YAML: " + e.getProblem())));
      } catch (YAMLException e) {
        throw new RulesInvalid(List.of(new RuleProblem(0, "not YAML: " + e.getMessage())));
      }
    }

    private List<Rule> list(Node node, String what) {
      if (isNothing(node)) {
        return List.of();
      }
      if (!(node instanceof SequenceNode sequence)) {
        problem(node, what + " must be a list, each rule after a dash");
        return List.of();
      }
      List<Rule> rules = new ArrayList<>();
      for (Node element : sequence.getValue()) {
        count++;
        if (count > MOST_RULES) {
          throw new RulesInvalid(
              List.of(
                  new RuleProblem(
                      line(element), "more than " + MOST_RULES + " rules; no more are taken")));
        }
        rules.add(rule(element, rules.size() + 1));
      }
      return rules;
    }

    private Rule rule(Node node, int number) {
      String name = "rule " + number;
      String when = "";
      Optional<Condition> condition = Optional.empty();
      Optional<Rule.Verdict> skip = Optional.empty();
      OptionalInt priority = OptionalInt.empty();
      Optional<String> profile = Optional.empty();
      List<SettingValue> set = List.of();
      List<Entry> entries = entries(node, name);
      for (Entry entry : entries) {
        switch (entry.key()) {
          case "name" -> name = name(entry).orElse(name);
          case "when" -> {
            when = scalar(entry.value(), "when");
            if (entry.value() instanceof ScalarNode) {
              condition = condition(entry.value(), when);
            }
          }
          case "skip" -> skip = skip(entry);
          case "priority" -> priority = priority(entry);
          case "profile" -> profile = profile(entry);
          case "set" -> set = set(entry.value());
          default ->
              problem(
                  entry,
                  "a rule has no '"
                      + entry.key()
                      + "'; it has name, when, skip, priority, profile, set");
        }
      }
      if (node instanceof MappingNode && entries.stream().noneMatch(Text::setsSomething)) {
        problem(node, "rule '" + name + "' sets nothing");
      }
      return new Rule(name, line(node), when, condition, skip, priority, profile, set);
    }

    private static boolean setsSomething(Entry entry) {
      return switch (entry.key()) {
        case "skip", "priority", "profile" -> true;
        case "set" -> entry.value() instanceof MappingNode set && !set.getValue().isEmpty();
        default -> false;
      };
    }

    private Optional<String> name(Entry entry) {
      String name = scalar(entry.value(), "name");
      if (isName(name)) {
        return Optional.of(name);
      }
      problem(entry, NO_NAME);
      return Optional.empty();
    }

    private String nameOfProfile(Entry entry) {
      if (!isName(entry.key())) {
        problem(entry, NO_NAME);
      }
      return entry.key();
    }

    private static boolean isName(String text) {
      return !text.isBlank()
          && text.length() <= LONGEST_NAME
          && text.chars().noneMatch(Character::isISOControl);
    }

    private Optional<Condition> condition(Node node, String when) {
      try {
        return Optional.of(conditions().compile(when));
      } catch (Conditions.Invalid e) {
        for (Conditions.Issue issue : e.issues()) {
          problem(lineOf(node, issue.line()), "when: " + issue.message() + place(node, issue));
        }
        return Optional.empty();
      }
    }

    private OptionalInt priority(Entry entry) {
      String text = scalar(entry.value(), "priority");
      if (text.matches("[1-5]")) {
        return OptionalInt.of(Integer.parseInt(text));
      }
      problem(entry, "priority is a whole number from 1 (first) to 5 (last)");
      return OptionalInt.empty();
    }

    private Optional<String> profile(Entry entry) {
      String name = scalar(entry.value(), "profile");
      if (isName(name)) {
        return Optional.of(name);
      }
      problem(entry, NO_NAME);
      return Optional.empty();
    }

    private static String lowerCase(String text) {
      return text.toLowerCase(Locale.ROOT);
    }

    private Optional<Rule.Verdict> skip(Entry entry) {
      String text = scalar(entry.value(), "skip");
      if (entry.value().getTag().equals(Tag.BOOL) && SAYS_NO.contains(lowerCase(text))) {
        return Optional.of(new Rule.Verdict.Take());
      }
      try {
        SkipReason reason = new SkipReason(text);
        if (entry.value().getTag().equals(Tag.BOOL) || reason.isOurs()) {
          problem(entry, "skip: give a reason of your own, such as too_short, or false");
        }
        return Optional.of(new Rule.Verdict.LeaveAlone(reason));
      } catch (IllegalArgumentException e) {
        problem(entry, "skip: " + e.getMessage());
        return Optional.empty();
      }
    }

    private List<SettingValue> set(Node node) {
      Map<SettingKey, SettingValue> values = new EnumMap<>(SettingKey.class);
      for (Entry entry : entries(node, "set")) {
        Optional<SettingKey> key = SettingKey.named(entry.key());
        if (key.isEmpty()) {
          problem(entry, "there is no setting '" + entry.key() + "'" + nearest(entry.key()));
        } else if (!key.get().isOfVideos()) {
          problem(entry, entry.key() + " is set for machines, in settings.yaml, not for videos");
        } else {
          value(key.get(), entry).ifPresent(value -> values.put(key.get(), value));
        }
      }
      return List.copyOf(values.values());
    }

    private Optional<SettingValue> value(SettingKey key, Entry entry) {
      SettingValue value = new SettingValue(key, words(entry), "set");
      try {
        QualitySettings.requireUsable(value);
        return Optional.of(value);
      } catch (SettingsInvalid e) {
        problem(entry, String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    }

    private String words(Entry entry) {
      if (!(entry.value() instanceof SequenceNode sequence)) {
        return scalar(entry.value(), entry.key());
      }
      return String.join(
          ", ", sequence.getValue().stream().map(element -> scalar(element, entry.key())).toList());
    }

    private static String nearest(String key) {
      return Arrays.stream(SettingKey.values())
          .filter(SettingKey::isOfVideos)
          .map(SettingKey::key)
          .filter(known -> known.contains(key) || key.contains(known))
          .findFirst()
          .map(known -> "; " + known + "?")
          .orElse("");
    }

    /** A key with its value, and the line of the key. */
    private record Entry(String key, Node value, int line) {}

    private List<Entry> entries(@Nullable Node node, String what) {
      if (node == null || isNothing(node)) {
        return List.of();
      }
      if (!(node instanceof MappingNode mapping)) {
        problem(node, what + " must hold lines of the form `key: value`");
        return List.of();
      }
      Map<String, Entry> entries = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        Entry entry =
            new Entry(
                scalar(tuple.getKeyNode(), "a key"),
                tuple.getValueNode(),
                line(tuple.getKeyNode()));
        if (entries.put(entry.key(), entry) != null) {
          problem(entry, entry.key() + " stands there twice");
        }
      }
      return List.copyOf(entries.values());
    }

    private String scalar(Node node, String what) {
      if (!(node instanceof ScalarNode scalar)) {
        problem(node, what + " must be a single value");
        return "";
      }
      if (!canBeKept(scalar.getValue())) {
        problem(node, what + " has characters that are no text");
        return "";
      }
      return scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
    }

    /** What is written into rows has neither half a character nor controls beyond a line's. */
    private static boolean canBeKept(String text) {
      return StandardCharsets.UTF_8.newEncoder().canEncode(text)
          && text.chars()
              .filter(Character::isISOControl)
              .allMatch(control -> control == '\n' || control == '\t');
    }

    private static boolean isNothing(Node node) {
      return node.getTag().equals(Tag.NULL);
    }

    private void problem(Entry entry, String message) {
      problem(entry.line(), message);
    }

    private void problem(Node node, String message) {
      problem(line(node), message);
    }

    private void problem(int line, String message) {
      problems.add(new RuleProblem(line, message));
    }

    private static int line(Node node) {
      return node.getStartMark().getLine() + 1;
    }

    /** Lines that YAML folds into one are one to a condition. */
    private static String place(Node node, Conditions.Issue issue) {
      int last = node.getEndMark().getLine() + 1;
      boolean isFolded =
          node instanceof ScalarNode scalar
              && scalar.getScalarStyle() != DumperOptions.ScalarStyle.LITERAL
              && last > line(node) + 1;
      return isFolded
          ? ", at character %d of lines %d to %d, taken as one"
              .formatted(issue.column(), line(node), last)
          : ", at character " + issue.column();
    }

    /** A text in block style begins in the line after its sign. */
    private static int lineOf(Node node, int lineOfText) {
      boolean block =
          node instanceof ScalarNode scalar
              && switch (scalar.getScalarStyle()) {
                case LITERAL, FOLDED, JSON_SCALAR_STYLE -> true;
                case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED -> false;
              };
      return line(node) + lineOfText - (block ? 0 : 1);
    }
  }
}
