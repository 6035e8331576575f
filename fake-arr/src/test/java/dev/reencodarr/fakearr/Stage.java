package dev.reencodarr.fakearr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.fakearr.judge.ArrJudge;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Title;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A program with one title, one file, and whoever asks and judges it.
 *
 * @param root folder of all titles
 */
record Stage(
    FakeArr fake, Asker asker, Optional<ArrJudge> judge, Path root, Title title, MediaFile file)
    implements AutoCloseable {

  static Stage of(ArrKind kind, Path root) throws IOException {
    FakeArr fake = FakeArr.start(kind, "");
    Optional<ArrJudge> judge = ArrJudge.of(kind);
    judge.ifPresent(fake::observe);
    Path folder = Files.createDirectories(root.resolve(kind.isSonarr() ? "Dark" : "Heat (1995)"));
    Title title = fake.library().addTitle(kind.isSonarr() ? "Dark" : "Heat", 1995, folder);
    Path path =
        kind.isSonarr()
            ? folder.resolve("Season 01/Dark.S01E01.1080p.WEB-DL.x264-GRP.mkv")
            : folder.resolve("Heat.1995.1080p.BluRay.x264-GRP.mkv");
    write(path, 1000);
    MediaFile file =
        fake.library().addFile(title.id(), path, path.getFileName().toString().replace(".mkv", ""));
    return new Stage(fake, new Asker(fake), judge, root, title, file);
  }

  static void write(Path path, int size) throws IOException {
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[size]);
  }

  Path path() {
    return Path.of(title.pathOf(file));
  }

  /** The same file as it is known now. */
  Optional<MediaFile> now() {
    return fake.library().file(file.id());
  }

  String rescan() throws IOException, InterruptedException {
    return asker.command(
        fake.kind().isSonarr()
            ? "{'name':'RescanSeries','seriesId':%d}".formatted(title.id())
            : "{'name':'RescanMovie','movieId':%d}".formatted(title.id()));
  }

  String rename() throws IOException, InterruptedException {
    return asker.command(
        "{'name':'RenameFiles','%s':%d,'files':[%d]}"
            .formatted(fake.kind().titleKey(), title.id(), file.id()));
  }

  boolean isMonitored() {
    return fake.library().parts(title.id()).getFirst().monitored();
  }

  /** Nothing but what the vendor's document allows was said on either side. */
  void assertJudged() {
    judge.ifPresent(one -> assertThat(one.violations()).isEmpty());
  }

  @Override
  public void close() {
    asker.close();
    fake.close();
  }
}
