package dev.reencodarr.activities.store.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.DecisionRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.RuleSetRepository;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.rules.RuleDifferences.Difference;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.Sources;
import dev.reencodarr.workflows.plan.rules.VideoRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules that were set, and what they change, on a real database. */
class RuleDifferencesTest {

  private static final String LOW_GRAIN = "rules: [{name: all, set: {grain: 3}}]";

  private final Database database = TestDatabase.fresh();
  private final VideoRepository videos = new VideoRepository(database);
  private final RuleSetRepository stored = new RuleSetRepository(database);
  private final RulesInForce rules = new RulesInForce(database, List.of());
  private final Library tv = library("tv");

  private Library library(String name) {
    return new LibraryRepository(database).add(name, new MediaPath("/" + name), "default", false);
  }

  private Video analysed(Library library, String path) {
    Video video = Rows.video(database, library, path);
    videos.storeFacts(
        video.id(),
        new Analysis.Analysed(
            Sources.file(1 << 30), Sources.media(Sources.MATROSKA, Sources.film(0))));
    return videos.find(video.id()).orElseThrow();
  }

  private Video decided(Library library, String path, String decision) {
    Video video = analysed(library, path);
    videos.decided(Map.of(video.id(), decision));
    return video;
  }

  private List<Difference> differences(VideoRules by, LibraryScope scope) {
    List<Difference> found = new ArrayList<>();
    new RuleDifferences(database).find(by, scope, found::add);
    return found;
  }

  @Test
  void withoutRulesTheSettingsAreInForceAndTheLastRulesThatWereSetFromThenOn() {
    assertThat(rules.current().rules().count()).isZero();
    assertThat(stored.latest()).isEmpty();

    stored.set("rules: [{skip: everything}]", "box");
    stored.set(LOW_GRAIN, "box");

    VideoRules current = rules.current();
    assertThat(current.rules().text()).isEqualTo(LOW_GRAIN);
    assertThat(rules.current()).as("read once").isSameAs(current);
    assertThat(
            database
                .client()
                .sql("select rules from rule_sets order by id")
                .query(String.class)
                .list())
        .as("what was set before stays on record")
        .containsExactly("rules: [{skip: everything}]", LOW_GRAIN);

    stored.set("", "box");
    assertThat(rules.current().rules().count()).isZero();
  }

  @Test
  void rulesLieOverTheSettingsOfTheMachineThatAsks() {
    RulesInForce ofMachine =
        new RulesInForce(
            database, List.of(new SettingValue(SettingKey.GOAL, "time", "settings.yaml line 1")));

    assertThat(ofMachine.current().usual().goal().name()).isEqualTo("TIME");
  }

  @Test
  void whatIsDecidedAsBeforeIsNoDifference() {
    decided(tv, "/tv/a.mkv", "encode: libsvtav1, VMAF 95");
    decided(tv, "/tv/b.mkv", "encode: libsvtav1, VMAF 95");
    Video other = decided(tv, "/tv/c.mkv", "skip: too_small");
    analysed(tv, "/tv/never asked.mkv");
    Rows.video(database, tv, "/tv/not measured.mkv");

    assertThat(differences(rules.current(), LibraryScope.all()))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.before()).isEqualTo("skip: too_small");
          assertThat(difference.now().video().id()).isEqualTo(other.id());
          assertThat(difference.now().decision()).isEqualTo("encode: libsvtav1, VMAF 95");
        });
    assertThat(new DecisionRepository(database).passedOver(LibraryScope.all()))
        .isEqualTo(new DecisionRepository.PassedOver(0, 0, 1));
  }

  @Test
  void whatIsEncodedIsPassedOverAndSoAreOtherLibraries() {
    Library films = library("films");
    Video done = decided(tv, "/tv/done.mkv", "skip: too_small");
    videos.stillEncoded(done.id());
    Video film = decided(films, "/films/a.mkv", "skip: too_small");
    Video episode = decided(tv, "/tv/a.mkv", "skip: too_small");

    assertThat(differences(rules.current(), LibraryScope.of(films.id())))
        .extracting(difference -> difference.now().video().id())
        .containsExactly(film.id());
    assertThat(differences(rules.current(), LibraryScope.all()))
        .extracting(difference -> difference.now().video().id())
        .containsExactlyInAnyOrder(film.id(), episode.id());
  }

  @Test
  void whatAnUndoHasPutBackIsNobodysButRetrys() {
    Video kept = decided(tv, "/tv/kept.mkv", "encode: libsvtav1, VMAF 97");
    videos.skip(Map.of(kept.id(), new Skip(SkipReason.KEPT, "put back")));

    assertThat(differences(rules.current(), LibraryScope.all())).isEmpty();
  }

  @Test
  void whatAnEarlierReleaseLeftAloneIsComparedByItsReasonUnlessAResultGaveIt() {
    Video unfit = analysed(tv, "/tv/unfit.mkv");
    Video little = analysed(tv, "/tv/little.mkv");
    videos.skip(
        Map.of(
            unfit.id(),
            new Skip(SkipReason.UNSUPPORTED_FORMAT, "a format of yesterday"),
            little.id(),
            new Skip(SkipReason.NOT_WORTH_IT, "a curve")));

    assertThat(differences(rules.current(), LibraryScope.all()))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.before()).isEqualTo("skip: unsupported_format");
          assertThat(difference.now().video().id()).isEqualTo(unfit.id());
        });
  }

  @Test
  void rulesOfALaterVersionTouchNoFileAndStopNobody() {
    stored.set("rules: [{set: {of_tomorrow: 3}}]", "box");
    Video video = analysed(tv, "/tv/a.mkv");

    Explained explained =
        Explained.of(
            new DecisionRepository(database).find(video.id()).orElseThrow(), rules.current());

    assertThat(explained.decision()).isEqualTo("skip: rules_fail");
    assertThat(rules.usual()).isEqualTo(QualitySettings.defaults());
  }

  @Test
  void aLibraryOfManyPagesIsSeenWholeAndEachVideoOnce() {
    database
        .client()
        .sql(
            """
            insert into videos (id, library_id, path, size, mtime, sampled_hash, facts, decision)
            select gen_random_uuid(), v.library_id, '/tv/' || n || '.mkv', v.size, v.mtime,
              v.sampled_hash, v.facts, 'skip: earlier'
            from videos v, generate_series(1, 2500) n
            where v.id = :id
            """)
        .param("id", analysed(tv, "/tv/model.mkv").id().value())
        .update();

    List<Difference> found = differences(rules.current(), LibraryScope.of(tv.id()));

    assertThat(found).hasSize(2500);
    assertThat(found)
        .extracting(difference -> difference.now().video().path())
        .doesNotHaveDuplicates();
  }
}
