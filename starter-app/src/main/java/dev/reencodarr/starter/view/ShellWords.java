package dev.reencodarr.starter.view;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command line as it can be pasted into bash; it is only ever shown, never run by us. */
public final class ShellWords {

  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private ShellWords() {}

  /** The arguments, each quoted where bash would take it for anything else. */
  public static String of(List<String> arguments) {
    return arguments.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    if (PLAIN.matcher(argument).matches()) {
      return argument;
    }
    if (!CONTROL.matcher(argument).find()) {
      return "'" + argument.replace("'", "'\\''") + "'";
    }
    // Line breaks and escape sequences must not reach a terminal as they are.
    StringBuilder escaped = new StringBuilder("$'");
    argument.codePoints().forEach(point -> escaped.append(escaped(point)));
    return escaped.append("'").toString();
  }

  private static String escaped(int point) {
    return switch (point) {
      case '\\' -> "\\\\";
      case '\'' -> "\\'";
      default ->
          Character.isISOControl(point)
              ? String.format(Locale.ROOT, point < 0x80 ? "\\x%02x" : "\\u%04x", point)
              : Character.toString(point);
    };
  }
}
