package dev.reencodarr.starter.tools;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the program to use: the fit one on PATH, else the pinned one. */
public final class ToolSearch {

  private final String searchPath;
  private final Path tools;
  private final FitnessCheck check;

  /**
   * @param searchPath as in {@code PATH}
   * @param tools the folder of the pinned ones
   */
  public ToolSearch(String searchPath, Path tools, FitnessCheck check) {
    this.searchPath = searchPath;
    this.tools = tools;
    this.check = check;
  }

  /** What was found of a tool. */
  public sealed interface Result {

    Tool tool();

    /**
     * To be used.
     *
     * @param pinned whether it is ours and not one of PATH
     */
    record Found(Tool tool, Path program, String version, boolean pinned) implements Result {}

    /**
     * There is none that is fit.
     *
     * @param why what is wrong with the one on PATH; empty where there is none
     */
    record Missing(Tool tool, String why) implements Result {}
  }

  /** Looks for one. */
  public Result find(Tool tool) throws InterruptedException {
    String unfit = "";
    Optional<Path> onPath = onPath(tool.program());
    if (onPath.isPresent()) {
      switch (check.check(tool, onPath.get())) {
        case Fitness.Fit(String version) -> {
          return new Result.Found(tool, onPath.get(), version, false);
        }
        case Fitness.Unfit(String why) -> unfit = onPath.get() + ": " + why;
      }
    }
    Path pinned = tools.resolve(tool.pinnedPath());
    return Files.isExecutable(pinned)
        ? new Result.Found(tool, pinned, tool.pinnedVersion(), true)
        : new Result.Missing(tool, unfit);
  }

  private Optional<Path> onPath(String program) {
    List<String> folders = Pattern.compile(":").splitAsStream(searchPath).toList();
    Stream<Path> candidates =
        folders.stream()
            .filter(folder -> folder.startsWith("/"))
            .map(folder -> Path.of(folder, program));
    return candidates.filter(Files::isRegularFile).filter(Files::isExecutable).findFirst();
  }
}
