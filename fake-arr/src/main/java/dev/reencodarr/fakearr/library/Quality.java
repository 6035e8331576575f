package dev.reencodarr.fakearr.library;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quality and its revision.
 *
 * @param id the program's own number
 * @param source in the words of the program
 * @param resolution lines; 0 if unknown
 * @param modifier Radarr's; none for Sonarr
 * @param version 2 for a proper
 */
public record Quality(
    int id, String name, String source, int resolution, String modifier, int version) {

  private static final Pattern RESOLUTION = Pattern.compile("\\b(480|720|1080|2160)p\\b");

  private static final Quality UNKNOWN = new Quality(0, "Unknown", "unknown", 0, "none", 1);

  private static final List<Quality> SONARR =
      List.of(
          UNKNOWN,
          new Quality(1, "SDTV", "television", 480, "none", 1),
          new Quality(8, "WEBDL-480p", "web", 480, "none", 1),
          new Quality(2, "DVD", "dvd", 480, "none", 1),
          new Quality(4, "HDTV-720p", "television", 720, "none", 1),
          new Quality(9, "HDTV-1080p", "television", 1080, "none", 1),
          new Quality(14, "WEBRip-720p", "webRip", 720, "none", 1),
          new Quality(5, "WEBDL-720p", "web", 720, "none", 1),
          new Quality(6, "Bluray-720p", "bluray", 720, "none", 1),
          new Quality(15, "WEBRip-1080p", "webRip", 1080, "none", 1),
          new Quality(3, "WEBDL-1080p", "web", 1080, "none", 1),
          new Quality(7, "Bluray-1080p", "bluray", 1080, "none", 1),
          new Quality(20, "Bluray-1080p Remux", "blurayRaw", 1080, "none", 1),
          new Quality(16, "HDTV-2160p", "television", 2160, "none", 1),
          new Quality(17, "WEBRip-2160p", "webRip", 2160, "none", 1),
          new Quality(18, "WEBDL-2160p", "web", 2160, "none", 1),
          new Quality(19, "Bluray-2160p", "bluray", 2160, "none", 1),
          new Quality(21, "Bluray-2160p Remux", "blurayRaw", 2160, "none", 1));

  private static final List<Quality> RADARR =
      List.of(
          UNKNOWN,
          new Quality(1, "SDTV", "tv", 480, "none", 1),
          new Quality(8, "WEBDL-480p", "webdl", 480, "none", 1),
          new Quality(2, "DVD", "dvd", 0, "none", 1),
          new Quality(4, "HDTV-720p", "tv", 720, "none", 1),
          new Quality(9, "HDTV-1080p", "tv", 1080, "none", 1),
          new Quality(14, "WEBRip-720p", "webrip", 720, "none", 1),
          new Quality(5, "WEBDL-720p", "webdl", 720, "none", 1),
          new Quality(6, "Bluray-720p", "bluray", 720, "none", 1),
          new Quality(15, "WEBRip-1080p", "webrip", 1080, "none", 1),
          new Quality(3, "WEBDL-1080p", "webdl", 1080, "none", 1),
          new Quality(7, "Bluray-1080p", "bluray", 1080, "none", 1),
          new Quality(30, "Remux-1080p", "bluray", 1080, "remux", 1),
          new Quality(16, "HDTV-2160p", "tv", 2160, "none", 1),
          new Quality(17, "WEBRip-2160p", "webrip", 2160, "none", 1),
          new Quality(18, "WEBDL-2160p", "webdl", 2160, "none", 1),
          new Quality(19, "Bluray-2160p", "bluray", 2160, "none", 1),
          new Quality(31, "Remux-2160p", "bluray", 2160, "remux", 1));

  /** All that the program knows, the worst first. */
  public static List<Quality> all(ArrKind kind) {
    return switch (kind) {
      case SONARR -> SONARR;
      case RADARR -> RADARR;
    };
  }

  /** What a file's name says of it, and where it says nothing, its extension. */
  public static Quality parsed(ArrKind kind, String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    Matcher lines = RESOLUTION.matcher(name);
    int resolution = lines.find() ? Integer.parseInt(lines.group(1)) : 0;
    Quality found = spoken(kind, wanted(name, resolution));
    return name.contains("proper") || name.contains("repack")
        ? new Quality(found.id, found.name, found.source, found.resolution, found.modifier, 2)
        : found;
  }

  private static Quality spoken(ArrKind kind, String name) {
    return all(kind).stream()
        .filter(quality -> quality.spoken().equals(name))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** The two programs call a remux by different names. */
  private String spoken() {
    return name.contains("Remux") ? "Remux-" + resolution + "p" : name;
  }

  private static String wanted(String name, int resolution) {
    String source = source(name);
    if (source.equals("DVD")) {
      return source;
    }
    if (resolution == 0) {
      return name.endsWith(".mkv") ? "HDTV-720p" : name.endsWith(".avi") ? "SDTV" : "Unknown";
    }
    return source.equals("HDTV") && resolution == 480 ? "SDTV" : source + "-" + resolution + "p";
  }

  private static String source(String name) {
    if (name.contains("remux")) {
      return "Remux";
    }
    if (name.contains("bluray") || name.contains("bdrip")) {
      return "Bluray";
    }
    if (name.contains("webrip")) {
      return "WEBRip";
    }
    if (name.contains("web-dl") || name.contains("webdl") || name.contains("web.")) {
      return "WEBDL";
    }
    return name.contains("dvd") ? "DVD" : "HDTV";
  }
}
