package dev.reencodarr.workflows.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever rules there are, they are asked as the table of them reads. */
class RulesPropertyTest {

  private static final int ROUNDS = 150;
  private static final RuledFile FILM = RuledFiles.film("/films/a (2008).mkv");

  /** Settings of which any value goes with any other. */
  private static final List<SettingKey> KEYS =
      List.of(
          SettingKey.GRAIN,
          SettingKey.VMAF_TARGET,
          SettingKey.LEAST_SAVING_RESULT,
          SettingKey.CRF_STEP);

  private final RulesReader reader = new RulesReader();

  /**
   * A rule of a table.
   *
   * @param profile -1: none
   */
  private record Row(boolean holds, Map<SettingKey, Integer> sets, int profile) {

    static Row random(Random random, int profiles) {
      Map<SettingKey, Integer> sets = new EnumMap<>(SettingKey.class);
      for (SettingKey key : KEYS) {
        if (random.nextInt(3) == 0) {
          sets.put(key, 1 + random.nextInt(9));
        }
      }
      if (sets.isEmpty()) {
        sets.put(SettingKey.GRAIN, 1);
      }
      boolean naming = profiles > 0 && random.nextInt(4) == 0;
      return new Row(random.nextBoolean(), sets, naming ? random.nextInt(profiles) : -1);
    }

    String yaml(int number, String indent) {
      StringBuilder yaml = new StringBuilder();
      yaml.append(indent).append("- name: r").append(number).append('\n');
      yaml.append(indent)
          .append("  when: ")
          .append(holds ? "height == 1080" : "height != 1080")
          .append('\n');
      if (profile >= 0) {
        yaml.append(indent).append("  profile: p").append(profile).append('\n');
      }
      yaml.append(indent).append("  set:\n");
      sets.forEach((key, value) ->
          yaml.append(indent)
              .append("    ")
              .append(key.key())
              .append(": ")
              .append(value)
              .append('\n'));
      return yaml.toString();
    }
  }

  /** Each profile names only later ones, so that none leads back. */
  private record World(List<Row> rules, List<List<Row>> profiles) {

    static World random(Random random) {
      int count = random.nextInt(4);
      List<List<Row>> profiles = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        int first = number + 1;
        int later = count - first;
        profiles.add(
            rows(random, later).stream()
                .map(row ->
                    row.profile() < 0
                        ? row
                        : new Row(row.holds(), row.sets(), row.profile() + first))
                .toList());
      }
      return new World(rows(random, count), profiles);
    }

    private static List<Row> rows(Random random, int profiles) {
      List<Row> rows = new ArrayList<>();
      for (int number = random.nextInt(7); number > 0; number--) {
        rows.add(Row.random(random, profiles));
      }
      return rows;
    }

    String yaml() {
      StringBuilder yaml = new StringBuilder("profiles:\n");
      for (int number = 0; number < profiles.size(); number++) {
        yaml.append("  p").append(number).append(":\n");
        append(yaml, profiles.get(number), "    ");
      }
      yaml.append("rules:\n");
      append(yaml, rules, "  ");
      return yaml.toString();
    }

    private static void append(StringBuilder yaml, List<Row> rows, String indent) {
      for (int number = 0; number < rows.size(); number++) {
        yaml.append(rows.get(number).yaml(number, indent));
      }
    }

    /** What the table says, read as a person reads it. */
    Map<SettingKey, Integer> expected() {
      Map<SettingKey, Integer> expected = new EnumMap<>(SettingKey.class);
      read(rules, expected);
      return expected;
    }

    private void read(List<Row> rows, Map<SettingKey, Integer> expected) {
      boolean named = false;
      for (Row row : rows) {
        if (row.holds()) {
          row.sets().forEach(expected::putIfAbsent);
          if (row.profile() >= 0 && !named) {
            named = true;
            read(profiles.get(row.profile()), expected);
          }
        }
      }
    }
  }

  private Map<SettingKey, Integer> asked(String yaml) {
    Map<SettingKey, Integer> asked = new EnumMap<>(SettingKey.class);
    for (SettingValue value :
        new VideoRules(List.of(), reader.read(yaml)).settingsOf(FILM, Wishes.none()).values()) {
      if (value.origin().startsWith("rule ") && KEYS.contains(value.key())) {
        asked.put(value.key(), Integer.parseInt(value.text()));
      }
    }
    return asked;
  }

  @Test
  void theFirstThatHoldsCountsForEachSettingWithProfilesWhereTheyAreNamed() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      World world = World.random(new Random(seed));

      assertThat(asked(world.yaml())).as("seed " + seed).isEqualTo(world.expected());
    }
  }

  @Test
  void aRuleAtTheEndChangesNothingThatWasSetBeforeIt() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      World world = World.random(random);
      List<Row> longer = new ArrayList<>(world.rules());
      longer.add(Row.random(random, 0));

      Map<SettingKey, Integer> before = asked(world.yaml());
      Map<SettingKey, Integer> after = asked(new World(longer, world.profiles()).yaml());

      assertThat(after).as("seed " + seed).containsAllEntriesOf(before);
    }
  }

  @Test
  void aRuleThatDoesNotHoldIsAsGoodAsNone() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      World world = World.random(new Random(seed));
      World without =
          new World(world.rules().stream().filter(Row::holds).toList(), world.profiles());

      assertThat(asked(without.yaml())).as("seed " + seed).isEqualTo(asked(world.yaml()));
    }
  }
}
