package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.forecast.Deal;
import java.util.List;

/**
 * A forecast in JSON: a contract with other programs.
 *
 * @param videos the best bytes per CPU hour first, as many as were asked for
 */
public record ForecastView(OutlookView outlook, List<DealView> videos) {

  /**
   * What one video is expected to come to.
   *
   * @param savedBytes on average of what is possible; of a video that is left alone 0
   * @param basis measured, siblings, similar or facts
   */
  public record DealView(
      String id,
      String path,
      long size,
      long savedBytes,
      long savedBytesLow,
      long savedBytesHigh,
      double cpuSeconds,
      double savedBytesPerCpuHour,
      String basis) {

    public static DealView of(Deal deal) {
      return new DealView(
          deal.id().toString(),
          deal.path().value(),
          deal.bytes(),
          Math.round(deal.savedBytes()),
          Math.round(deal.saved().low()),
          Math.round(deal.saved().high()),
          deal.cpuSeconds(),
          deal.savedPerCpuHour(),
          deal.basis().code());
    }
  }
}
