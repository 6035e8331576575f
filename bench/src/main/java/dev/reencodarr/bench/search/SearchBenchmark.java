package dev.reencodarr.bench.search;

import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.film.FilmMaker;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.ProbeSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a search costs on seasons of real films, and whether it keeps its promise. */
public final class SearchBenchmark implements Benchmark {

  private static final double TARGET = 95;

  private static final String TEN_BIT = "yuv420p10le";

  /** Full films may lie so far below the target. */
  private static final double TOLERANCE = 0.5;

  private static final QualitySettings USUAL = QualitySettings.defaults();

  /** Every fifth frame is scored, with which no look is needed any more. */
  private static final Scoring CHEAPER = new Scoring("auto", 5);

  /** Of a season, for what is to be told on fewer. */
  private static final int EVERY = 3;

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String about() {
    return "two seasons of 11 films against ab-av1 crf-search, with full scores (30 min)";
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    place.say().accept("making two seasons of 11 films");
    Seasons seasons = new Seasons(new FilmMaker(place), place.folder("films"));
    List<Path> like = seasons.like();
    List<Path> unlike = seasons.unlike();
    List<Path> lean = seasons.lean();
    Sides sides = new Sides(place);
    List<Row> rows = new ArrayList<>();
    List<Searched> stockOfLike = sides.stock("like season", like);
    List<Searched> stockOfUnlike = sides.stock("unlike season", unlike);
    rows.addAll(sides.season("like season", like, stockOfLike, 0.40));
    rows.addAll(sides.season("unlike season", unlike, stockOfUnlike, 0.50));
    rows.addAll(sides.unseeded("one by one, unseeded", unlike, stockOfUnlike));
    rows.addAll(sides.cheaper("like season, cheaper probes", like, stockOfLike));
    rows.addAll(sides.cheaper("unlike season, cheaper probes", unlike, stockOfUnlike));
    rows.addAll(sides.refusals("not worth it", lean));
    return List.copyOf(rows);
  }

  /** Both sides at work. */
  private static final class Sides {
    private final Workplace place;
    private final Tools tools;
    private final StockSearch peer;

    private Sides(Workplace place) throws IOException {
      this.place = place;
      this.tools = new Tools(place);
      this.peer = new StockSearch(tools, TARGET, USUAL.mostPercent(Long.MAX_VALUE));
    }

    List<Searched> stock(String subject, List<Path> films)
        throws NoFigure, IOException, InterruptedException {
      place.say().accept(subject + ": " + StockSearch.NAME);
      List<Searched> all = new ArrayList<>();
      for (Path film : films) {
        all.add(peer.search(film, setting(USUAL.presets().getFirst())));
      }
      return all;
    }

    List<Searched> ours(String subject, List<Path> films, Scoring scoring, boolean remembers)
        throws NoFigure, IOException, InterruptedException {
      place.say().accept(subject + ": ours");
      SeededSearch search = new SeededSearch(tools, plan(scoring), remembers);
      List<Searched> all = new ArrayList<>();
      for (Path film : films) {
        all.add(search.search(film));
      }
      return all;
    }

    List<Row> season(String subject, List<Path> films, List<Searched> stock, double goal)
        throws NoFigure, IOException, InterruptedException {
      List<Searched> ours = ours(subject, films, USUAL.scoring(), true);
      List<Row> rows = new ArrayList<>(cost(subject, ours, stock, new Goal.TimesPeer(goal)));
      rows.addAll(results(subject, films, ours, stock));
      return rows;
    }

    List<Row> unseeded(String subject, List<Path> films, List<Searched> stock)
        throws NoFigure, IOException, InterruptedException {
      List<Path> some = someOf(films);
      return cost(
          subject,
          ours(subject, some, USUAL.scoring(), false),
          someOf(stock),
          new Goal.TimesPeer(0.8));
    }

    List<Row> cheaper(String subject, List<Path> films, List<Searched> stock)
        throws NoFigure, IOException, InterruptedException {
      List<Searched> ours = ours(subject, films, CHEAPER, true);
      List<Row> rows = new ArrayList<>(cost(subject, ours, stock, new Goal.TimesPeer(0.15)));
      rows.addAll(results(subject, films, ours, stock));
      return rows;
    }

    List<Row> refusals(String subject, List<Path> films)
        throws NoFigure, IOException, InterruptedException {
      List<Searched> stock = stock(subject, films);
      List<Searched> ours = ours(subject, films, USUAL.scoring(), false);
      List<Row> rows = new ArrayList<>(cost(subject, ours, stock, new Goal.TimesPeer(0.25)));
      double largest = 0;
      for (int index = 0; index < films.size(); index++) {
        if (ours.get(index).crf().isEmpty()) {
          largest = Math.max(largest, mostSaved(films.get(index)));
        }
      }
      rows.add(count(subject, "refused", ours, stock, one -> one.crf().isEmpty() ? 1 : 0));
      rows.add(
          Row.alone(
              subject, "most that a refused film could save", "%", largest, new Goal.AtMost(15)));
      return rows;
    }

    /** With the slowest preset, at the lowest target: what the whole ladder could come to. */
    private double mostSaved(Path film) throws NoFigure, IOException, InterruptedException {
      double floor = USUAL.scoring().metric().floorFor(TARGET);
      ProbeSetting slowest = setting(USUAL.presets().getLast());
      Searched searched = new StockSearch(tools, floor, 1000).search(film, slowest);
      Path result = tools.encode(film, slowest, searched.crf().orElseThrow());
      return 100 - 100.0 * Files.size(result) / Files.size(film);
    }

    private static List<Row> cost(
        String subject, List<Searched> ours, List<Searched> stock, Goal goal) {
      return List.of(
          count(subject, "search, CPU", ours, stock, Searched::cpuSeconds, "s", goal),
          count(subject, "search, wall time", ours, stock, Searched::seconds, "s", goal),
          count(subject, "encodes of samples", ours, stock, Searched::probes),
          count(subject, "of them cheap looks", ours, stock, Searched::looks));
    }

    private static Row count(
        String subject,
        String metric,
        List<Searched> ours,
        List<Searched> stock,
        ToDoubleFunction<Searched> figure) {
      return count(subject, metric, ours, stock, figure, "", Goal.none());
    }

    private static Row count(
        String subject,
        String metric,
        List<Searched> ours,
        List<Searched> stock,
        ToDoubleFunction<Searched> figure,
        String unit,
        Goal goal) {
      return Row.alone(subject, metric, unit, ours.stream().mapToDouble(figure).sum(), goal)
          .against(StockSearch.NAME, stock.stream().mapToDouble(figure).sum());
    }

    /** What the CRFs that were found make of the whole films. */
    private List<Row> results(
        String subject, List<Path> films, List<Searched> ours, List<Searched> stock)
        throws NoFigure, IOException, InterruptedException {
      place.say().accept(subject + ": encoding and scoring the whole films");
      double worst = 0;
      double worstOfStock = 0;
      long bytes = 0;
      long bytesOfStock = 0;
      for (int index = 0; index < films.size(); index++) {
        if (ours.get(index).crf().isPresent() && stock.get(index).crf().isPresent()) {
          Path film = films.get(index);
          Path result = encoded(film, ours.get(index));
          Path peers = encoded(film, stock.get(index));
          worst = Math.max(worst, TARGET - tools.vmaf(film, result));
          worstOfStock = Math.max(worstOfStock, TARGET - tools.vmaf(film, peers));
          bytes += Files.size(result);
          bytesOfStock += Files.size(peers);
        }
      }
      return List.of(
          Row.alone(
                  subject,
                  "furthest below the target, whole films",
                  "VMAF",
                  worst,
                  new Goal.AtMost(TOLERANCE))
              .against(StockSearch.NAME, worstOfStock),
          Row.alone(subject, "size of the results", "MB", bytes / 1e6, new Goal.TimesPeer(1.02))
              .against(StockSearch.NAME, bytesOfStock / 1e6));
    }

    private Path encoded(Path film, Searched searched)
        throws NoFigure, IOException, InterruptedException {
      return tools.encode(film, setting(USUAL.presets().getFirst()), searched.crf().orElseThrow());
    }
  }

  private static <T> List<T> someOf(List<T> all) {
    List<T> some = new ArrayList<>();
    for (int index = 0; index < all.size(); index += EVERY) {
      some.add(all.get(index));
    }
    return some;
  }

  private static ProbeSetting setting(int preset) {
    return new ProbeSetting(Encoder.LIBSVTAV1, preset, TEN_BIT, List.of(), USUAL.scoring());
  }

  private static EncodePlan plan(Scoring scoring) {
    return new EncodePlan(
        Encoder.LIBSVTAV1,
        TARGET,
        scoring.metric().floorFor(TARGET),
        TEN_BIT,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new MediaPath("/bench/film.mkv"),
        USUAL.with(scoring));
  }
}
