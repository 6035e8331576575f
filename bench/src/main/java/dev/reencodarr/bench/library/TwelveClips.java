package dev.reencodarr.bench.library;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.film.FilmMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The clips of the comparison: ten that AV1 makes smaller, two that are lean already. */
final class TwelveClips {

  private static final List<Integer> SCENES = List.of(8, 13, 18, 23, 28, 33, 38, 43);
  private static final List<Integer> LEAN_SCENES = List.of(11, 26);

  private TwelveClips() {}

  /** Makes them, the lean ones last. */
  static List<Path> make(FilmMaker maker, Path folder)
      throws NoFigure, IOException, InterruptedException {
    List<Path> clips = new ArrayList<>();
    for (int scene : SCENES) {
      clips.add(next(folder, clips));
      maker.rich("trailer_bbb.mp4", scene, clips.getLast());
    }
    clips.add(next(folder, clips));
    maker.rich("waterfall.mp4", 0, clips.getLast());
    clips.add(next(folder, clips));
    maker.rich("bigbuckbunny.mp4", 2, clips.getLast());
    for (int scene : LEAN_SCENES) {
      clips.add(next(folder, clips));
      maker.lean("trailer_bbb.mp4", scene, clips.getLast());
    }
    FilmMaker.date(clips);
    return List.copyOf(clips);
  }

  /** Two of each kind, for what is to be told on fewer. */
  static List<Path> someOf(List<Path> clips) {
    return List.of(clips.getFirst(), clips.get(1), clips.get(clips.size() - 2), clips.getLast());
  }

  /** Copies with the same dates, for a folder of their own. */
  static void copy(List<Path> clips, Path folder) throws IOException {
    List<Path> copies = new ArrayList<>();
    for (Path clip : clips) {
      copies.add(Files.copy(clip, folder.resolve(clip.getFileName())));
    }
    FilmMaker.date(copies);
  }

  private static Path next(Path folder, List<Path> clips) {
    return folder.resolve(String.format(Locale.ROOT, "clip %02d.mkv", clips.size() + 1));
  }
}
