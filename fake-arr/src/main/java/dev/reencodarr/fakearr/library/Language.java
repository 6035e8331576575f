package dev.reencodarr.fakearr.library;

import java.util.List;
import java.util.Locale;

/** A language, by the program's own number. */
public record Language(int id, String name) {

  private static final List<Language> KNOWN =
      List.of(
          new Language(1, "English"),
          new Language(2, "French"),
          new Language(3, "Spanish"),
          new Language(4, "German"),
          new Language(5, "Italian"),
          new Language(8, "Japanese"));

  public static Language english() {
    return KNOWN.getFirst();
  }

  /** The language that a file's name speaks of, or else the one its title was made in. */
  public static Language of(String fileName, Language original) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return KNOWN.stream()
        .filter(language -> name.contains("." + language.name().toLowerCase(Locale.ROOT) + "."))
        .findFirst()
        .orElse(original);
  }
}
