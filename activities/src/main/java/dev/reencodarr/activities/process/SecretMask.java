package dev.reencodarr.activities.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of texts and command lines of programs whatever looks like a key or a password. What is
 * told of failures is read by people, shown in reports and pasted into bug reports, so that too
 * much masked is better than too little.
 */
public final class SecretMask {

  /** What stands in the place of a secret. */
  public static final String MASK = "***";

  private static final String NAME =
      "(?:[\\w.-]*(?:api[_-]?key|apikey|token|passw(?:or)?d|passphrase|secret|credential)[\\w.-]*"
          + "|[\\w.-]*authorization)";

  /** So that a long word is looked at once and not from each of its letters on. */
  private static final String WORD_BEGINS = "(?<![\\w.-])";

  /** {@code password=…}, {@code "apiKey": "…"}, {@code X-Api-Key: …}, {@code --token …}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)"
              + WORD_BEGINS
              + "("
              + NAME
              + "[\"']?\\s*[=:]\\s*|--?"
              + NAME
              + "\\s+)"
              + "(?:(?:bearer|basic)\\s+)?(\"[^\"]*\"|'[^']*'|[^\\s\"'&,;]+)");

  private static final Pattern SCHEME = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}");
  private static final Pattern USER_INFO =
      Pattern.compile("(?<!\\w)(\\w+://[^\\s/:@]*):[^\\s/@]+@");

  /** Sonarr's and Radarr's keys are 32 hex digits; in a path such a word is a name. */
  private static final Pattern BARE_KEY =
      Pattern.compile("(?<![\\w./-])[0-9a-fA-F]{32}(?![\\w./-])");

  private static final Pattern OPTION = Pattern.compile("(?i)--?" + NAME);

  private SecretMask() {}

  /** The text with every secret replaced by {@value #MASK}. */
  public static String of(String text) {
    String masked = NAMED.matcher(text).replaceAll("$1" + MASK);
    masked = SCHEME.matcher(masked).replaceAll("$1 " + MASK);
    masked = USER_INFO.matcher(masked).replaceAll("$1:" + MASK + "@");
    return BARE_KEY.matcher(masked).replaceAll(MASK);
  }

  /** The command line with every secret masked, also one that is an argument of its own. */
  public static List<String> of(List<String> arguments) {
    List<String> masked = new ArrayList<>();
    boolean secretFollows = false;
    for (String argument : arguments) {
      masked.add(secretFollows ? MASK : of(argument));
      secretFollows = OPTION.matcher(argument).matches();
    }
    return List.copyOf(masked);
  }
}
