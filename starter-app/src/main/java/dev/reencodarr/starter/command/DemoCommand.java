package dev.reencodarr.starter.command;

import dev.reencodarr.starter.Home;
import dev.reencodarr.starter.tools.Clip;
import dev.reencodarr.starter.tools.ClipFetcher;
import dev.reencodarr.starter.tools.Pip;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** The whole way once, on real clips. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Sets everything up, fetches real clips, and runs them.")
final class DemoCommand implements Callable<Integer> {

  /** Short clips that are lean already promise nothing at the usual 95. */
  private static final double TARGET = 90;

  private static final List<String> CLIPS =
      List.of("waterfall.mp4", "cityCC0.mpg", "trailer_bbb.mp4", "bigbuckbunny.mp4");

  private final Surroundings surroundings;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    Home home = surroundings.home();
    surroundings.installer().provide();
    List<Clip> clips = Clip.all().stream().filter(clip -> CLIPS.contains(clip.name())).toList();
    new ClipFetcher(home.clips(), new Pip(), surroundings::say).fetch(clips);
    MediaPath library = freshLibrary(home);
    surroundings.say(
        "demo: "
            + clips.size()
            + " real clips in "
            + library
            + ", VMAF target "
            + (int) TARGET
            + " (usual is 95; short clips on the net are lean already, so at 95 most of them would"
            + " be left alone)");
    Wishes wishes = new Wishes(OptionalDouble.of(TARGET), Optional.empty(), 3, Optional.empty());
    return RunCommand.run(surroundings, List.of(library), wishes, false).code();
  }

  private static MediaPath freshLibrary(Home home) throws IOException {
    Path library = home.demoLibrary();
    Files.createDirectories(library);
    clear(library.toRealPath());
    for (String name : CLIPS) {
      // With their dates: a file that is older than a moment is not taken for half copied.
      Files.copy(
          home.clips().resolve(name), library.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return new MediaPath(library.toRealPath().toString());
  }

  /** Removes what an earlier demo left; the mark that the folder is a library of ours stays. */
  private static void clear(Path library) throws IOException {
    Path mark = library.resolve(".reencodarr").resolve("library.json");
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(library)) {
      deepestFirst =
          files.filter(path -> !mark.startsWith(path)).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
