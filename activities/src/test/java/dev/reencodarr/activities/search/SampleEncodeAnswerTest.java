package dev.reencodarr.activities.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.search.SearchPoint;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleEncodeAnswerTest {

  private static Optional<Double> score(Metric metric, String member) {
    return SampleEncodeAnswer.point(
            """
            {"crf":30.0,"from_cache":false,"predicted_encode_percent":41.25,\
            "predicted_encode_seconds":1.5,"predicted_encode_size":1000,\
            "type":"sample-encode-done",%s}
            """
                .formatted(member),
            30,
            metric)
        .map(SearchPoint::score);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          VMAF  | "vmaf":95.5    | 95.5
          VMAF  | "vmaf":0       | 0
          VMAF  | "vmaf":100     | 100
          XPSNR | "xpsnr":41.5   | 41.5
          XPSNR | "xpsnr":null   | 100
          XPSNR | "xpsnr":123.4  | 100
          """)
  void aScoreIsThatOfTheMetric(Metric metric, String member, double score) {
    assertThat(score(metric, member)).contains(score);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          VMAF  | "vmaf":-1
          VMAF  | "vmaf":100.5
          VMAF  | "vmaf":null
          VMAF  | "xpsnr":41.5
          XPSNR | "vmaf":95.5
          XPSNR | "xpsnr":-3.2
          XPSNR | "xpsnr":"?"
          """)
  void whatCannotBeIsNoScore(Metric metric, String member) {
    assertThat(score(metric, member)).isEmpty();
  }

  @Test
  void otherLinesAreNoAnswer() {
    assertThat(SampleEncodeAnswer.point("nothing\n{\"type\":\"else\"}\n", 30, Metric.VMAF))
        .isEmpty();
  }
}
