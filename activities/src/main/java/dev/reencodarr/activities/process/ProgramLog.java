package dev.reencodarr.activities.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the programs of a piece of work have printed, one after the other, for whoever looks into
 * its failure: of each its command line, its complaints, its answer, and how it ended. It costs
 * nearly nothing until it is written.
 */
public final class ProgramLog implements ProgramListener, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgramLog.class);

  /** The answers of our programs are short; what is longer is no text. */
  private static final int MOST_ANSWER = 64 << 10;

  private final WholeOutput output;
  private boolean hasSomething = false;
  private boolean lineIsOpen = false;

  /**
   * @param folder on whose disk a large output may lie for a while
   */
  public ProgramLog(Path folder) {
    this.output = new WholeOutput(folder);
  }

  @Override
  public synchronized void begins(List<String> command) {
    String line = command.stream().map(ProgramLog::word).collect(Collectors.joining(" "));
    note("== " + line.replaceAll("\\p{Cntrl}", "?"));
  }

  /** As a shell would want it. */
  private static String word(String argument) {
    return argument.matches("[\\w./:=,+@%-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  @Override
  public synchronized void complains(byte[] bytes, int length) {
    add(bytes, length);
    hasSomething = true;
  }

  @Override
  public synchronized void ends(ProgramEnd end) {
    String answer = end.stdout();
    if (!answer.isBlank()) {
      note("== standard output");
      note(answer.substring(0, Math.min(answer.length(), MOST_ANSWER)).stripTrailing());
    }
    if (answer.length() > MOST_ANSWER) {
      note("… " + (answer.length() - MOST_ANSWER) + " characters left out …");
    }
    note("== " + ending(end));
    hasSomething = true;
  }

  private static String ending(ProgramEnd end) {
    String how =
        end.timedOut()
            ? "ended by us, since its time was over"
            : end.signal() > 0 ? "ended by signal " + end.signal() : "exit code " + end.exitCode();
    return String.format(Locale.ROOT, "%s, after %.1f s", how, end.seconds());
  }

  private void note(String lines) {
    byte[] bytes = ((lineIsOpen ? "\n" : "") + lines + "\n").getBytes(StandardCharsets.UTF_8);
    add(bytes, bytes.length);
  }

  private void add(byte[] bytes, int length) {
    output.accept(bytes, length);
    lineIsOpen = length == 0 ? lineIsOpen : bytes[length - 1] != '\n';
  }

  /** Whether there is something to be told: a program has ended, or complained. */
  public synchronized boolean hasSomething() {
    return hasSomething;
  }

  /** Writes it all down, without secrets. */
  public void writeTo(Writer writer) throws IOException {
    try (InputStream printed = output.read()) {
      LogLines.copy(printed, writer);
    }
  }

  /** Gives back what a large output holds. */
  @Override
  public void close() {
    try {
      output.close();
    } catch (IOException e) {
      LOG.debug("an output that nobody wants any more could not be closed", e);
    }
  }
}
