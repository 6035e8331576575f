package dev.reencodarr.activities.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.KeptLogs;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handful of files, looked at by a real ffprobe that is run by a real find. */
class FileAnalysisTest {

  private BoundRunner bound;
  private final List<ProgramCall> calls = new ArrayList<>();
  private final ProgramRunner runner =
      (call, everySecond) -> {
        calls.add(call);
        return bound.run(call, everySecond);
      };
  private FileAnalysis files;
  private KeptLogs logs;

  @TempDir Path folder;

  @BeforeEach
  void open() throws IOException {
    Path work = folder.resolve("work");
    bound = new BoundRunner(TestTools.tools(), work.resolve("home"));
    logs = new JobFolders(work).logs();
    files =
        new FileAnalysis(
            new Ffprobe(runner, TestTools.tools()), path -> {}, new AttemptLogs(logs, "here"));
  }

  private Path clip(String name, String title) throws IOException {
    Path clip = folder.resolve(name);
    Files.createDirectories(clip.getParent());
    Path plain = TestClips.made(folder.resolve("plain.mp4"), 1);
    Path titled = folder.resolve("titled.mkv");
    TestClips.ffmpeg("-i", plain, "-c", "copy", "-metadata", "title=" + title, titled);
    Files.delete(plain);
    return Files.move(titled, clip);
  }

  private List<LookOutcome> look(List<Path> paths) {
    return files.look(paths.stream().map(path -> new MediaPath(path.toString())).toList());
  }

  private static String title(LookOutcome outcome) {
    Analysis analysis = ((LookOutcome.Seen) outcome).analysis();
    return ((Analysis.Analysed) analysis).media().tags().getOrDefault("title", "none");
  }

  private static String kind(LookOutcome outcome) {
    return ((ApplicationFailure) ((LookOutcome.Failed) outcome).fault()).getType();
  }

  @Test
  void ordinaryFilesAreLookedAtWithOneStartWhateverTheirNames() throws Exception {
    List<String> names =
        List.of(
            "a.mkv",
            "{}.mkv",
            "-exec rm ;.mkv",
            "with \"quotes\" and 'more' $(x) \\ back.mkv",
            "folder}\n/line\nbreak.mkv",
            "tab\there 🎬 é.mkv",
            "(.mkv",
            "!.mkv",
            "z".repeat(251) + ".mkv");
    List<Path> clips = new ArrayList<>();
    for (String name : names) {
      clips.add(clip(name, "title of " + name.length()));
    }

    List<LookOutcome> outcomes = look(clips);

    assertThat(outcomes.stream().map(FileAnalysisTest::title))
        .containsExactlyElementsOf(
            names.stream().map(name -> "title of " + name.length()).toList());
    assertThat(calls).hasSize(1);
    assertThat(logs.all()).isEmpty();
  }

  @Test
  void whatFfprobeSaidOfABrokenFileIsKeptAsALog() throws Exception {
    Path good = clip("good.mkv", "good");
    Path text = Files.writeString(folder.resolve("it's broken.mkv"), "no film ".repeat(100));

    List<LookOutcome> outcomes = look(List.of(good, text));

    Evidence evidence =
        Faults.evidence((ApplicationFailure) ((LookOutcome.Failed) outcomes.getLast()).fault())
            .orElseThrow();
    assertThat(logs.all()).containsExactly(Path.of(evidence.context().get("log")));
    assertThat(logs.all().getFirst().getFileName().toString())
        .startsWith("it_s_broken.mkv.analysis-");
    assertThat(logs.all().getFirst())
        .content()
        .contains("ffprobe", "Invalid data found", "== exit code 1");
    assertThat(evidence.context()).containsEntry("host", "here");
  }

  @Test
  void whatIsWrongWithOneFileDoesNotTouchTheOthers() throws Exception {
    Path first = clip("1.mkv", "first");
    Path text = Files.writeString(folder.resolve("2.mkv"), "no film ".repeat(100));
    Path gone = folder.resolve("3.mkv");
    Path empty = Files.createFile(folder.resolve("4.mkv"));
    Path link = Files.createSymbolicLink(folder.resolve("5.mkv"), first);
    Path inFolder = Files.createDirectories(folder.resolve("6.mkv"));
    Path last = clip("7.mkv", "last");

    List<LookOutcome> outcomes = look(List.of(first, text, gone, empty, link, inFolder, last));

    assertThat(title(outcomes.getFirst())).isEqualTo("first");
    assertThat(kind(outcomes.get(1))).isEqualTo(EvidenceKind.BAD_MEDIA.name());
    assertThat(outcomes.get(2)).isEqualTo(new LookOutcome.Seen(new Analysis.Vanished()));
    assertThat(kind(outcomes.get(3))).isEqualTo(EvidenceKind.BAD_MEDIA.name());
    assertThat(outcomes.get(4))
        .isInstanceOfSatisfying(
            LookOutcome.Seen.class,
            seen -> assertThat(((Analysis.Analysed) seen.analysis()).file().symlink()).isTrue());
    assertThat(kind(outcomes.get(5))).isEqualTo(EvidenceKind.FILE_ACCESS.name());
    assertThat(title(outcomes.getLast())).isEqualTo("last");
  }

  @Test
  void whatWasSaidOfABrokenFileIsNotTakenForTheNextOnes() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.mkv"), "no film ".repeat(100));
    Path good = clip("good.mkv", "good");
    Path further = clip("further.mkv", "further");

    List<LookOutcome> outcomes = look(List.of(broken, good, further));

    assertThat(kind(outcomes.getFirst())).isEqualTo(EvidenceKind.BAD_MEDIA.name());
    assertThat(title(outcomes.get(1))).isEqualTo("good");
    assertThat(title(outcomes.get(2))).isEqualTo("further");
  }
}
