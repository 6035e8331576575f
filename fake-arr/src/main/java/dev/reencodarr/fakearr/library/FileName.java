package dev.reencodarr.fakearr.library;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is read from the name of a file that nothing else is known of. */
public record FileName(String name) {

  private static final Pattern EPISODES = Pattern.compile("(?i)\\bs(\\d+)((?:[-. ]?e\\d+)+)");
  private static final Pattern NUMBER = Pattern.compile("(?i)e(\\d+)");
  private static final Pattern GROUP = Pattern.compile("-([A-Za-z0-9]+)$");
  private static final Pattern EDITION =
      Pattern.compile("(?i)\\b(director'?s[. ]cut|extended|unrated|imax|remastered)\\b");

  /** Season of its episodes; -1 if it names none. */
  public int season() {
    Matcher found = EPISODES.matcher(name);
    return found.find() ? Integer.parseInt(found.group(1)) : -1;
  }

  /** Numbers of its episodes within the season. */
  public List<Integer> episodes() {
    List<Integer> numbers = new ArrayList<>();
    Matcher found = EPISODES.matcher(name);
    if (found.find()) {
      NUMBER
          .matcher(found.group(2))
          .results()
          .forEach(n -> numbers.add(Integer.valueOf(n.group(1))));
    }
    return numbers;
  }

  /** Who made the release; empty if it does not say. */
  public String releaseGroup() {
    Matcher found = GROUP.matcher(stem());
    return found.find() ? found.group(1) : "";
  }

  /** Of a movie; empty if it does not say. */
  public String edition() {
    Matcher found = EDITION.matcher(name);
    return found.find() ? found.group(1) : "";
  }

  /** Whether it looks like the title of a release, which alone is taken for one. */
  public boolean isScene() {
    return name.contains(".") && !name.contains(" ") && GROUP.matcher(name).find();
  }

  private String stem() {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }
}
