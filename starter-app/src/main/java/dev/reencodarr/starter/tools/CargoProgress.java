package dev.reencodarr.starter.tools;

import java.time.Duration;
import java.util.function.Consumer;

/** Turns cargo's hundreds of lines into one every few seconds. */
final class CargoProgress implements Consumer<String> {

  private static final Duration EVERY = Duration.ofSeconds(15);

  private final Consumer<String> say;
  private int compiled;
  private long saidAt = System.nanoTime();

  CargoProgress(Consumer<String> say) {
    this.say = say;
  }

  @Override
  public void accept(String line) {
    String text = line.strip();
    if (!text.startsWith("Compiling ")) {
      return;
    }
    compiled++;
    if (System.nanoTime() - saidAt > EVERY.toNanos()) {
      saidAt = System.nanoTime();
      say.accept(
          "  " + compiled + " crates compiled, now " + text.substring("Compiling ".length()));
    }
  }
}
