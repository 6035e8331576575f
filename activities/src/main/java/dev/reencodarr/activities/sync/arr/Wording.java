package dev.reencodarr.activities.sync.arr;

import dev.reencodarr.activities.process.SecretMask;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Makes of the words of a program what may be told on: one short line, without secrets. */
final class Wording {

  private static final int LETTERS = 200;
  private static final Pattern UNSEEN = Pattern.compile("\\p{C}+");

  private final Pattern key;

  Wording(String key) {
    String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
    this.key =
        Pattern.compile(
            Pattern.quote(key) + "|" + Pattern.quote(encoded), Pattern.CASE_INSENSITIVE);
  }

  /** The first line. It is masked before it is cut: half a key is still half a key. */
  String line(String text) {
    String first = text.strip().lines().findFirst().orElse("");
    String seen = UNSEEN.matcher(first).replaceAll(" ").strip();
    String masked = SecretMask.of(key.matcher(seen).replaceAll(SecretMask.MASK));
    return masked.length() <= LETTERS ? masked : cut(masked);
  }

  private static String cut(String line) {
    int end = LETTERS - 1;
    // Never through the middle of a letter that takes two places.
    int whole = Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end;
    return line.substring(0, whole) + "…";
  }
}
