package dev.reencodarr.activities.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One program run for several files, one after the other, by {@code find -exec}: to start a program
 * from Java, safely bound to us, costs more than a short one takes. No shell is in it, and {@code
 * find} takes absolute paths for nothing else.
 */
public final class FileByFile {

  /** What find puts the file in for. */
  public static final String FILE = "{}";

  private FileByFile() {}

  /**
   * The arguments that run the program for each of the files; none where this machine has no find.
   *
   * @param program its absolute path and arguments, {@link #FILE} among them
   * @param files absolute
   */
  public static Optional<List<String>> arguments(List<String> program, List<Path> files) {
    return SystemPrograms.find("find")
        .map(find -> {
          List<String> arguments = new ArrayList<>();
          arguments.add(find);
          files.forEach(file -> arguments.add(file.toString()));
          arguments.addAll(List.of("-maxdepth", "0", "-exec"));
          arguments.addAll(program);
          // A file is named after what its program said, if that ended well.
          arguments.addAll(List.of(";", "-print0"));
          return List.copyOf(arguments);
        });
  }

  /**
   * What the program said of each file that it ended well for. What it said of a file that it
   * failed for stands before the next answer: each has to be checked for being one and whole.
   *
   * @param stdout of the whole
   * @param files as they were given to {@link #arguments}
   */
  public static Map<Path, String> answers(String stdout, List<Path> files) {
    Map<Path, String> answers = new HashMap<>();
    int next = 0;
    int from = 0;
    for (int end = stdout.indexOf('\0'); end >= 0; end = stdout.indexOf('\0', from)) {
      String part = stdout.substring(from, end);
      from = end + 1;
      while (next < files.size() && !part.endsWith(files.get(next).toString())) {
        next++;
      }
      if (next < files.size()) {
        Path file = files.get(next++);
        answers.put(file, part.substring(0, part.length() - file.toString().length()));
      }
    }
    return Map.copyOf(answers);
  }
}
