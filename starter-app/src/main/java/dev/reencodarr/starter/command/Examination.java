package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.DatabaseServer;
import dev.reencodarr.activities.store.InstallationRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.LivingWorker;
import dev.reencodarr.activities.store.RootWatch;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.activities.store.media.MediaServerRepository;
import dev.reencodarr.activities.store.media.MediaServerState;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.WebhookEndpointRepository;
import dev.reencodarr.starter.stack.TemporalNamespace;
import dev.reencodarr.starter.tools.EncoderTrial;
import dev.reencodarr.starter.tools.Gpu;
import dev.reencodarr.starter.tools.GpuSearch;
import dev.reencodarr.starter.tools.Tool;
import dev.reencodarr.starter.tools.ToolSearch.Result;
import dev.reencodarr.starter.view.ConnectionView;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.WatchingView;
import dev.reencodarr.starter.view.WebhookView;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.plan.SettingsInvalid;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataAccessException;

/** Everything that `doctor` looks at, one finding each. */
final class Examination {

  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final String START = "not running; start it with ./reencodarr up";

  private static final String LIBRARY = "library";

  private final Surroundings surroundings;
  private final RootWatch roots = new RootWatch(ANSWER);
  private final List<Finding> findings = new ArrayList<>();

  Examination(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  List<Finding> findings() throws InterruptedException {
    findings.add(
        Finding.ok(
            "Java", System.getProperty("java.version") + ", " + System.getProperty("java.home")));
    findings.add(Finding.ok("locale", "UTF-8"));
    tools();
    disk("home", surroundings.home().folder());
    try (Connections connections = Connections.of(surroundings)) {
      Settings.Connections addresses = connections.settings().connections();
      database(addresses, connections.settings().limits().freeSpaceReserve());
      temporal(addresses);
    } catch (SettingsInvalid e) {
      findings.add(Finding.unfit("settings", String.valueOf(e.getMessage())));
    }
    return List.copyOf(findings);
  }

  private void tools() throws InterruptedException {
    for (Tool tool : Tool.values()) {
      switch (surroundings.toolSearch().find(tool)) {
        case Result.Found found -> {
          findings.add(Finding.ok(tool.program(), found.version() + ", " + found.program()));
          if (tool == Tool.FFMPEG) {
            encoders(found.program());
          }
        }
        case Result.Missing missing ->
            findings.add(
                Finding.unfit(
                    tool.program(),
                    (missing.why().isEmpty() ? "missing" : missing.why())
                        + "; ./reencodarr up installs "
                        + tool.pinnedVersion()));
      }
    }
  }

  private void encoders(Path ffmpeg) throws InterruptedException {
    List<String> working = new EncoderTrial(ffmpeg).working();
    findings.add(
        working.isEmpty()
            ? Finding.unfit("encoders", "none of this machine works")
            : Finding.ok("encoders", String.join(", ", working)));
    gpus(new GpuSearch(ffmpeg));
  }

  private void gpus(GpuSearch search) throws InterruptedException {
    List<Gpu> gpus = search.seen();
    if (gpus.isEmpty()) {
      findings.add(Finding.ok("GPU", "none: nvidia-smi and /sys/class/drm name no device"));
    }
    for (Gpu gpu : gpus) {
      findings.add(Finding.ok("GPU", gpu.name() + ": " + search.abilities(gpu)));
    }
  }

  private void disk(String what, Path folder) {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isWritable(there)) {
      findings.add(Finding.unfit(what, folder + " cannot be written by this user"));
      return;
    }
    findings.add(Finding.ok(what, folder + ", " + free(there)));
  }

  private static String free(Path folder) {
    try {
      return Figures.bytes(Files.getFileStore(folder).getUsableSpace()) + " free";
    } catch (IOException e) {
      return "free space unknown: " + e.getMessage();
    }
  }

  private void database(Settings.Connections addresses, long reserve) {
    Optional<String> url = addresses.databaseUrl();
    if (url.isEmpty()) {
      findings.add(Finding.note("PostgreSQL", START));
      return;
    }
    try (Connections connections = Connections.of(surroundings)) {
      DatabaseServer server = new DatabaseServer(ConnectionSource.of(addresses));
      DatabaseServer.DURABLE.forEach(setting -> durability(server, setting));
      UUID installation = new InstallationRepository(connections.database()).id();
      for (Library library : new LibraryRepository(connections.database()).list()) {
        library(library, installation, reserve);
      }
      workers(new WorkerRepository(connections.database()).living(WorkerRepository.FRESH));
      for (MediaServerState state : new MediaServerRepository(connections.database()).states()) {
        String line = WatchingView.of(state).line();
        findings.add(
            state.problem().isEmpty()
                ? Finding.ok("watching", line)
                : Finding.note("watching", line));
      }
      ConnectionViews views = new ConnectionViews(connections.database());
      new ConnectionRepository(connections.database())
          .list().stream().map(views::of).forEach(this::connection);
      new WebhookEndpointRepository(connections.database())
          .living().stream().map(WebhookView::of).forEach(this::webhooks);
    } catch (DataAccessException e) {
      findings.add(
          Finding.unfit(
              "PostgreSQL",
              url.get()
                  + (Commands.refusesUs(e)
                      ? " lets nobody in without the right password; see database_password_file"
                      : " does not answer; is it running? (up)")));
    } catch (CommandFailed e) {
      findings.add(Finding.note("PostgreSQL", START));
    }
  }

  private void durability(DatabaseServer server, String setting) {
    String value = server.setting(setting);
    findings.add(
        value.equals("off")
            ? Finding.unfit(
                "PostgreSQL", setting + " is off: what it has written can be lost; switch it on")
            : Finding.ok("PostgreSQL", setting + " " + value));
  }

  /** Looked at in a thread of its own: a mount that hangs must not hang `doctor`. */
  private void library(Library library, UUID installation, long reserve) {
    try {
      findings.add(
          roots.look(library.root(), () -> libraryFinding(library, installation, reserve)));
    } catch (IOException e) {
      findings.add(Finding.unfit(LIBRARY, library.root() + ": " + e.getMessage()));
    }
  }

  private static Finding libraryFinding(Library library, UUID installation, long reserve)
      throws IOException {
    Path root = Path.of(library.root().value());
    if (!Files.isDirectory(root)) {
      return Finding.unfit(LIBRARY, root + " is not there: is its disk mounted?");
    }
    Optional<LibraryMarker> marker = LibraryMarker.read(root);
    if (!library.readOnly() && marker.isEmpty()) {
      return Finding.unfit(LIBRARY, root + " has no marker: is its disk mounted?");
    }
    if (!library.readOnly()
        && marker.filter(new LibraryMarker(library.id(), installation)::equals).isEmpty()) {
      return Finding.unfit(LIBRARY, root + " belongs to another library or installation");
    }
    if (!library.readOnly() && !Files.isWritable(root)) {
      return Finding.unfit(LIBRARY, root + " cannot be written by this user");
    }
    return root.toFile().getUsableSpace() < reserve
        ? Finding.unfit(LIBRARY, root + " has only " + free(root))
        : Finding.ok(LIBRARY, root + ", " + free(root));
  }

  private void connection(ConnectionView view) {
    findings.add(
        view.problem().isEmpty()
            ? Finding.ok("sync", view.line())
            : Finding.note("sync", view.line()));
  }

  private void webhooks(WebhookView view) {
    findings.add(
        view.problem().isEmpty()
            ? Finding.ok("webhooks", view.line())
            : Finding.note("webhooks", view.line()));
  }

  private void workers(List<LivingWorker> workers) {
    if (workers.isEmpty()) {
      findings.add(Finding.unfit("worker", "none has reported itself in the last minute"));
    }
    for (LivingWorker worker : workers) {
      findings.add(Finding.ok("worker", worker.host() + ": " + String.join(", ", worker.queues())));
      if (!worker.held().isEmpty()) {
        findings.add(Finding.note("worker", worker.host() + " is held: " + worker.held()));
      }
      worker
          .paused()
          .forEach((queue, why) -> {
            if (!why.equals(worker.held())) {
              findings.add(
                  Finding.unfit("worker", worker.host() + " has stopped " + queue + ": " + why));
            }
          });
    }
  }

  private void temporal(Settings.Connections addresses) {
    if (addresses.temporalAddress().isEmpty()) {
      findings.add(Finding.note("Temporal", START));
      return;
    }
    String address = addresses.temporalAddress().get();
    try (TemporalNamespace namespace = TemporalNamespace.at(address)) {
      if (!namespace.answers(ANSWER)) {
        findings.add(Finding.unfit("Temporal", address + " does not answer; is it running? (up)"));
        return;
      }
      findings.add(Finding.ok("Temporal", address));
      Set<String> missing = namespace.missingSearchAttributes();
      findings.add(
          missing.isEmpty()
              ? Finding.ok("Temporal", "all search attributes are there")
              : Finding.unfit(
                  "Temporal",
                  "search attributes are missing: "
                      + String.join(", ", missing)
                      + "; ./reencodarr up creates them"));
    } catch (StatusRuntimeException e) {
      findings.add(Finding.unfit("Temporal", address + ": " + e.getStatus()));
    }
  }
}
