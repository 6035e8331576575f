package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.chaos.Film.Container;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.film.FilmMaker;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** One short film in each container, with its AV1 result; copies differ in their number alone. */
final class FilmStock {

  private static final String CLIP = "trailer_bbb.mp4";
  private static final int START = 20;

  private final Path folder;

  private FilmStock(Path folder) {
    this.folder = folder;
  }

  static FilmStock make(Workplace place) throws NoFigure, IOException, InterruptedException {
    FilmStock stock = new FilmStock(place.folder("stock"));
    Files.createDirectories(stock.results());
    FilmMaker maker = new FilmMaker(place);
    for (Container container : Container.values()) {
      maker.rich(CLIP, START, stock.film(container));
      maker.av1(stock.film(container), stock.result(container));
    }
    return stock;
  }

  /** One result for each container of a source, named {@code <source>.<result's extension>}. */
  Path results() {
    return folder.resolve("results");
  }

  private Path film(Container container) {
    return folder.resolve("film." + container.extension());
  }

  private Path result(Container container) {
    return results().resolve(container.extension() + "." + container.resultExtension());
  }

  /** Writes the films of a batch, dated so that no scan takes them for half copied. */
  void write(List<Film> films, Path into) throws IOException {
    List<Path> written = new ArrayList<>();
    for (Film film : films) {
      Path file = into.resolve(film.sourceName());
      Files.copy(film(film.container()), file);
      try (OutputStream end = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
        end.write(Ending.of(film.container(), film.number()));
      }
      written.add(file);
    }
    FilmMaker.date(written);
  }
}
