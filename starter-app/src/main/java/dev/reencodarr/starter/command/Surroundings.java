package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.order.Answer;
import dev.reencodarr.starter.Home;
import dev.reencodarr.starter.tools.FitnessCheck;
import dev.reencodarr.starter.tools.Installer;
import dev.reencodarr.starter.tools.Pip;
import dev.reencodarr.starter.tools.ToolSearch;
import dev.reencodarr.starter.view.Printable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param out results, and nothing else
 * @param err everything else there is to say
 * @param terminal whether {@code out} is a terminal
 * @param environment variables
 * @param workingFolder that relative paths are relative to
 * @param program the folder of the program's own sources and builds
 */
public record Surroundings(
    Home home,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    Map<String, String> environment,
    Path workingFolder,
    Path program) {

  /** Progress and remarks. */
  void say(String line) {
    err.println(line);
    err.flush();
  }

  /** Why a word to a video changes nothing, where it does not. */
  void sayRefusal(Answer answer) {
    answer
        .refusal()
        .ifPresent(why -> say(Printable.of(answer.video().path().value()) + ": " + why));
  }

  ToolSearch toolSearch() {
    return new ToolSearch(environment.getOrDefault("PATH", ""), home.tools(), new FitnessCheck());
  }

  Installer installer() {
    return new Installer(home.tools(), new Pip(), toolSearch(), new FitnessCheck(), this::say);
  }

  Path workerJar() {
    return program.resolve("worker-app/target/worker-app-0.1.0-SNAPSHOT-boot.jar");
  }
}
