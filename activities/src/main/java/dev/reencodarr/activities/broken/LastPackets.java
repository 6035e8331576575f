package dev.reencodarr.activities.broken;

import java.util.HashMap;
import java.util.Map;

/**
 * When the last packets of a file end, in seconds by the clock of its container.
 *
 * @param film of pictures and sound; negative infinity where none was read
 * @param any of all streams; likewise
 */
record LastPackets(double film, double any) {

  /** What ffprobe is to be asked for, in its compact form. */
  static final String ENTRIES = "packet=codec_type,pts_time,dts_time,duration_time";

  private static final LastPackets NONE =
      new LastPackets(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

  static LastPackets of(String answer) {
    return answer.lines().map(LastPackets::ofOne).reduce(NONE, LastPackets::later);
  }

  private LastPackets later(LastPackets other) {
    return new LastPackets(Math.max(film, other.film), Math.max(any, other.any));
  }

  private static LastPackets ofOne(String packet) {
    Map<String, String> fields = new HashMap<>();
    for (String field : packet.split("\\|", -1)) {
      int equals = field.indexOf('=');
      fields.put(field.substring(0, Math.max(0, equals)), field.substring(equals + 1));
    }
    // Stored in another order than shown; some containers know the stored order alone.
    double shown = Math.max(seconds(fields, "pts_time"), seconds(fields, "dts_time"));
    double end = shown + Math.max(0, seconds(fields, "duration_time"));
    String kind = fields.getOrDefault("codec_type", "");
    return new LastPackets(
        kind.equals("video") || kind.equals("audio") ? end : Double.NEGATIVE_INFINITY, end);
  }

  private static double seconds(Map<String, String> fields, String key) {
    String said = fields.getOrDefault(key, "");
    return said.matches("-?\\d{1,15}(\\.\\d+)?")
        ? Double.parseDouble(said)
        : Double.NEGATIVE_INFINITY;
  }
}
