package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.chaos.Batch.Sequel;
import dev.reencodarr.bench.chaos.Film.Container;
import dev.reencodarr.bench.chaos.Moment.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Everything that chance decides, decided beforehand: the same seed gives the same batches. */
final class Schedule {

  /** Films that are worked off together; few real ones, since they take the cores. */
  private static final int STUB_FILMS = 32;

  private static final int REAL_FILMS = 4;

  /** A batch has three faults for eight films: some films are hit again and again, some never. */
  private static final double FAULTS_PER_FILM = 3.0 / 8;

  private static final int FEWEST_FAULTS = 2;

  /** Names that have done harm to somebody: shells, formats, options, lines, long ones. */
  private static final List<String> NAMES =
      List.of(
          "Some Film (1999)",
          "it's \"quoted\" & $(touch harm) `id`; |",
          "-i --output",
          "100%s %n %d",
          "日本語の長い名前の映画".repeat(5),
          "e\u0301tude en de\u0301compose\u0301",
          "two\nlines",
          "trailing blank ",
          "back\\slash *?[a]",
          "\uD83C\uDFAC reel");

  private final Plan plan;
  private final boolean smallDisks;
  private final Random random;

  private Schedule(Plan plan, boolean smallDisks) {
    this.plan = plan;
    this.smallDisks = smallDisks;
    this.random = new Random(plan.seed());
  }

  /**
   * The batches of a plan.
   *
   * @param smallDisks whether file systems can be filled; where not, other faults take their place
   */
  static List<Batch> of(Plan plan, boolean smallDisks) {
    return new Schedule(plan, smallDisks).batches();
  }

  private List<Batch> batches() {
    List<Batch> batches = new ArrayList<>();
    int most = plan.real() ? REAL_FILMS : STUB_FILMS;
    for (int done = 0; done < plan.runs(); done += most) {
      batches.add(batch(batches.size() + 1, done, Math.min(most, plan.runs() - done)));
    }
    return List.copyOf(batches);
  }

  private Batch batch(int number, int before, int count) {
    List<Film> films = IntStream.range(0, count).mapToObj(each -> film(before + each)).toList();
    int hits = Math.max(FEWEST_FAULTS, (int) Math.round(count * FAULTS_PER_FILM));
    List<Fault> faults = IntStream.range(0, hits).mapToObj(each -> fault(count)).toList();
    return new Batch(number, films, faults, sequel(count));
  }

  private Film film(int number) {
    Container container = weighted(List.of(Container.values()), Container::percent);
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return new Film(number, container, String.format(Locale.ROOT, "%s %05d", name, number));
  }

  private Fault fault(int films) {
    FaultKind kind = kind();
    return new Fault(kind, moment(films), kind.isLasting() ? seconds() : 0);
  }

  private FaultKind kind() {
    return weighted(
        List.of(FaultKind.values()),
        kind -> kind.needsSmallDisk() && !smallDisks ? 0 : kind.perThousand());
  }

  private Moment moment(int films) {
    Stage stage = weighted(List.of(Stage.values()), each -> 1);
    return new Moment(stage, random.nextInt(films), random.nextInt(stage.longestDelayMillis()));
  }

  /** Seven of ten are short, one is as long as they get. */
  private int seconds() {
    int longest = plan.longestStop();
    int share = random.nextInt(10);
    int within = share < 7 ? Math.min(5, longest) : Math.min(20, longest);
    int seconds = 1 + random.nextInt(within);
    return share == 9 ? longest : seconds;
  }

  private Sequel sequel(int films) {
    int share = random.nextInt(3);
    Fault fault = fault(films);
    int count = 1 + random.nextInt(Math.min(4, films));
    List<Integer> undone = random.ints(0, films).distinct().limit(count).boxed().sorted().toList();
    return switch (share) {
      case 0 -> new Sequel.Nothing();
      case 1 -> new Sequel.OrderAgain();
      default -> new Sequel.Undo(undone, duringUndo(fault, undone));
    };
  }

  /** Those that are put back go straight to replacing. */
  private Fault duringUndo(Fault fault, List<Integer> undone) {
    FaultKind kind = fault.kind() == FaultKind.CANCEL ? FaultKind.KILL_WORKER : fault.kind();
    int film = undone.get(random.nextInt(undone.size()));
    int delay = random.nextInt(Stage.REPLACING.longestDelayMillis());
    return new Fault(kind, new Moment(Stage.REPLACING, film, delay), fault.seconds());
  }

  private <T> T weighted(List<T> choices, ToIntFunction<T> weight) {
    int left = random.nextInt(choices.stream().mapToInt(weight).sum());
    for (T choice : choices) {
      left -= weight.applyAsInt(choice);
      if (left < 0) {
        return choice;
      }
    }
    throw new IllegalStateException("weights of " + choices + " have changed");
  }
}
