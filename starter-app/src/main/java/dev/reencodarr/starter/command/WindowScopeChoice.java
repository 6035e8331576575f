package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.WindowScope;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The machines that windows are for; none named: every machine. */
final class WindowScopeChoice {

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Of the machines of this zone; goes before what is set for all.")
  private @Nullable String zone;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Of this machine; goes before what is set for its zone.")
  private @Nullable String host;

  @Option(names = "--all", description = "Of every machine, which is also meant without it.")
  private boolean all;

  WindowScope scope() throws CommandFailed {
    long ways = Stream.of(zone != null, host != null, all).filter(Boolean::booleanValue).count();
    if (ways > 1) {
      throw CommandFailed.usage("only one of --zone ZONE, --host HOST or --all");
    }
    if (zone != null) {
      return new WindowScope.OfZone(named("--zone", zone));
    }
    return host == null
        ? new WindowScope.Everywhere()
        : new WindowScope.OfHost(named("--host", host));
  }

  private static String named(String option, String name) throws CommandFailed {
    if (name.isBlank()) {
      throw CommandFailed.usage(option + " needs a name");
    }
    return name.strip();
  }
}
