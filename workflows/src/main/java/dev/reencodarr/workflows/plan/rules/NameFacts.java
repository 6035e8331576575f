package dev.reencodarr.workflows.plan.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of releases say, by custom. */
final class NameFacts {

  private static final int FIRST_YEAR = 1950;
  private static final int LAST_YEAR = 2030;

  /**
   * The surest first. Any four digits would hit numbers of releases. Of several that stand alone
   * the last is the year, since a title comes before it.
   */
  private static final Pattern[] YEARS = {
    Pattern.compile("\\((\\d{4})\\)"),
    Pattern.compile("\\[(\\d{4})\\]"),
    Pattern.compile("\\.(\\d{4})(?=\\.)"),
    Pattern.compile(" (\\d{4})(?= |$)")
  };

  private static final Map<String, Pattern> RELEASES = releases();

  private NameFacts() {}

  private static Map<String, Pattern> releases() {
    Map<String, Pattern> releases = new LinkedHashMap<>();
    releases.put("remux", word("(?:bd|dvd|uhd)?remux"));
    releases.put("bluray", word("(?:uhd)?blu-?ray|bdrip|brrip|bd(?:25|50)"));
    releases.put("webrip", word("web-?rip"));
    releases.put("web", word("web(?:-?dl)?"));
    releases.put("tv", word("[hps]dtv|tvrip|dvb"));
    releases.put("dvd", word("dvd(?:-?rip|-?r|[59])?"));
    return releases;
  }

  private static Pattern word(String alternatives) {
    return Pattern.compile(
        "(?<![a-z0-9])(?:" + alternatives + ")(?![a-z0-9])", Pattern.CASE_INSENSITIVE);
  }

  /** The year of a film from 1950 to 2030, of the text that names one first; 0 where none does. */
  static int year(String... texts) {
    for (String text : texts) {
      for (Pattern pattern : YEARS) {
        int last = 0;
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
          int year = Integer.parseInt(matcher.group(1));
          last = year >= FIRST_YEAR && year <= LAST_YEAR ? year : last;
        }
        if (last > 0) {
          return last;
        }
      }
    }
    return 0;
  }

  /**
   * What a release was made from: remux, bluray, webrip, web, tv or dvd; empty if it is not said.
   */
  static String release(String name) {
    return RELEASES.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(name).find())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
