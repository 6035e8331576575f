package dev.reencodarr.fakearr.disk;

import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Title;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What files are to be called by the template of the settings. */
public final class Naming {

  private static final Pattern TOKEN = Pattern.compile("\\{([^}]*)\\}");

  private final Library library;

  public Naming(Library library) {
    this.library = library;
  }

  /** Where below its title's folder the file is to lie; empty where it does already. */
  public Optional<String> newPath(Title title, MediaFile file) {
    if (!library.settings().renames()) {
      return Optional.empty();
    }
    String old = file.relativePath();
    int dot = old.lastIndexOf('.');
    String extension = dot < 0 ? "" : old.substring(dot);
    String wanted =
        old.substring(0, old.lastIndexOf('/') + 1)
            + name(title, file, library.parts(file))
            + extension;
    return wanted.equals(old) ? Optional.empty() : Optional.of(wanted);
  }

  private String name(Title title, MediaFile file, List<Part> parts) {
    return TOKEN
        .matcher(library.settings().template())
        .replaceAll(token -> Matcher.quoteReplacement(value(token, title, file, parts)))
        .replace("/", "-")
        .strip();
  }

  private static String value(MatchResult token, Title title, MediaFile file, List<Part> parts) {
    String name = token.group(1).toLowerCase(Locale.ROOT);
    return switch (name) {
      case "series title", "movie title" -> title.name();
      case "release year" -> Integer.toString(title.year());
      case "season" -> Integer.toString(file.season());
      case "season:00" -> String.format(Locale.ROOT, "%02d", file.season());
      case "episode" -> numbers(parts, "%d");
      case "episode:00" -> numbers(parts, "%02d");
      case "episode title" -> parts.stream().map(Part::name).collect(Collectors.joining(" + "));
      case "quality full", "quality title" -> file.quality().name();
      case "mediainfo videocodec" -> file.mediaInfo().videoCodec();
      case "release group" -> file.releaseGroup();
      default -> "";
    };
  }

  private static String numbers(List<Part> parts, String format) {
    return parts.stream()
        .map(part -> String.format(Locale.ROOT, format, part.number()))
        .collect(Collectors.joining("-E"));
  }
}
