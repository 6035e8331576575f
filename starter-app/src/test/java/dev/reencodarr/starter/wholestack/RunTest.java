package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.TestClips;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run}: a folder of videos goes in, a smaller folder comes out. */
class RunTest {

  @TempDir Path folder;

  @Test
  void aFolderBecomesSmallerAndItsOriginalsComeBackByUndo() throws Exception {
    Path library = Files.createDirectories(folder.resolve("films"));
    Path awful = TestClips.made(library.resolve("-a film's \"name\"\n 🎬 %03d.mkv"), 2);
    Path old = library.resolve("old.avi");
    TestClips.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=320x180:rate=25:duration=2",
        "-c:v",
        "mpeg4",
        "-q:v",
        "1",
        old);
    byte[] awfulBytes = Files.readAllBytes(awful);
    byte[] oldBytes = Files.readAllBytes(old);
    Files.writeString(library.resolve("notes.txt"), "no video");

    try (Installation installation = new Installation(folder.resolve("home"))) {
      Installation.Said run = installation.typeWell("run", library, "--target", "90");

      assertThat(run.out()).contains("encoded");
      assertThat(Files.size(awful)).isLessThan(awfulBytes.length);
      assertThat(old).doesNotExist();
      assertThat(library.resolve("old.mkv")).exists();
      Quarantine kept = Quarantine.of(library);
      assertThat(kept.files()).hasSize(2);
      assertThat(kept.original(awful.getFileName().toString())).hasBinaryContent(awfulBytes);
      assertThat(kept.original("old.avi")).hasBinaryContent(oldBytes);

      installation.typeWell("up", "--detach");
      assertThat(installation.video("old.mkv").get("state").asText()).isEqualTo("encoded");
      long before = Files.getLastModifiedTime(awful).toMillis();
      installation.typeWell("enqueue", library, "--wait");
      assertThat(Files.getLastModifiedTime(awful).toMillis()).isEqualTo(before);

      installation.typeWell("undo", awful);
      installation.typeWell("undo", library.resolve("old.mkv"));
      assertThat(Files.readAllBytes(awful)).isEqualTo(awfulBytes);
      assertThat(Files.readAllBytes(old)).isEqualTo(oldBytes);
      assertThat(library.resolve("old.mkv")).doesNotExist();
      installation.typeWell("enqueue", library, "--wait");
      assertThat(Files.readAllBytes(awful)).isEqualTo(awfulBytes);
      assertThat(installation.video("old.avi").get("skip_reason").asText()).isEqualTo("kept");
    }
  }
}
