package dev.reencodarr.bench.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.stack.Ended;
import dev.reencodarr.workflows.search.ProbeSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** The peer: {@code ab-av1 crf-search}, one file after the other. */
final class StockSearch {

  static final String NAME = "ab-av1 crf-search";

  private final Tools tools;
  private final double target;
  private final double mostPercent;

  StockSearch(Tools tools, double target, double mostPercent) {
    this.tools = tools;
    this.target = target;
    this.mostPercent = mostPercent;
  }

  Searched search(Path film, ProbeSetting setting)
      throws NoFigure, IOException, InterruptedException {
    Ended ended = tools.crfSearch(film, setting, target, mostPercent);
    int probes = 0;
    OptionalDouble crf = OptionalDouble.empty();
    boolean refused = false;
    for (String line : ended.out().lines().toList()) {
      JsonNode said = Tools.json(line);
      switch (said.path("type").asText()) {
        case "sample-encode-done" -> probes++;
        case "crf-search-done" -> crf = OptionalDouble.of(said.path("crf").asDouble());
        case "crf-search-error" -> refused = true;
        default -> throw new NoFigure("ab-av1 said: " + line);
      }
    }
    if (crf.isEmpty() && !refused) {
      throw new NoFigure(film + ": " + ended.err());
    }
    return new Searched(crf, probes, 0, ended.seconds(), ended.cpuSeconds());
  }
}
