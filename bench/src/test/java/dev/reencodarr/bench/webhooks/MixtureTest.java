package dev.reencodarr.bench.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MixtureTest {

  private static Call call(String body) {
    return new Call(0, "http://127.0.0.1:1/", Map.of(), body);
  }

  private static List<Touched> titles() {
    List<Touched> titles = new ArrayList<>();
    for (Change change : Change.values()) {
      for (int number = 0; number < change.titles(); number++) {
        String name = change + " " + number;
        titles.add(
            new Touched(
                titles.size() + 1L,
                change,
                List.of(call(name + " first"), call(name + " amid"), call(name + " last"))));
      }
    }
    return titles;
  }

  private static List<Call> mixed(long seed) {
    return new Mixture(seed).of(titles(), 500, 10_000);
  }

  private static String title(Call call) {
    return call.body().substring(0, call.body().lastIndexOf(' '));
  }

  @Test
  void everyTitleIsToldOf() {
    assertThat(mixed(1)).hasSize(500);
    assertThat(mixed(1).stream().map(MixtureTest::title).distinct()).hasSize(Collection.TITLES);
  }

  @Test
  void nothingButTheSameEventAgainMakesUpForTheOnlyOneOfATitle() {
    Map<String, List<String>> bodies =
        mixed(1).stream()
            .filter(call -> !call.body().startsWith("UPGRADE"))
            .collect(
                Collectors.groupingBy(
                    MixtureTest::title, Collectors.mapping(Call::body, Collectors.toList())));

    assertThat(bodies.values())
        .allSatisfy(events -> assertThat(events.stream().distinct()).hasSize(1));
    assertThat(bodies.values().stream().filter(events -> events.size() == 1).count())
        .as("titles whose event is sent once")
        .isGreaterThan(bodies.size() / 2);
  }

  @Test
  void someAreDoubledAndSomeComeInTheWrongOrder() {
    List<String> bodies = mixed(1).stream().map(Call::body).toList();

    assertThat(bodies.stream().distinct().count()).isBetween(400L, 499L);
    assertThat(
            titles().stream()
                .filter(title -> title.change() == Change.UPGRADE)
                .filter(title ->
                    bodies.indexOf(title.events().getLast().body())
                        < bodies.indexOf(title.events().getFirst().body())))
        .isNotEmpty();
  }

  @Test
  void theyAreSpreadEvenly() {
    List<Call> calls = mixed(1);

    assertThat(calls.getFirst().atMicros()).isZero();
    assertThat(calls.getLast().atMicros()).isEqualTo(499 * 10_000);
  }

  @Test
  void theSameSeedGivesTheSame() {
    assertThat(mixed(7)).isEqualTo(mixed(7)).isNotEqualTo(mixed(8));
  }
}
