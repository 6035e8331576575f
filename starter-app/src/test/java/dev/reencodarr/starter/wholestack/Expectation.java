package dev.reencodarr.starter.wholestack;

import java.util.List;

/**
 * A line of {@code bench/bad-inputs.sh}: a file and what is to become of it.
 *
 * @param name relative to the folder, with backslash, newline and tab as they are
 * @param outcome such as {@code encoded}, {@code skipped:symlink}, {@code failed:VALIDATION}
 */
record Expectation(String name, String outcome, String why) {

  /** Reads what the script has printed, its head line first. */
  static List<Expectation> read(String table) {
    return table.lines().skip(1).map(Expectation::line).toList();
  }

  private static Expectation line(String line) {
    String[] fields = line.split("\t", -1);
    return new Expectation(unescaped(fields[0]), fields[1], fields[2]);
  }

  private static String unescaped(String name) {
    // A backslash is doubled, so that what follows two of them is no escape.
    return name.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace('\0', '\\');
  }

  boolean is(String kind) {
    return outcome.equals(kind) || outcome.startsWith(kind + ":");
  }

  /** What stands behind the colon: the reason or the code. */
  String because() {
    return outcome.substring(outcome.indexOf(':') + 1);
  }

  /** The name without its folders. */
  String fileName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return name.strip() + ": " + outcome;
  }
}
