package dev.reencodarr.starter.command;

import dev.reencodarr.starter.tools.Clip;
import dev.reencodarr.starter.tools.ClipFetcher;
import dev.reencodarr.starter.tools.Installer;
import dev.reencodarr.starter.tools.Pip;
import dev.reencodarr.starter.tools.Tool;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The installation by itself: what `./reencodarr test` needs before it runs the tests. */
@Command(
    name = "install",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Installs the tools that are missing.")
final class InstallCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--pinned", description = "The pinned versions, whatever PATH has.")
  private boolean pinned;

  @Option(names = "--clips", description = "The real clips too.")
  private boolean clips;

  InstallCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    Installer installer = surroundings.installer();
    if (pinned) {
      for (Tool tool : Tool.inOrderOfInstallation()) {
        installer.installPinned(tool);
      }
    } else {
      installer.provide();
    }
    if (clips) {
      new ClipFetcher(surroundings.home().clips(), new Pip(), surroundings::say).fetch(Clip.all());
    }
    return ExitCode.DONE.code();
  }
}
