package dev.reencodarr.starter.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

public record RunningEncodes(Path work) {
  public List<String> describe() {
    return List.of();
  }

  void endAll(Consumer<String> say) {}
}
