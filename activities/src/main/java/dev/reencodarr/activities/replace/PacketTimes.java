package dev.reencodarr.activities.replace;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What ffprobe says of a stream and its packets, in its compact form: one line for each. */
final class PacketTimes {

  private static final String UNKNOWN = "N/A";

  private final Map<String, String> stream = new HashMap<>();
  private final Map<String, String> format = new HashMap<>();
  private long last = Long.MIN_VALUE;

  void line(String line) {
    String[] fields = line.split("\\|", -1);
    switch (fields[0]) {
      case "packet" -> packet(keyed(fields));
      case "stream" -> stream.putAll(keyed(fields));
      case "format" -> format.putAll(keyed(fields));
      default -> {}
    }
  }

  private static Map<String, String> keyed(String[] fields) {
    Map<String, String> values = new HashMap<>();
    for (String field : fields) {
      int equals = field.indexOf('=');
      if (equals > 0 && !field.endsWith("=" + UNKNOWN)) {
        values.put(field.substring(0, equals), field.substring(equals + 1));
      }
    }
    return values;
  }

  /** Shown in another order than stored; some containers know the stored order alone. */
  private void packet(Map<String, String> values) {
    String time = values.getOrDefault("pts", values.getOrDefault("dts", ""));
    if (time.matches("-?\\d{1,18}")) {
      last = Math.max(last, Long.parseLong(time));
    }
  }

  /** Empty where the answer was cut before it came to the stream. */
  Optional<FrameTally> tally(String complaints) {
    if (stream.isEmpty() || format.isEmpty()) {
      return Optional.empty();
    }
    double from = number(format.get("start_time"));
    OptionalDouble lastSeconds =
        last == Long.MIN_VALUE
            ? OptionalDouble.empty()
            : OptionalDouble.of(last * timeBase() - from);
    return Optional.of(
        new FrameTally(
            // ffprobe leaves a count of 0 out
            (long) number(stream.get("nb_read_packets")),
            number(stream.get("start_time")) - from,
            lastSeconds,
            complaints));
  }

  private double timeBase() {
    String[] ratio = stream.getOrDefault("time_base", "").split("/", -1);
    return ratio.length == 2 ? number(ratio[0]) / Math.max(1, number(ratio[1])) : 0;
  }

  private static double number(@Nullable String said) {
    return said != null && said.matches("-?\\d{1,18}(\\.\\d+)?") ? Double.parseDouble(said) : 0;
  }
}
