package dev.reencodarr.workflows.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.Scaling;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.Sources;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** For each setting the first rule counts whose condition holds; what none sets stays as it is. */
class VideoRulesTest {

  private static final RuledFile FILM = RuledFiles.film("/films/a (2008).mkv");

  private static FileSettings of(RuledFile file, Wishes wishes, String rules) {
    return new VideoRules(List.of(), new RulesReader().read(rules)).settingsOf(file, wishes);
  }

  private static FileSettings of(RuledFile file, String rules) {
    return of(file, Wishes.none(), rules);
  }

  private static SettingValue value(FileSettings settings, SettingKey key) {
    return settings.values().stream().filter(one -> one.key() == key).findFirst().orElseThrow();
  }

  private static Planned plan(FileSettings settings, RuledFile file) {
    return settings.plan(file.path(), file.file(), file.media());
  }

  @Test
  void withoutRulesTheSettingsHold() {
    FileSettings settings = of(FILM, "");

    assertThat(settings.quality()).isEqualTo(QualitySettings.defaults());
    assertThat(settings.values())
        .hasSameSizeAs(Arrays.stream(SettingKey.values()).filter(SettingKey::isOfVideos).toList())
        .allSatisfy(value -> assertThat(value.origin()).isEqualTo("default"));
    assertThat(settings.inOneLine(plan(settings, FILM))).isEqualTo("encode: libsvtav1, VMAF 95");
  }

  @Test
  void theProfileThatIsShippedIsAskedWhereARuleNamesIt() {
    RuledFile old = RuledFiles.film("/films/a (1999).mkv", RuledFiles.GIB, film(3840, 1606));
    FileSettings settings = of(old, "rules: [{when: library == 'films', profile: classic}]");

    assertThat(settings.profile()).contains("classic");
    assertThat(value(settings, SettingKey.GRAIN).origin())
        .isEqualTo("rule 'film from before 2009' of profile 'classic', as shipped");
    assertThat(settings.inOneLine(plan(settings, old)))
        .isEqualTo(
            "encode: libsvtav1, VMAF 95, presets 4, grain 8, tune vq, audio opus,"
                + " largest_width 1920, scaled_against scaled");
    Planned.Encode encode = (Planned.Encode) plan(settings, old);
    assertThat(encode.plan().filters().scaling()).map(Scaling::height).contains(804);
    RuledFile small = RuledFiles.film("/films/a (2011).mkv", RuledFiles.GIB, film(1280, 720));
    FileSettings ofSmall = of(small, "rules: [{profile: classic}]");
    assertThat(ofSmall.inOneLine(plan(ofSmall, small)))
        .contains("presets 6")
        .doesNotContain("grain", "largest_width");
  }

  @Test
  void aProfileOfTheSameNameThatSomebodyHasWrittenCounts() {
    FileSettings settings =
        of(
            FILM,
            """
            profiles:
              classic: [{set: {grain: 2}}]
            rules: [{profile: classic}]
            """);

    assertThat(settings.quality().treatment().grain()).isEqualTo(2);
    assertThat(settings.quality().presets()).isEqualTo(QualitySettings.defaults().presets());
  }

  private static MediaStream.Video film(int width, int height) {
    return Sources.film(0, width, height);
  }

  @Test
  void theFirstRuleThatSpeaksOfASettingCounts() {
    FileSettings settings =
        of(
            FILM,
            """
            rules:
              - name: other library
                when: library == 'tv'
                set: {vmaf_target: 90, grain: 20}
              - name: old
                when: year < 2009
                set: {grain: 8, tune: vq}
              - name: films
                when: library == 'films'
                set: {grain: 3, vmaf_target: 96, presets: [4]}
            """);

    assertThat(settings.quality().treatment().grain()).isEqualTo(8);
    assertThat(settings.quality().presets()).containsExactly(4);
    assertThat(settings.quality().targetFor(70 * RuledFiles.GIB))
        .as("a target that is set holds for sources of every size")
        .isEqualTo(96);
    assertThat(value(settings, SettingKey.GRAIN).origin()).isEqualTo("rule 'old' (line 5)");
    assertThat(value(settings, SettingKey.VMAF_TARGETS_OF_LARGE).text()).isEmpty();
    assertThat(settings.inOneLine(plan(settings, FILM)))
        .isEqualTo("encode: libsvtav1, VMAF 96, presets 4, grain 8, tune vq");
  }

  @Test
  void whatRulesSetReachesTheEncodersArguments() {
    FileSettings settings =
        of(FILM, "rules: [{set: {grain: 8, grain_denoise: true, tune: vq, container: matroska}}]");

    assertThat(plan(settings, FILM))
        .isInstanceOfSatisfying(
            Planned.Encode.class,
            encode ->
                assertThat(encode.plan().encodeArguments())
                    .containsSubsequence("--svt", "tune=0")
                    .containsSubsequence("--svt", "film-grain=8")
                    .containsSubsequence("--svt", "film-grain-denoise=1"));
  }

  @Test
  void aProfilesRulesAreAskedWhereItIsNamed() {
    String rules =
        """
        profiles:
          base:
            - name: all of base
              set: {grain: 1, tune: ssim, goal: time}
          old:
            - name: really old
              when: year < 1980
              set: {grain: 30}
            - name: rather old
              set: {grain: 12}
            - profile: base
        rules:
          - name: first
            when: height > 1
            set: {tune: psnr}
          - name: by year
            when: year < 2009
            profile: old
          - name: never named
            profile: base
        """;

    FileSettings settings = of(FILM, rules);

    assertThat(settings.profile()).contains("old");
    assertThat(settings.quality().treatment().grain()).isEqualTo(12);
    assertThat(settings.quality().goal()).isEqualTo(Goal.TIME);
    assertThat(value(settings, SettingKey.TUNE).text()).isEqualTo("psnr");
    assertThat(value(settings, SettingKey.GRAIN).origin())
        .isEqualTo("rule 'rather old' of profile 'old' (line 9)");
    assertThat(value(settings, SettingKey.GOAL).origin())
        .isEqualTo("rule 'all of base' of profile 'base' (line 3)");
    assertThat(of(RuledFiles.film("/films/new (2020).mkv"), rules).profile()).contains("base");
  }

  @Test
  void aRuleLeavesFilesAloneForAReasonOfItsOwn() {
    String rules =
        """
        rules:
          - name: never these
            when: glob(path, '/films/keep/**')
            skip: precious
          - name: but these
            when: name.startsWith('but')
            skip: false
          - name: small
            when: size < 2000000000
            skip: too_small
        """;

    assertThat(plan(of(FILM, rules), FILM))
        .isEqualTo(new Planned.Skip(new SkipReason("too_small"), "by rule 'small' (line 8)"));
    RuledFile kept = RuledFiles.film("/films/keep/but.mkv");
    assertThat(plan(of(kept, rules), kept))
        .isEqualTo(new Planned.Skip(new SkipReason("precious"), "by rule 'never these' (line 2)"));
    RuledFile taken = RuledFiles.film("/films/but.mkv");
    assertThat(plan(of(taken, rules), taken)).isInstanceOf(Planned.Encode.class);
    assertThat(of(taken, rules).skipOrigin()).contains("rule 'but these' (line 5)");
  }

  @Test
  void whatCannotBeEncodedWithoutLossIsSkippedWhateverRulesSay() {
    RuledFile dolby = RuledFiles.film("/films/a.mkv", 1000, RuledFiles.hdr(HdrKind.DOLBY_VISION));
    RuledFile done =
        RuledFiles.film(
            "/films/a.mkv",
            1000,
            Sources.film(0, "av1", "yuv420p10le", "progressive", HdrKind.SDR));

    for (String rules : List.of("rules: [{skip: false}]", "rules: [{skip: mine}]")) {
      assertThat(plan(of(dolby, rules), dolby))
          .isInstanceOfSatisfying(
              Planned.Skip.class,
              skip -> assertThat(skip.reason()).isEqualTo(SkipReason.UNSUPPORTED_HDR));
      assertThat(plan(of(done, rules), done))
          .isInstanceOfSatisfying(
              Planned.Skip.class,
              skip -> assertThat(skip.reason()).isEqualTo(SkipReason.ALREADY_AV1));
    }
  }

  @Test
  void aFileOfWhichARuleCannotBeToldIsNotTouched() {
    FileSettings settings =
        of(
            FILM,
            """
            rules:
              - name: by zero
                when: 10 / (hard_links - 1) > 1
                set: {grain: 3}
              - name: after it
                set: {grain: 5}
            """);

    assertThat(plan(settings, FILM))
        .isInstanceOfSatisfying(
            Planned.Skip.class,
            skip -> {
              assertThat(skip.reason()).isEqualTo(SkipReason.RULES_FAIL);
              assertThat(skip.detail())
                  .startsWith("rule 'by zero' (line 2) cannot be told for this file: ")
                  .contains("/ by zero");
            });
  }

  @Test
  void rulesThatAreSoundAloneAndContradictEachOtherForAFileLeaveItUntouched() {
    FileSettings settings =
        of(
            FILM,
            """
            rules:
              - name: low
                when: height > 1
                set: {max_crf: 30}
              - name: high
                when: width > 1
                set: {min_crf: 40}
            """);

    assertThat(plan(settings, FILM))
        .isEqualTo(
            new Planned.Skip(
                SkipReason.RULES_FAIL,
                "the rules contradict each other: rule 'low' (line 2): min_crf 40 is above max_crf 30"));
  }

  @Test
  void rulesThatThisVersionCannotReadTouchNoFile() {
    RulesInvalid why =
        new RulesInvalid(List.of(new RuleProblem(3, "there is no setting 'of_tomorrow'")));

    FileSettings settings = VideoRules.unreadable(List.of(), why).settingsOf(FILM, Wishes.none());

    assertThat(plan(settings, FILM))
        .isEqualTo(
            new Planned.Skip(
                SkipReason.RULES_FAIL,
                "this version cannot read the rules: line 3: there is no setting 'of_tomorrow'"));
  }

  @Test
  void whatIsWrittenInAnotherWayIsNoOtherDecision() {
    String one =
        of(FILM, "rules: [{set: {presets: [6, 4], vmaf_band: 0.50, grain_denoise: yes}}]")
            .decision(FILM);
    String other =
        of(FILM, "rules: [{set: {presets: \"6,4\", vmaf_band: 0.5, grain_denoise: true}}]")
            .decision(FILM);

    assertThat(one)
        .isEqualTo(other)
        .isEqualTo("encode: libsvtav1, VMAF 95, vmaf_band 0.5, presets 6, 4, grain_denoise true");
    assertThat(of(FILM, "rules: [{set: {vmaf_band: 0.40, presets: \"8,6\"}}]").decision(FILM))
        .isEqualTo("encode: libsvtav1, VMAF 95");
  }

  @Test
  void theTurnOfAFileIsThatOfTheFirstRuleThatSaysOneUnlessTheRequestDoes() {
    String rules =
        """
        rules:
          - name: other library
            when: library == 'tv'
            priority: 5
          - name: old
            when: year < 2009
            priority: 2
          - name: the rest
            priority: 4
        """;
    Wishes urgent = new Wishes(OptionalDouble.empty(), Optional.empty(), 1, Optional.empty());

    assertThat(of(FILM, rules).priority())
        .isEqualTo(new FileSettings.Priority(2, "rule 'old' (line 5)"));
    assertThat(of(FILM, urgent, rules).priority())
        .isEqualTo(new FileSettings.Priority(1, "request"));
    assertThat(of(FILM, "").priority()).isEqualTo(new FileSettings.Priority(3, "default"));
  }

  @Test
  void whatARequestWishesIsAboveRules() {
    FileSettings settings =
        of(
            FILM,
            new Wishes(OptionalDouble.of(80), Optional.of(Goal.TIME), 1, Optional.empty()),
            "rules: [{name: all, set: {vmaf_target: 97, goal: space, presets: [6, 4]}}]");

    assertThat(settings.quality().targetFor(1)).isEqualTo(80);
    assertThat(settings.quality().goal()).isEqualTo(Goal.TIME);
    assertThat(settings.quality().presets()).as("the goal gives the slower up").containsExactly(6);
    assertThat(value(settings, SettingKey.VMAF_TARGET))
        .isEqualTo(new SettingValue(SettingKey.VMAF_TARGET, "80", "request"));
    assertThat(value(settings, SettingKey.GOAL).origin()).isEqualTo("request");
    assertThat(value(settings, SettingKey.PRESETS).origin()).isEqualTo("rule 'all' (line 1)");
  }

  @Test
  void rulesLieOverTheSettingsOfTheMachine() {
    VideoRules rules =
        new VideoRules(
            List.of(
                new SettingValue(SettingKey.VMAF_TARGET, "93", "settings.yaml line 1"),
                new SettingValue(SettingKey.GRAIN, "4", "settings.yaml line 2"),
                new SettingValue(SettingKey.CPU_JOBS, "4", "settings.yaml line 3")),
            new RulesReader().read("rules: [{name: all, set: {grain: 0}}]"));

    FileSettings settings = rules.settingsOf(FILM, Wishes.none());

    assertThat(settings.quality().treatment().grain()).isZero();
    assertThat(settings.quality().targetFor(1)).isEqualTo(93);
    assertThat(value(settings, SettingKey.VMAF_TARGET).origin()).isEqualTo("settings.yaml line 1");
    assertThat(settings.inOneLine(plan(settings, FILM))).isEqualTo("encode: libsvtav1, VMAF 93");
  }
}
