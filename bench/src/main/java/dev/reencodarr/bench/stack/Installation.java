package dev.reencodarr.bench.stack;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.starter.Home;
import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.starter.stack.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The program with a home of its own, used as people use it: by the launcher. */
public final class Installation implements AutoCloseable {

  private final Path launcher;
  private final Home home;
  private final TimedProgram programs;
  private final TimedProgram last;
  private final Thread onSignal;

  /**
   * @param program the folder of the launcher
   * @param folder of the new home
   * @param tools the home whose tools are used
   * @param settings lines of settings.yaml
   * @param environment added to ours
   */
  public Installation(
      Path program, Path folder, Home tools, List<String> settings, Map<String, String> environment)
      throws IOException {
    this.launcher = program.resolve("reencodarr");
    this.home = new Home(Files.createDirectories(folder));
    Files.createSymbolicLink(home.tools(), tools.tools());
    Files.write(folder.resolve("settings.yaml"), settings);
    Map<String, String> variables = new LinkedHashMap<>(environment);
    variables.put("REENCODARR_HOME", folder.toString());
    this.programs = new TimedProgram(folder, Map.copyOf(variables));
    this.last = new TimedProgram(folder, Map.copyOf(variables));
    this.onSignal = Thread.ofPlatform().unstarted(this::stopOnSignal);
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  /**
   * Types a command, which has to end well.
   *
   * @throws NoFigure if it does not
   */
  public Ended type(String... words) throws IOException, InterruptedException, NoFigure {
    return programs.succeed(command(words));
  }

  /** Types a command, however it ends. */
  public Ended tryTo(String... words) throws IOException, InterruptedException, NoFigure {
    return programs.run(command(words));
  }

  private List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    return List.copyOf(command);
  }

  /** What its processes use at this moment. */
  public Footprint footprint() throws NoFigure {
    RunFolder run = new RunFolder(home.run());
    Map<String, ProcessId> processes = new LinkedHashMap<>(run.members());
    processes.put(
        "supervisor",
        run.supervisor().orElseThrow(() -> new NoFigure("the stack of " + home + " is down")));
    return Footprint.of(processes);
  }

  /** The worker's process. */
  public long worker() throws NoFigure {
    ProcessId worker = new RunFolder(home.run()).members().get("worker");
    if (worker == null) {
      throw new NoFigure("the stack of " + home + " has no worker");
    }
    return worker.pid();
  }

  /** The folder that it works in. */
  public Path home() {
    return home.folder();
  }

  /** Whoever is about to start it is ended first. */
  private void stopOnSignal() {
    try {
      programs.end();
      requireDown();
    } catch (IOException | NoFigure e) {
      System.err.println("the stack of " + home.folder() + " may run still: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A stack that nobody sees would weigh on every figure that is measured after this one. */
  private void requireDown() throws IOException, InterruptedException, NoFigure {
    Ended down = last.run(command("down"));
    if (down.exitCode() != 0) {
      throw new NoFigure("the stack of " + home.folder() + " runs still: " + down.err());
    }
  }

  /** Takes it down. */
  @Override
  public void close() throws IOException {
    try {
      requireDown();
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the stack goes down", e);
    } catch (NoFigure e) {
      throw new IOException(e);
    }
  }
}
