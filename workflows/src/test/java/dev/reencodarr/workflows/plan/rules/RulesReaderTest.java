package dev.reencodarr.workflows.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text of rules is read whole or refused, with every line that is wrong. */
class RulesReaderTest {

  private final RulesReader reader = new RulesReader();

  private List<String> problems(String text) {
    try {
      reader.read(text);
      return List.of();
    } catch (RulesInvalid e) {
      return e.problems().stream().map(RuleProblem::toString).toList();
    }
  }

  @Test
  void rulesAreReadInTheirOrderWithTheirLines() {
    RuleSet rules =
        reader.read(
            """
            # what we want
            profiles:
              careful:
                - set:
                    vmaf_target: 97
            rules:
              - name: samples
                when: duration < 120.0 && name.contains('sample')
                skip: sample
              - name: kept safe
                when: |
                  library == 'films' &&
                  height > 1080
                skip: false
                profile: careful
              - set: {presets: [6, 4], grain: 8}
            """);

    assertThat(rules.count()).isEqualTo(4);
    assertThat(rules.rules())
        .extracting(Rule::name)
        .containsExactly("samples", "kept safe", "rule 3");
    assertThat(rules.rules()).extracting(Rule::line).containsExactly(7, 10, 16);
    assertThat(rules.rules().getLast().set())
        .extracting(value -> value.key().key() + "=" + value.text())
        .containsExactly("presets=6, 4", "grain=8");
    assertThat(rules.profiles()).containsOnlyKeys("careful");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "# only a remark\n", "rules:\n", "rules: []\nprofiles: {}\n", "---\n"})
  void aTextWithoutRulesSetsNone(String text) {
    assertThat(reader.read(text).count()).isZero();
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceEachWithItsLine() {
    assertThat(
            problems(
                """
                rule: []
                rules:
                  - name: one
                    when: heigth > 1080
                    set: {vmaf_target: 200}
                  - name: two
                    wen: true
                    set:
                      target: 93
                      cpu_jobs: 3
                      presets: []
                  - name: two
                    skip: Too Short
                  - just a text
                  - name: three
                    profile: none
                """))
        .containsExactly(
            "line 1: there is no 'rule'; there are profiles, rules",
            "line 4: when: undeclared reference to 'heigth', at character 1",
            "line 5: set: vmaf_target is '200', but must be a number from 0 to 100",
            "line 7: a rule has no 'wen'; it has name, when, skip, priority, profile, set",
            "line 9: there is no setting 'target'; vmaf_target?",
            "line 10: cpu_jobs is set for machines, in settings.yaml, not for videos",
            "line 11: set: presets is '', but must be one or more whole numbers from 0 to 13",
            "line 12: two rules are called 'two'",
            "line 13: skip: a reason has lower-case letters, digits and underscores, at most 40: Too"
                + " Short",
            "line 14: rule 4 must hold lines of the form `key: value`",
            "line 15: there is no profile 'none'");
  }

  @Test
  void aConditionInBlockStyleIsWrongInItsOwnLine() {
    assertThat(
            problems(
                """
                rules:
                  - name: one
                    when: |
                      height > 1080 &&
                      widht > 3
                    skip: large
                """))
        .containsExactly("line 5: when: undeclared reference to 'widht', at character 1");
  }

  @Test
  void aConditionThatIsFoldedIsWrongSomewhereInItsLines() {
    assertThat(
            problems(
                """
                rules:
                  - when: >
                      height > 1080 &&
                      widht > 3
                    skip: large
                """))
        .singleElement()
        .asString()
        .contains("when: undeclared reference to 'widht'", "of lines 2 to", "taken as one");
  }

  @Test
  void limitsAreComparedOnlyWhereARuleSetsBoth() {
    assertThat(problems("rules: [{set: {min_crf: 2, max_crf: 4}}]")).isEmpty();
    assertThat(problems("rules: [{set: {max_crf: 4}}]")).isEmpty();
    assertThat(problems("rules: [{skip: off}]")).isEmpty();
  }

  @Test
  void profilesThatLeadInACircleAreRefused() {
    assertThat(
            problems(
                """
                profiles:
                  a:
                    - profile: b
                  b:
                    - set: {grain: 1}
                    - profile: c
                  c:
                    - profile: a
                  self:
                    - profile: self
                """))
        .containsExactly(
            "line 8: profiles lead in a circle: a → b → c → a",
            "line 10: profiles lead in a circle: self → self");
  }

  @Test
  void contradictionsAreRefused() {
    assertThat(
            problems(
                """
                rules:
                  - name: itself
                    set: {min_crf: 40, max_crf: 30}
                  - name: both
                    when: height > 100
                    skip: tall
                    set: {grain: 3}
                  - name: nothing
                    when: height > 100
                  - name: all
                    set: {goal: time, grain: 2}
                  - name: too late
                    when: height > 100
                    set: {grain: 3}
                  - name: everything
                    skip: all_of_it
                  - name: after the end
                    when: height > 100
                    set: {tune: vq}
                """))
        .containsExactly(
            "line 2: rule 'itself' contradicts itself: set: min_crf 40 is above max_crf 30",
            "line 4: rule 'both' leaves files alone: what it sets beside has no use",
            "line 8: rule 'nothing' sets nothing",
            "line 12: rule 'too late' never counts: earlier rules set all of it for every file",
            "line 17: rule 'after the end' is never asked: rule 'everything' (line 15) leaves every"
                + " file alone");
  }

  @Test
  void reasonsOfOurOwnMayNotBeNamed() {
    assertThat(problems("rules: [{skip: already_av1}]"))
        .containsExactly("line 1: skip: give a reason of your own, such as too_short, or false");
    assertThat(problems("rules: [{skip: true}]")).hasSize(1);
    assertThat(problems("rules: [{skip: rules_fail}]")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules: [",
        "rules: 3",
        "rules: {a: b}",
        "[1, 2]",
        "just text",
        "rules: [{name: [1, 2], skip: x}]",
        "rules: [{when: {a: b}, skip: x}]",
        "rules: [{when: [height > 1], skip: x}]",
        "rules: [{set: [grain]}]",
        "rules: [{set: {grain: {a: b}}}]",
        "rules: [{set: {grain: 3, grain: 4}}]",
        "rules: []\nrules: []",
        "rules: [{profile: [a], skip: x}]",
        "rules: &a [*a]",
        "profiles: [a]",
        "rules: [{name: '', skip: x}]",
        "rules: [{skip: no_video}]",
        "rules: [{skip: yes}]",
        "rules: [{priority: 0}]",
        "rules: [{priority: 6}]",
        "rules: [{priority: soon}]",
        "rules: [{priority: 2, skip: x}]",
        "profiles: {'': [{set: {grain: 1}}]}",
        "profiles: {a: [{profile: ''}], '': [{profile: a}]}\nrules: [{profile: a}]",
        "rules: [{profile: ~}]",
        "rules: [{name: \"a\\0b\", skip: x}]",
        "rules: [{name: \"a\\uD800b\", skip: x}]",
        "rules: [{set: {vmaf_band: \"0.5\\0\"}}]",
        "rules:\n  - set: &a {grain: 1}\n  - set: *a\n",
        "\u0000",
        "rules: !!java.net.URL [http://localhost/]"
      })
  void whatIsMisshapenIsRefusedInPlainWords(String text) {
    assertThat(problems(text))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem).doesNotContain("Exception"));
  }

  @Test
  void fiveHundredRulesAreReadAndTooManyRefused() {
    assertThat(reader.read(many(500)).count()).isEqualTo(500);
    assertThatExceptionOfType(RulesInvalid.class)
        .isThrownBy(() -> reader.read(many(2001)))
        .withMessageContaining("line 2002: more than 2000 rules; no more are taken");
  }

  @Test
  void aTextWithoutEndIsRefusedBeforeItIsRead() {
    assertThatExceptionOfType(RulesInvalid.class)
        .isThrownBy(() -> reader.read("#".repeat(1_100_000)))
        .withMessageContaining("longer than");
  }

  private static String many(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number ->
            "  - {name: r%d, when: height == %d, set: {grain: 1}}".formatted(number, number))
        .collect(Collectors.joining("\n", "rules:\n", "\n"));
  }
}
