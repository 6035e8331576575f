package dev.reencodarr.worker;

import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.workflows.plan.Settings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** The worker's start: its home, its settings, the queues that follow from them. */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
public class WorkerApplication {

  private static final int REFUSED = 1;

  /** Starts the worker; it ends by SIGTERM or SIGINT, or when it is unfit to start at all. */
  public static void main(String[] arguments) throws Exception {
    try {
      start(arguments);
    } catch (HomeTaken taken) {
      System.err.println(taken.getMessage());
      System.exit(REFUSED);
    }
  }

  private static void start(String[] arguments) throws IOException, HomeTaken {
    requireUtf8();
    Path home = home(System.getenv());
    SettingsFile file = SettingsFile.read(home, System.getenv());
    Settings settings = file.settings();
    HomeLock lock = HomeLock.take(home, settings.place().host());
    SpringApplication application = new SpringApplication(WorkerApplication.class);
    application.setDefaultProperties(properties(settings));
    application.addInitializers(context -> {
      context.getBeanFactory().registerSingleton("settings", settings);
      context.getBeanFactory().registerSingleton("settingsFile", file);
      context.getBeanFactory().registerSingleton("home", new WorkerHome(home));
      context.getBeanFactory().registerSingleton("homeLock", lock);
    });
    application.run(arguments);
  }

  private static void requireUtf8() {
    String names = System.getProperty("sun.jnu.encoding", "");
    if (!Charset.forName(names).equals(StandardCharsets.UTF_8)) {
      throw new IllegalStateException(
          "file names would be read as "
              + names
              + ": start with LC_ALL=C.UTF-8, else every file"
              + " with a name beyond ASCII is lost sight of");
    }
  }

  private static Path home(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("REENCODARR_HOME"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".reencodarr"))
        .toAbsolutePath()
        .normalize();
  }

  private static Map<String, Object> properties(Settings settings) {
    String address =
        settings
            .connections()
            .temporalAddress()
            .orElseThrow(() ->
                new IllegalStateException(
                    "no Temporal address: ./reencodarr up starts a local one, or set"
                        + " temporal_address"));
    return Map.of(
        "reencodarr.temporal.address", address,
        "reencodarr.temporal.namespace", settings.connections().temporalNamespace(),
        "reencodarr.zone", settings.place().zone(),
        "reencodarr.host", settings.place().host());
  }
}
