package dev.reencodarr.bench.figure;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a benchmark came to.
 *
 * @param name of the benchmark
 * @param machine on which it ran, and how busy that was, in a line
 */
public record Report(String name, String machine, List<Row> rows) {

  private static final MathContext DIGITS = new MathContext(4);

  private record Document(String name, String machine, List<Entry> rows) {}

  private record Entry(
      @JsonProperty("case") String subject,
      String metric,
      String unit,
      double ours,
      OptionalDouble peer,
      Optional<String> peerName,
      OptionalDouble ratio,
      Optional<String> goal,
      Optional<Boolean> met) {

    private static Entry of(Row row) {
      return new Entry(
          row.subject(),
          row.metric(),
          row.unit(),
          rounded(row.ours()),
          rounded(row.peer()),
          Optional.of(row.peerName()).filter(name -> !name.isEmpty()),
          rounded(row.ratio()),
          Optional.of(row.goal().text(row.unit())).filter(text -> !text.isEmpty()),
          row.met());
    }
  }

  /** Whether every goal is reached. */
  public boolean allMet() {
    return rows.stream().allMatch(row -> row.met().orElse(true));
  }

  /** For other programs. */
  public String json() {
    return Json.of(new Document(name, machine, rows.stream().map(Entry::of).toList()));
  }

  /** For people. */
  public List<String> lines() {
    Table table =
        new Table()
            .text("case")
            .text("metric")
            .figures("ours")
            .figures("peer")
            .text("unit")
            .figures("ratio")
            .text("goal")
            .text("met")
            .text("peer is");
    for (Row row : rows) {
      table.row(
          row.subject(),
          row.metric(),
          plain(row.ours()),
          row.peer().isPresent() ? plain(row.peer().getAsDouble()) : "",
          row.unit(),
          row.ratio().isPresent() ? Figures.decimal(row.ratio().getAsDouble(), 2) : "",
          row.goal().text(row.unit()),
          row.met().map(met -> met ? "yes" : "NO").orElse(""),
          row.peerName());
    }
    return table.lines();
  }

  private static String plain(double figure) {
    return BigDecimal.valueOf(rounded(figure)).stripTrailingZeros().toPlainString();
  }

  private static OptionalDouble rounded(OptionalDouble figure) {
    return figure.isPresent()
        ? OptionalDouble.of(rounded(figure.getAsDouble()))
        : OptionalDouble.empty();
  }

  private static double rounded(double figure) {
    return BigDecimal.valueOf(figure).round(DIGITS).doubleValue();
  }
}
