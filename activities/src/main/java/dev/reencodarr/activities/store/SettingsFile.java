package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.reencodarr.workflows.plan.HardwareValues;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.plan.SettingsInvalid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings in force: defaults, over them {@code $REENCODARR_HOME/settings.yaml}, over that the
 * environment. Each knows where it comes from.
 */
public final class SettingsFile {

  private static final Pattern LINKS = Pattern.compile("skip|follow");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private static final String PORT =
      "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):" + PORT);

  private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[^\\s/?#@]+(?:/[^\\s?#]*)?");
  private static final int MANY = 1_000_000;
  private static final String DEFAULT = "default";
  private static final String LOCAL = "run/stack.json";

  private final Settings settings;
  private final List<SettingValue> values;

  private SettingsFile(Settings settings, List<SettingValue> values) {
    this.settings = settings;
    this.values = values;
  }

  /**
   * Reads the settings.
   *
   * @param home {@code $REENCODARR_HOME}; it need not exist
   * @throws SettingsInvalid if a key is unknown, a value cannot be used, or the file not be read
   */
  public static SettingsFile read(Path home, Map<String, String> environment) {
    Map<SettingKey, SettingValue> values = new EnumMap<>(SettingKey.class);
    for (SettingKey key : SettingKey.values()) {
      values.put(key, new SettingValue(key, key.standard(), DEFAULT));
    }
    values.put(SettingKey.HOST, new SettingValue(SettingKey.HOST, hostName(), "host name"));
    LocalStack.read(home).ifPresent(stack -> putLocal(values, stack));
    Path file = home.resolve("settings.yaml");
    try {
      readFile(file, Files.readString(file), values);
    } catch (NoSuchFileException e) {
      // No file: the defaults.
    } catch (JsonProcessingException e) {
      throw new SettingsInvalid(
          at(file, e.getLocation() == null ? 0 : e.getLocation().getLineNr())
              + ": not YAML: "
              + firstLine(e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new SettingsInvalid(file + " cannot be read: " + e, e);
    }
    for (SettingKey key : SettingKey.values()) {
      Optional.ofNullable(environment.get(key.environment()))
          .ifPresent(text ->
              values.put(key, new SettingValue(key, text, "environment " + key.environment())));
    }
    putLocalPassword(values, home);
    return new SettingsFile(settings(values), List.copyOf(values.values()));
  }

  /** The settings. */
  public Settings settings() {
    return settings;
  }

  /** Each value with its origin, in the order of the table. */
  public List<SettingValue> values() {
    return values;
  }

  private static void putLocal(Map<SettingKey, SettingValue> values, LocalStack stack) {
    values.put(
        SettingKey.TEMPORAL_ADDRESS,
        new SettingValue(SettingKey.TEMPORAL_ADDRESS, stack.temporalAddress(), LOCAL));
    values.put(
        SettingKey.TEMPORAL_UI,
        new SettingValue(SettingKey.TEMPORAL_UI, stack.temporalUi(), LOCAL));
    values.put(
        SettingKey.DATABASE_URL,
        new SettingValue(SettingKey.DATABASE_URL, stack.databaseUrl(), LOCAL));
  }

  /** The local password is for the local server alone: none that is set elsewhere gets it. */
  private static void putLocalPassword(Map<SettingKey, SettingValue> values, Path home) {
    SettingKey key = SettingKey.DATABASE_PASSWORD_FILE;
    Path file = LocalStack.databasePasswordFile(home);
    if (isFrom(LOCAL, SettingKey.DATABASE_URL, values)
        && isFrom(DEFAULT, key, values)
        && Files.exists(file)) {
      values.put(key, new SettingValue(key, file.toString(), LOCAL));
    }
  }

  private static boolean isFrom(
      String origin, SettingKey key, Map<SettingKey, SettingValue> values) {
    SettingValue value = values.get(key);
    return value != null && value.origin().equals(origin);
  }

  private static void readFile(Path file, String text, Map<SettingKey, SettingValue> values)
      throws IOException {
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      JsonToken start = parser.nextToken();
      if (start == null) {
        return;
      }
      if (start != JsonToken.START_OBJECT) {
        throw new SettingsInvalid(at(file, 1) + ": must hold lines of the form `key: value`");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String origin = at(file, parser.currentTokenLocation().getLineNr());
        SettingKey key = key(parser.currentName(), origin);
        values.put(key, new SettingValue(key, value(parser, key, origin), origin));
      }
    }
  }

  private static String value(JsonParser parser, SettingKey key, String origin) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return "";
    }
    if (token != JsonToken.START_ARRAY) {
      return scalar(parser, key, origin);
    }
    List<String> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(scalar(parser, key, origin));
    }
    return String.join(", ", elements);
  }

  private static String scalar(JsonParser parser, SettingKey key, String origin)
      throws IOException {
    if (!parser.currentToken().isScalarValue()) {
      throw new SettingsInvalid(origin + ": " + key.key() + " must be a single value or a list");
    }
    return parser.getText();
  }

  private static SettingKey key(String name, String origin) {
    return SettingKey.named(name)
        .orElseThrow(() ->
            new SettingsInvalid(
                origin
                    + ": there is no setting '"
                    + name
                    + "'; the settings are "
                    + Arrays.stream(SettingKey.values())
                        .map(SettingKey::key)
                        .collect(Collectors.joining(", "))));
  }

  private static String at(Path file, int line) {
    return file + (line > 0 ? " line " + line : "");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  private static Settings settings(Map<SettingKey, SettingValue> values) {
    return new Values(values).settings();
  }

  /** From texts to the typed tree. */
  private record Values(Map<SettingKey, SettingValue> values) {

    private SettingValue of(SettingKey key) {
      return values.getOrDefault(key, new SettingValue(key, key.standard(), DEFAULT));
    }

    Settings settings() {
      return new Settings(
          quality(), cores(), devices(), intake(), limits(), place(), connections(), webhooks());
    }

    private QualitySettings quality() {
      return QualitySettings.defaults()
          .with(values.values().stream().filter(value -> value.key().isOfVideos()).toList());
    }

    private Settings.Cores cores() {
      return new Settings.Cores(
          of(SettingKey.CPU_JOBS).whole(0, 1024),
          of(SettingKey.CPU_THREADS).whole(0, 1024),
          of(SettingKey.ANALYSES).whole(0, 1024));
    }

    private Settings.Devices devices() {
      return new Settings.Devices(
          of(SettingKey.GPU_JOBS).whole(1, 64),
          HardwareValues.ofMachine(of(SettingKey.MACHINE_ENCODERS)),
          HardwareValues.decodersOfMachine(of(SettingKey.MACHINE_DECODERS)));
    }

    private Settings.Intake intake() {
      return new Settings.Intake(
          of(SettingKey.VIDEO_EXTENSIONS).words().stream()
              .map(word -> word.toLowerCase(Locale.ROOT))
              .map(word -> word.startsWith(".") ? word.substring(1) : word)
              .toList(),
          of(SettingKey.STILL_SECONDS).whole(0, MANY),
          of(SettingKey.SCHEDULED_STILL_SECONDS).whole(0, MANY),
          of(SettingKey.SCAN_HOURS).whole(0, 24 * 366),
          of(SettingKey.WATCH_FOLDERS).yes(),
          of(SettingKey.OPEN_VIDEOS).whole(1, 10_000),
          of(SettingKey.SYMLINKS).matching("skip or follow", LINKS).equals("follow"));
    }

    private Settings.Limits limits() {
      return new Settings.Limits(
          of(SettingKey.FREE_SPACE_RESERVE).bytes(),
          of(SettingKey.STALL_SECONDS).whole(1, MANY),
          new Settings.Pace(
              of(SettingKey.STARVED_FPS).number(0, 1000),
              of(SettingKey.STARVED_SECONDS).whole(1, MANY)),
          of(SettingKey.QUARANTINE_DAYS).whole(0, MANY),
          of(SettingKey.QUARANTINE_PERCENT).whole(1, 100),
          of(SettingKey.REVIEW_PERCENT).whole(1, 100),
          of(SettingKey.STRICT_OWNER).yes(),
          of(SettingKey.SWAP_WITH_A_GAP).yes(),
          of(SettingKey.LOG_DAYS).whole(1, MANY));
    }

    private Settings.Place place() {
      String wanted = "letters, digits, dots, dashes and underscores";
      return new Settings.Place(
          of(SettingKey.ZONE).matching(wanted, NAME),
          of(SettingKey.HOST).optional().isPresent()
              ? of(SettingKey.HOST).matching(wanted, NAME)
              : hostName());
    }

    private Settings.Connections connections() {
      return new Settings.Connections(
          of(SettingKey.TEMPORAL_ADDRESS).optional(),
          of(SettingKey.TEMPORAL_NAMESPACE).matching("a namespace", NAME),
          of(SettingKey.TEMPORAL_UI).optional(),
          of(SettingKey.DATABASE_URL).optional(),
          of(SettingKey.DATABASE_PASSWORD_FILE).optional(),
          of(SettingKey.CRITICAL_WEBHOOK_FILE).optional());
    }

    private Settings.Webhooks webhooks() {
      return new Settings.Webhooks(
          matchingIfSet(SettingKey.WEBHOOK_ADDRESS, "like 0.0.0.0:9797", HOST_AND_PORT),
          matchingIfSet(SettingKey.WEBHOOK_PUBLIC_URL, "like http://nas:9797", WEB_ADDRESS));
    }

    private Optional<String> matchingIfSet(SettingKey key, String wanted, Pattern pattern) {
      return of(key).optional().map(set -> of(key).matching(wanted, pattern));
    }
  }

  /** The kernel's name of this machine, without asking a name server where that can be avoided. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unknown) {
        return "localhost";
      }
    }
  }
}
