package dev.reencodarr.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Row SLOWER =
      Row.alone("2,000 files", "wall time", "s", 12.34567, new Goal.TimesPeer(1.2))
          .against("xargs ffprobe", 10);
  private static final Row SMALL =
      Row.alone("idle stack", "memory (PSS)", "MB", 812.5, new Goal.AtMost(1200));
  private static final Row KNOWN = Row.alone("idle stack", "start", "s", 6, Goal.none());

  private static Report report(Row... rows) {
    return new Report("scan", "2 cores", List.of(rows));
  }

  @Test
  void theJsonHasTheKeysThatOthersRead() throws Exception {
    JsonNode json = new ObjectMapper().readTree(report(SLOWER, KNOWN).json());

    assertThat(json.fieldNames()).toIterable().containsExactly("name", "machine", "rows");
    assertThat(json.at("/rows/0").fieldNames())
        .toIterable()
        .containsExactly(
            "case", "metric", "unit", "ours", "peer", "peer_name", "ratio", "goal", "met");
    assertThat(json.at("/rows/0").toString())
        .isEqualTo(
            "{\"case\":\"2,000 files\",\"metric\":\"wall time\",\"unit\":\"s\",\"ours\":12.35,"
                + "\"peer\":10.0,\"peer_name\":\"xargs ffprobe\",\"ratio\":1.235,"
                + "\"goal\":\"<= 1.2 x peer\",\"met\":false}");
  }

  @Test
  void whatIsUnknownIsNullInTheJson() throws Exception {
    JsonNode row = new ObjectMapper().readTree(report(KNOWN).json()).at("/rows/0");

    assertThat(row.get("ours").asDouble()).isEqualTo(6);
    for (String key : List.of("peer", "peer_name", "ratio", "goal", "met")) {
      assertThat(row.get(key).isNull()).as(key).isTrue();
    }
  }

  @Test
  void theTableShowsAGoalThatIsMissedAndOneThatIsMet() {
    assertThat(report(SLOWER, SMALL, KNOWN).lines())
        .containsExactly(
            "case         metric         ours  peer  unit  ratio  goal           met  peer is",
            "2,000 files  wall time     12.35    10  s      1.23  <= 1.2 x peer  NO   xargs ffprobe",
            "idle stack   memory (PSS)  812.5        MB           <= 1200 MB     yes",
            "idle stack   start             6        s");
  }

  @Test
  void allGoalsAreMetWhereNoneIsMissed() {
    assertThat(report(SMALL, KNOWN).allMet()).isTrue();
    assertThat(report(SMALL, SLOWER).allMet()).isFalse();
  }

  @Test
  void aGoalAgainstAPeerThatIsNotThereIsNeitherMetNorMissed() {
    Row alone = Row.alone("clips", "wall time", "s", 5, new Goal.TimesPeer(1));

    assertThat(alone.met()).isEmpty();
    assertThat(alone.ratio()).isEmpty();
  }

  @Test
  void aGoalIsMetUpToItsLimit() {
    assertThat(SMALL.met()).contains(true);
    assertThat(Row.alone("x", "y", "MB", 1200, new Goal.AtMost(1200)).met()).contains(true);
    assertThat(Row.alone("x", "y", "MB", 1200.1, new Goal.AtMost(1200)).met()).contains(false);
  }
}
