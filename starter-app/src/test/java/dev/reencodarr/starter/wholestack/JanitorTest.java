package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.SeenFile;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.janitor.Finding;
import dev.reencodarr.workflows.janitor.JanitorReport;
import dev.reencodarr.workflows.media.MediaPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Litter of every kind in an installation at work. */
class JanitorTest {

  @TempDir private static Path folder;
  private static Installation installation;
  private static Path films;

  @BeforeAll
  static void start() throws Exception {
    films = Files.createDirectories(folder.toRealPath().resolve("films 映画"));
    installation = new Installation(folder.resolve("home"));
    installation.typeWell("up", "--detach");
    installation.typeWell("library", "add", films, "--name", "films");
  }

  @AfterAll
  static void stop() throws Exception {
    installation.close();
  }

  private static JsonNode janitor() throws Exception {
    return installation.typeWell("status", "--format", "json").json().get("janitor");
  }

  private static Path old(Path path) throws Exception {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    return path;
  }

  private static Video row(String name) {
    VideoRepository videos = new VideoRepository(installation.database());
    Library library =
        new LibraryRepository(installation.database()).findByName("films").orElseThrow();
    MediaPath path = new MediaPath(films.resolve(name).toString());
    videos.see(
        library.id(),
        List.of(new SeenFile(path, 4, Instant.parse("2020-01-01T00:00:00Z"), 1, false)));
    return videos.findByPath(path).orElseThrow();
  }

  @Test
  void litterOfEveryKindIsSetRightOrSaidAndWhatIsUnknownStays() throws Exception {
    Installation.until("the start has called the janitor", () -> !janitor().isNull());

    Path work = installation.home().resolve("work");
    Path film = Files.writeString(films.resolve("a film.mkv"), "film");
    Video lost = row("a film.mkv");
    installation
        .database()
        .client()
        .sql(
            "update videos set state = 'encoding', claimed_by = 'video/x#y', step = 3 where id = ?")
        .param(lost.id().value())
        .update();
    Video gone = row("gone.mkv");
    UUID unknown = UUID.randomUUID();
    Path job = Files.createDirectories(work.resolve("jobs/" + unknown + ".key"));
    Files.writeString(job.resolve("result.mkv"), "a result");
    old(job);
    Path theirJob = old(Files.createDirectories(work.resolve("jobs/notes")));
    Path probe = old(Files.createDirectories(work.resolve("probes/" + UUID.randomUUID())));
    Path stage = Files.createDirectories(films.resolve(".reencodarr/stage/" + gone.id()));
    Path staged = Files.writeString(stage.resolve("ab".repeat(32) + ".result"), "a result");
    Path theirs = Files.writeString(stage.resolve("holiday.mkv"), "somebody's film");
    old(stage);
    Path quarantine =
        Files.createDirectories(films.resolve(".reencodarr/quarantine/" + UUID.randomUUID()));
    Path original = Files.writeString(quarantine.resolve("film.mkv"), "an original");
    Path trial = old(Files.createFile(films.resolve(".reencodarr-probe-" + unknown)));
    Path orphaned =
        Files.createDirectories(work.resolve("jobs/" + UUID.randomUUID() + ".orphaned"));
    Process orphan = orphan(orphaned, work);
    try {
      JanitorReport report = installation.janitorRound();

      List<String> lines = report.findings().stream().map(Finding::line).toList();
      assertThat(lines)
          .contains(
              film + ": was encoding and no workflow is at work on it: it is found again",
              gone.path() + ": is not there any more",
              theirs + ": is nothing that we stage: left alone",
              staged + ": nobody is at work on it: removed",
              trial + ": nobody is at work on it: removed")
          .anyMatch(line -> line.startsWith("job folder " + unknown + ".key"))
          .anyMatch(line -> line.startsWith("probe folder " + probe.getFileName()))
          .anyMatch(line -> line.startsWith(theirJob + " on ") && line.endsWith("left alone"))
          .anyMatch(line -> line.startsWith(quarantine + " has no row"))
          .anyMatch(line -> line.startsWith("sleep (pid " + orphan.pid() + " on "));
      assertThat(report.count()).isEqualTo(10);
      assertThat(orphan.waitFor()).isNotZero();
      assertThat(List.of(job, probe, staged, trial)).noneMatch(Files::exists);
      assertThat(List.of(film, theirJob, theirs, original)).allMatch(Files::exists);
      assertThat(original).hasContent("an original");
      assertThat(installation.state(film)).isEqualTo("found");
      assertThat(janitor().get("findings").asInt()).isEqualTo(10);
      assertThat(installation.typeWell("status").out()).contains(": 10 findings");
      old(stage);
      assertThat(installation.janitorRound().findings().stream().map(Finding::line))
          .as("what was set right is said once, what was left alone again")
          .hasSize(3);
      assertThat(Files.readString(installation.home().resolve("logs/worker.log")))
          .contains("janitor: " + film + ": was encoding");
    } finally {
      orphan.destroyForcibly();
    }
  }

  private static Process orphan(Path job, Path work) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/usr/bin/sleep", "300").directory(job.toFile());
    builder.environment().clear();
    builder.environment().put("HOME", work.toRealPath().resolve("home").toString());
    return builder.start();
  }
}
