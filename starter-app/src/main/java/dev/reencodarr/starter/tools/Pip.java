package dev.reencodarr.starter.tools;

import dev.reencodarr.starter.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Fetches packages from the Python package index; installs and runs nothing of them. */
public final class Pip {

  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Path python;

  /** The pip of the {@code python3} on PATH. */
  public Pip() {
    this(Path.of("python3"));
  }

  Pip(Path python) {
    this.python = python;
  }

  /** The two forms in which a package is published. */
  public enum Form {
    WHEEL("--only-binary"),
    SDIST("--no-binary");

    private final String option;

    Form(String option) {
      this.option = option;
    }
  }

  /**
   * Downloads one package into an empty folder.
   *
   * @return the one file that came
   */
  public Path download(String name, String version, Form form, Path folder)
      throws InstallationFailed, InterruptedException {
    Program program =
        new Program(
            List.of(
                python.toString(),
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                form.option,
                ":all:",
                "--dest",
                folder.toString(),
                name + "==" + version),
            Map.of());
    try {
      Files.createDirectories(folder);
      Program.End end = program.run(LIMIT, line -> {});
      if (!end.succeeded()) {
        throw new InstallationFailed(explain(name, version, end.output()));
      }
      return onlyFile(folder, name);
    } catch (IOException e) {
      throw new InstallationFailed(
          "fetching "
              + name
              + " "
              + version
              + ": "
              + e.getMessage()
              + "\n  python3 with pip is needed: apt install python3-pip",
          e);
    } catch (TimeoutException e) {
      throw new InstallationFailed(
          "fetching "
              + name
              + " "
              + version
              + ": "
              + e.getMessage()
              + "\n  is the network slow? what came is not kept; run the same command again",
          e);
    }
  }

  private static String explain(String name, String version, String output) {
    String what = "fetching " + name + " " + version + " with pip failed";
    if (output.contains("No module named pip")) {
      return what + ": python3 has no pip\n  apt install python3-pip";
    }
    if (output.contains("No matching distribution")) {
      return what + ": pip has no package of it for this machine (" + architecture() + ")";
    }
    return what
        + "\n  is the package index reachable? pip said:\n"
        + output.indent(4).stripTrailing();
  }

  private static Path onlyFile(Path folder, String name) throws IOException, InstallationFailed {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      if (all.size() != 1) {
        throw new InstallationFailed(
            "fetching "
                + name
                + ": one file was expected in "
                + folder
                + ", there are "
                + all.size());
      }
      return all.getFirst();
    }
  }

  static String architecture() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }
}
