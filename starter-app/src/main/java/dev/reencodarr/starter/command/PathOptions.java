package dev.reencodarr.starter.command;

import dev.reencodarr.workflows.media.PathMap;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What another program calls our folders. */
final class PathOptions {

  @Option(
      names = "--path",
      paramLabel = "OURS=THEIRS",
      description = {
        "A folder that it calls otherwise, such as /srv/films=/media/films; may be given again",
        "and again."
      })
  private List<String> paths = new ArrayList<>();

  PathMap map() throws CommandFailed {
    List<PathMap.Rule> rules = new ArrayList<>();
    for (String each : paths) {
      int equals = each.indexOf('=');
      String ours = equals < 0 ? "" : withoutSlash(each.substring(0, equals));
      String theirs = equals < 0 ? "" : withoutSlash(each.substring(equals + 1));
      if (!ours.startsWith("/") || theirs.isEmpty()) {
        throw CommandFailed.usage(
            "--path must be like /srv/films=/media/films, not '" + each + "'");
      }
      rules.add(new PathMap.Rule(ours, theirs));
    }
    return new PathMap(rules);
  }

  private static String withoutSlash(String folder) {
    boolean slash = folder.endsWith("/") || folder.endsWith("\\");
    boolean isDrive = folder.length() == 3 && folder.charAt(1) == ':';
    return folder.length() > 1 && slash && !isDrive
        ? folder.substring(0, folder.length() - 1)
        : folder;
  }
}
