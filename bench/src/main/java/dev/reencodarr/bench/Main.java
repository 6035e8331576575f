package dev.reencodarr.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/** The benchmarks; started by {@code ./reencodarr bench}. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Path program = Path.of(System.getProperty("reencodarr.root", "")).toAbsolutePath();
    int exitCode =
        new CommandLine(new BenchCommand(program, System.out, System.err))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(arguments);
    System.exit(exitCode);
  }
}
