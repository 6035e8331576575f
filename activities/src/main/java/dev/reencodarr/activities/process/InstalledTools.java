package dev.reencodarr.activities.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tools of this machine, and what they said of themselves when they were last asked: one may be
 * missing when the worker starts, and come, go or be renewed while it runs.
 */
public final class InstalledTools {

  private final ToolSet tools;
  private final ProgramRunner runner;
  private final Path folder;
  private volatile @Nullable ToolVersions versions;

  /**
   * @param folder to ask them in
   */
  public InstalledTools(ToolSet tools, ProgramRunner runner, Path folder) {
    this.tools = tools;
    this.runner = runner;
    this.folder = folder;
  }

  public ToolSet tools() {
    return tools;
  }

  /** What is wrong with each tool; empty where it answers. */
  public record Complaints(
      Optional<String> abAv1, Optional<String> ffmpeg, Optional<String> ffprobe) {}

  /** Asks each of them anew. */
  public Complaints ask() throws InterruptedException {
    Answer abAv1 = ask(tools.abAv1(), "--version");
    Answer ffmpeg = ask(tools.ffmpeg(), "-version");
    Answer ffprobe = ask(tools.ffprobe(), "-version");
    if (abAv1.version.isPresent() && ffmpeg.version.isPresent() && ffprobe.version.isPresent()) {
      versions = new ToolVersions(abAv1.version.get(), ffmpeg.version.get(), ffprobe.version.get());
    }
    return new Complaints(abAv1.complaint, ffmpeg.complaint, ffprobe.complaint);
  }

  private record Answer(Optional<String> version, Optional<String> complaint) {}

  private Answer ask(Path tool, String how) throws InterruptedException {
    if (!Files.isExecutable(tool)) {
      return new Answer(Optional.empty(), Optional.of(tool + " is missing or not executable"));
    }
    try {
      String version = ToolVersions.ask(tool, how, runner, folder);
      return new Answer(Optional.of(version), Optional.empty());
    } catch (ProgramNotStarted e) {
      return new Answer(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** A look that starts nothing. */
  public boolean areAllThere() {
    return Files.isExecutable(tools.abAv1())
        && Files.isExecutable(tools.ffmpeg())
        && Files.isExecutable(tools.ffprobe());
  }

  /** What they last said, all of them together; empty while they never did. */
  public Optional<ToolVersions> known() {
    return Optional.ofNullable(versions);
  }

  /**
   * What they last said, asked for now where they never did.
   *
   * @throws ProgramNotStarted if one is missing or does not answer: a fault of the worker
   */
  public ToolVersions versions() throws ProgramNotStarted, InterruptedException {
    Optional<ToolVersions> known = known();
    if (known.isPresent()) {
      return known.get();
    }
    ToolVersions asked = ToolVersions.of(tools, runner, folder);
    versions = asked;
    return asked;
  }
}
