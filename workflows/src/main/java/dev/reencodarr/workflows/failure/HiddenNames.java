package dev.reencodarr.workflows.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of a file in words that are read as evidence, which are hidden meanwhile: a film may be
 * titled "No space left on device".
 *
 * @param names longest first: the path, the path without its extension (which results have another
 *     one for), its folder, its name
 */
public record HiddenNames(List<String> names) {

  /** Private characters of Unicode: no program prints them. */
  private static final char BEGIN = '\uE000';

  private static final char END = '\uE0FF';

  /** The names of the file that the evidence is about; none where that is not known. */
  public static HiddenNames of(Evidence evidence) {
    String path = evidence.context().getOrDefault(Evidence.SOURCE, "");
    int slash = path.lastIndexOf('/');
    if (slash < 1) {
      return new HiddenNames(List.of());
    }
    String name = path.substring(slash + 1);
    int dot = name.lastIndexOf('.');
    List<String> names = new ArrayList<>();
    names.add(path);
    if (dot > 0) {
      names.add(path.substring(0, slash + 1 + dot));
    }
    names.add(path.substring(0, slash + 1));
    if (dot > 0) {
      names.add(name);
    }
    return new HiddenNames(List.copyOf(names));
  }

  /** The text with a mark in the place of each name. */
  public String hide(String text) {
    String hidden = text;
    for (String name : names) {
      hidden = hidden.replace(name, mark(name));
    }
    return hidden;
  }

  /** The text as it was. */
  public String show(String text) {
    String shown = text;
    for (String name : names) {
      shown = shown.replace(mark(name), name);
    }
    return shown;
  }

  private String mark(String name) {
    return Stream.of(BEGIN, (char) (BEGIN + 1 + names.indexOf(name)), END)
        .map(String::valueOf)
        .reduce("", String::concat);
  }
}
