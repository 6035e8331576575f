package dev.reencodarr.starter.command;

import static dev.reencodarr.starter.command.CommandRun.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.RuleSetRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.Sources;
import dev.reencodarr.workflows.plan.rules.Fact;
import dev.reencodarr.workflows.plan.rules.ShippedProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules as people set and read them, on a real database. */
class RulesTest {

  private static final String RULES =
      """
      profiles:
        old:
          - name: grainy
            set: {grain: 8}
      rules:
        - name: before 2009
          when: year > 0 && year < 2009
          profile: old
        - name: samples
          when: name.contains('sample')
          skip: sample
        - name: soon
          when: year > 0
          priority: 2
      """;

  private final Database database = TestDatabase.fresh();
  private final Library films =
      new LibraryRepository(database).add("films", new MediaPath("/films"), "default", false);
  @TempDir private Path folder;

  private CommandRun run(String... typed) {
    return CommandRun.on(database, folder, typed);
  }

  private Video film(String path, String decision) {
    Video video = Rows.video(database, films, path);
    VideoRepository videos = new VideoRepository(database);
    videos.storeFacts(
        video.id(),
        new Analysis.Analysed(
            Sources.file(1 << 30),
            Sources.media(
                Sources.MATROSKA,
                Sources.film(0),
                Sources.audio(1, "aac"),
                Sources.subtitle(2, "mov_text"))));
    videos.decided(Map.of(video.id(), decision));
    return video;
  }

  private void set(String rules) throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), rules);
    CommandRun run = run("rules", "set", "rules.yaml");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void rulesThatAreSetAreListedAndCanBeTakenToBeChanged() throws IOException {
    assertThat(run("rules", "list").err()).contains("no rules are set");

    set(RULES);

    CommandRun listed = run("rules", "list");
    assertThat(listed.err()).contains("rules 1, set on");
    assertThat(listed.out())
        .contains(
            "before 2009", "year > 0 && year < 2009", "profile old", "skip sample", "grain 8");
    assertThat(run("rules", "list", "--text").out()).isEqualTo(RULES);
    JsonNode json = new ObjectMapper().readTree(run("rules", "list", "--format", "json").out());
    assertThat(keys(json)).containsExactlyInAnyOrder("id", "set_on", "set_at", "rules", "profiles");
    assertThat(keys(json.get("rules").get(1)))
        .containsExactlyInAnyOrder("name", "line", "when", "skip", "priority", "profile", "set");
    assertThat(json.get("profiles").get("old").get(0).get("set").get("grain").asText())
        .isEqualTo("8");
  }

  @Test
  void rulesThatAreWrongAreRefusedWithEveryLineAndTheOldOnesStay() throws IOException {
    set(RULES);
    Files.writeString(
        folder.resolve("wrong.yaml"),
        "rules:\n  - when: heigth > 3\n    skip: tall\n  - set: {grane: 3}\n");

    CommandRun run = run("rules", "set", "wrong.yaml");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "wrong.yaml line 2: when: undeclared reference to 'heigth'",
            "wrong.yaml line 4: there is no setting 'grane'");
    assertThat(run("rules", "list", "--text").out()).isEqualTo(RULES);
    assertThat(run("rules", "set", "--check", "wrong.yaml").exitCode()).isEqualTo(2);
    assertThat(run("rules", "set", "none.yaml").err()).contains("there is no file none.yaml");
    Files.write(folder.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe4, '\n'});
    assertThat(run("rules", "set", "latin.yaml").err()).contains("latin.yaml is not UTF-8");
  }

  @Test
  void rulesThatALaterVersionHasSetCanBeTakenAndAreSaidToBeUnreadable() {
    String tomorrow = "rules: [{set: {of_tomorrow: 3}}]";
    new RuleSetRepository(database).set(tomorrow, "box");
    film("/films/a.mkv", "encode: libsvtav1, VMAF 95");

    assertThat(run("rules", "list", "--text").out()).isEqualTo(tomorrow);
    assertThat(run("rules", "explain", "/films/a.mkv").out())
        .contains(
            "left alone, rules_fail: this version cannot read the rules: line 1: there is no");
    assertThat(run("forecast").exitCode()).isZero();
  }

  @Test
  void rulesAreCheckedWithoutADatabase() throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), RULES);

    CommandRun run = CommandRun.in(folder, "rules", "set", "--check", "rules.yaml");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("4 rules: nothing is wrong\n");
  }

  @Test
  void ofOneVideoEverySettingIsExplainedWithTheRuleThatGaveItAndEveryStream() throws IOException {
    set(RULES);
    film("/films/a (1999).mkv", "encode: libsvtav1, VMAF 95");

    String text = run("rules", "explain", "/films/a (1999).mkv").out();

    assertThat(text)
        .contains("encode: libsvtav1, VMAF 95, grain 8, profile old")
        .containsPattern("grain +8 +rule 'grainy' of profile 'old' \\(line 3\\)")
        .containsPattern("vmaf_target +95 +default")
        .containsPattern("priority +2 +rule 'soon' \\(line 12\\)")
        .containsPattern("0 +video +h264 1920x1080 +av1")
        .containsPattern("1 +audio +aac 2 channels +the same")
        .containsPattern("2 +subtitle +mov_text +subrip +mov_text becomes SubRip")
        .containsPattern("year +1999")
        .containsPattern("codec +h264");
    JsonNode json =
        run("rules", "explain", "/films/a (1999).mkv", "--format", "json").json().get(0);
    assertThat(keys(json))
        .containsExactlyInAnyOrder(
            "id",
            "path",
            "state",
            "decision",
            "skip_reason",
            "detail",
            "priority",
            "profile",
            "encoder",
            "target",
            "target_path",
            "settings",
            "streams",
            "facts");
    assertThat(json.get("settings").get("grain").get("from").asText())
        .isEqualTo("rule 'grainy' of profile 'old' (line 3)");
    assertThat(json.get("streams")).hasSize(3);
    assertThat(keys(json.get("facts")))
        .containsExactlyElementsOf(Arrays.stream(Fact.values()).map(Fact::variable).toList());
  }

  @Test
  void whatIsLeftAloneIsExplainedToo() throws IOException {
    set(RULES);
    film("/films/sample.mkv", "encode: libsvtav1, VMAF 95");

    assertThat(run("rules", "explain", "/films/sample.mkv").out())
        .contains("left alone, sample: by rule 'samples' (line 9)")
        .containsPattern("skip +sample +rule 'samples' \\(line 9\\)");
  }

  @Test
  void aFileThatWasNotMeasuredNeedsAWorkerToBeExplained() {
    Rows.video(database, films, "/films/new.mkv");

    CommandRun known = run("rules", "explain", "/films/new.mkv");
    CommandRun elsewhere = run("rules", "explain", "/elsewhere/new.mkv");

    assertThat(known.exitCode()).isEqualTo(3);
    assertThat(known.err()).contains("Temporal does not answer");
    assertThat(elsewhere.exitCode()).isEqualTo(2);
    assertThat(elsewhere.err()).contains("no video is known by /elsewhere/new.mkv");
  }

  @Test
  void aLibraryIsSummedUpByRulesInForceOrByThoseThatAreTried() throws IOException {
    set(RULES);
    for (int number = 1; number <= 3; number++) {
      film("/films/" + number + " (1999).mkv", "");
    }
    film("/films/sample.mkv", "");
    Video done = film("/films/done.mkv", "");
    new VideoRepository(database).stillEncoded(done.id());
    Rows.video(database, films, "/films/new.mkv");

    assertThat(run("rules", "explain", "--library", "films").out().lines())
        .anyMatch(line -> line.matches(" *3 +3\\.22 GB +old +encode: libsvtav1, VMAF 95, grain 8"))
        .anyMatch(line -> line.matches(" *1 +1\\.07 GB +skip: sample"))
        .anyMatch(line -> line.matches(" *1 +1\\.07 GB +encoded already"))
        .anyMatch(line -> line.matches(" *1 +not measured yet: .*"));
    JsonNode json = run("rules", "explain", "--library", "films", "--format", "json").json();
    assertThat(keys(json)).containsExactlyInAnyOrder("unanalysed", "summary", "videos");
    assertThat(keys(json.get("summary").get(0)))
        .containsExactlyInAnyOrder(
            "decision", "skip_reason", "profile", "encoder", "target", "videos", "bytes");
    assertThat(json.get("videos")).hasSize(4);
    assertThat(json.get("videos").findValues("settings"))
        .as("those that rules gave")
        .anyMatch(settings -> keys(settings).equals(List.of("grain")));

    Files.writeString(folder.resolve("other.yaml"), "rules: [{skip: all_of_it}]");
    assertThat(run("rules", "explain", "--all", "--rules", "other.yaml").out())
        .contains("skip: all_of_it")
        .doesNotContain("grain");
    assertThat(run("rules", "explain").exitCode()).isEqualTo(2);
  }

  @Test
  void aChangeOfRulesTellsWhatWouldBeDecidedOtherwiseAndStartsNothing() throws IOException {
    film("/films/a (1999).mkv", "encode: libsvtav1, VMAF 95");
    film("/films/b (2020).mkv", "encode: libsvtav1, VMAF 95");
    Video left = film("/films/c (2020).mkv", "skip: too_small");
    new VideoRepository(database)
        .skip(Map.of(left.id(), new Skip(new SkipReason("too_small"), "by a rule of yesterday")));
    Files.writeString(folder.resolve("rules.yaml"), RULES);

    CommandRun before = run("rules", "diff", "rules.yaml");
    CommandRun set = run("rules", "set", "rules.yaml");
    CommandRun after = run("rules", "diff");

    assertThat(before.out()).isEqualTo(after.out());
    assertThat(set.err()).contains("2 videos would now be decided otherwise");
    assertThat(after.out())
        .contains(
            "2 of 3 decided videos would be decided otherwise",
            "encode: libsvtav1, VMAF 95, grain 8",
            "/films/a (1999).mkv",
            "/films/c (2020).mkv")
        .doesNotContain("/films/b (2020).mkv");
    assertThat(after.err()).contains("rules diff --apply orders 1 video again");
    JsonNode json = run("rules", "diff", "--format", "json").json();
    assertThat(keys(json))
        .containsExactlyInAnyOrder("compared", "otherwise", "to_order", "changes", "videos");
    assertThat(keys(json.get("changes").get(0)))
        .containsExactlyInAnyOrder("before", "now", "videos");
    assertThat(new VideoRepository(database).find(left.id()).orElseThrow().skipReason())
        .contains(new SkipReason("too_small"));
    assertThat(run("rules", "diff", "rules.yaml", "--apply").err())
        .contains("set those of FILE first");
  }

  @Test
  void theSchemaKnowsRulesThatAreSoundFromThoseThatAreMisshapen() {
    String schemaText = CommandRun.in(folder, "rules", "schema").out();
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schemaText);

    assertThat(schema.validate(RULES, InputFormat.YAML)).isEmpty();
    assertThat(schema.validate("rules:\n", InputFormat.YAML)).isEmpty();
    assertThat(schema.validate("rules: [{skip: false, set: {presets: [8, 6]}}]", InputFormat.YAML))
        .isEmpty();
    for (String wrong :
        List.of(
            "rule: []",
            "rules: [{wen: x}]",
            "rules: [{set: {cpu_jobs: 3}}]",
            "rules: [{skip: Too Short}]",
            "rules: {a: b}",
            "profiles: []")) {
      assertThat(schema.validate(wrong, InputFormat.YAML)).as(wrong).isNotEmpty();
    }
  }

  @Test
  void theDocsHoldTheSchemaAndTheTableOfFacts() throws IOException {
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(Files.readString(Path.of("../docs/rules.schema.json"))))
        .isEqualTo(json.readTree(CommandRun.in(folder, "rules", "schema").out()));

    List<String> rows =
        Arrays.stream(Fact.values())
            .map(fact ->
                "| `%s` | %s | %s |".formatted(fact.variable(), fact.typeName(), fact.what()))
            .toList();
    assertThat(
            Files.readAllLines(Path.of("../docs/rules.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList())
        .isEqualTo(rows);
  }

  @Test
  void theRulesOfTheDocsAreSound() throws IOException {
    List<String> examples = examples(Files.readString(Path.of("../docs/rules.md")));

    assertThat(examples).hasSizeGreaterThan(1).containsAll(ShippedProfiles.texts().values());
    for (String example : examples) {
      Files.writeString(folder.resolve("example.yaml"), example);
      CommandRun run = CommandRun.in(folder, "rules", "set", "--check", "example.yaml");
      assertThat(run.exitCode()).as(example + run.err()).isZero();
    }
  }

  private static List<String> examples(String markdown) {
    return Arrays.stream(markdown.split("```yaml\n", -1))
        .skip(1)
        .map(part -> part.split("```", -1)[0])
        .toList();
  }
}
