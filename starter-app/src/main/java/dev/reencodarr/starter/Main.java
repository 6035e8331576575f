package dev.reencodarr.starter;

import dev.reencodarr.starter.command.Commands;
import dev.reencodarr.starter.command.ExitCode;
import dev.reencodarr.starter.command.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The command line; started by the launcher {@code ./reencodarr}. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    if (!"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
      err.println(
          "reencodarr: the locale is not UTF-8, so files with other letters than ASCII would be"
              + " lost: set LC_ALL=C.UTF-8");
      System.exit(ExitCode.USAGE.code());
    }
    Surroundings surroundings =
        new Surroundings(
            Home.of(System.getenv()),
            out,
            err,
            Boolean.getBoolean("reencodarr.terminal"),
            System.getenv(),
            Path.of("").toAbsolutePath(),
            Path.of(System.getProperty("reencodarr.root", "")).toAbsolutePath());
    int exitCode = new Commands(surroundings).run(arguments);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
