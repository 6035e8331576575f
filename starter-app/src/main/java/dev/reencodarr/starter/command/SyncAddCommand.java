package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.starter.view.CheckText;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.ConnectionCheck;
import dev.reencodarr.workflows.sync.SyncSchedule;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a connection to Sonarr or Radarr. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Adds a Sonarr or Radarr, after a look at it: is it the right program, do we see its files,",
      "which of its settings will hurt. From then on it is looked through again and again."
    })
final class SyncAddCommand implements Callable<Integer> {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "sonarr|radarr", description = "What it is.")
  private String kind = "";

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "Its address with its URL base, such as http://nas:8989/sonarr.")
  private String url = "";

  @Option(
      names = "--api-key-file",
      required = true,
      paramLabel = "FILE",
      description = {
        "Holds its API key (Settings, General); - reads the standard input.",
        "It is kept encrypted, under secret.key in the home folder."
      })
  private String keyFile = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What it is called here, a-z, 0-9 and -; sonarr or radarr else.")
  private @Nullable String name;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The zone that reaches it and sees its files; this machine's else.")
  private @Nullable String zone;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "6h",
      description = "How often it is looked through, such as 30m or 6h.")
  private String every = "6h";

  @Option(
      names = "--no-libraries",
      description = "Do not make libraries of its root folders that lie in none.")
  private boolean noLibraries;

  @Mixin private PathOptions paths = new PathOptions();

  SyncAddCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    ArrKind program =
        ArrKind.parse(kind)
            .orElseThrow(() -> CommandFailed.usage("'" + kind + "' is neither sonarr nor radarr"));
    try (Connections connections = Connections.of(surroundings)) {
      String inZone =
          Optional.ofNullable(zone).orElseGet(() -> connections.settings().place().zone());
      Connection wished =
          new Connection(
              0,
              name(program),
              program,
              ServerAddress.parse(url, "http://nas:8989"),
              0,
              inZone,
              paths.map(),
              time());
      SyncCall call = new SyncCall(connections.temporal());
      ConnectionRepository rows = new ConnectionRepository(connections.database());
      requireFree(rows, wished);
      String key = TokenFile.read(keyFile, surroundings.workingFolder());
      Connection added = rows.add(wished, HomeKey.of(surroundings), key);
      return addIfFit(connections, rows, call, added).code();
    }
  }

  private String name(ArrKind program) throws CommandFailed {
    String wished = Optional.ofNullable(name).orElse(program.code());
    if (!NAME.matcher(wished).matches()) {
      throw CommandFailed.usage("--name may hold a-z, 0-9 and -, 40 characters at most");
    }
    return wished;
  }

  private Duration time() throws CommandFailed {
    Duration time = TimeSpan.parse("--every", every);
    if (time.compareTo(SyncSchedule.SHORTEST) < 0 || time.compareTo(SyncSchedule.LONGEST) > 0) {
      throw CommandFailed.usage(
          "--every is "
              + SyncSchedule.SHORTEST.toMinutes()
              + "m at least and "
              + SyncSchedule.LONGEST.toDays()
              + "d at most");
    }
    return time;
  }

  private static void requireFree(ConnectionRepository rows, Connection wished)
      throws CommandFailed {
    if (rows.named(wished.name()).isPresent()) {
      throw CommandFailed.usage(
          "there is a connection "
              + wished.name()
              + " already; give this one another --name, or remove that one first");
    }
    URI url = wished.url();
    Optional<Connection> other = rows.at(url);
    if (other.isPresent()) {
      throw CommandFailed.usage(url + " is the connection " + other.get().name() + " already");
    }
  }

  /** What is not fit is not kept, whatever happens on the way. */
  private ExitCode addIfFit(
      Connections connections, ConnectionRepository rows, SyncCall call, Connection added)
      throws CommandFailed {
    boolean kept = false;
    try {
      ConnectionCheck check = call.check(added);
      CheckText.lines(check).forEach(surroundings::say);
      if (!check.isFit()) {
        surroundings.say("nothing was added");
        return ExitCode.FAILED;
      }
      provideLibraries(connections, check);
      call.schedule(added);
      kept = true;
    } finally {
      if (!kept) {
        rows.remove(added);
      }
    }
    surroundings.out().println("connection " + added.name() + " added: " + added.words());
    surroundings.say(
        "it is looked through every "
            + every
            + "; begin now with: ./reencodarr sync run "
            + added.name());
    return ExitCode.DONE;
  }

  private void provideLibraries(Connections connections, ConnectionCheck check)
      throws CommandFailed {
    Register register = Register.of(connections, surroundings);
    for (MediaPath root : check.roots()) {
      if (!noLibraries) {
        register.provide(root, false);
      } else if (register.covering(root).isEmpty()) {
        surroundings.say(root + " lies in no library: its files are left alone");
      }
    }
  }
}
