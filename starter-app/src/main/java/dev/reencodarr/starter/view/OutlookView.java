package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.LivingWorker;
import dev.reencodarr.workflows.forecast.Forecast;
import dev.reencodarr.workflows.forecast.Range;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.temporal.TaskQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is still to be saved, and how long it takes, in JSON: a contract with other programs. Of
 * each range one in ten is below {@code …Low} and one in ten above {@code …High}.
 *
 * @param videos that are still to be done and were analysed
 * @param bytes of their files
 * @param measured videos, of these and others, whose size at the target was measured; 0: the
 *     forecast rests on facts alone
 * @param unanalysed videos of which nothing is known but their size: they are in no figure
 * @param workers that encode at present
 * @param daysLeft on these workers; empty where there is none
 */
public record OutlookView(
    int videos,
    long bytes,
    int measured,
    long unanalysed,
    long savedBytes,
    long savedBytesLow,
    long savedBytesHigh,
    double cpuSeconds,
    double cpuSecondsLow,
    double cpuSecondsHigh,
    int workers,
    OptionalDouble daysLeft,
    OptionalDouble daysLeftLow,
    OptionalDouble daysLeftHigh) {

  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;

  /** Below so many of a unit the next smaller one is shown. */
  private static final double FEW = 2;

  public static OutlookView of(Forecast forecast, long unanalysed, List<LivingWorker> living) {
    List<LivingWorker> encoding = living.stream().filter(OutlookView::encodes).toList();
    int power = encoding.stream().mapToInt(worker -> worker.power().all()).sum();
    Range cpu = forecast.cpuSeconds();
    return new OutlookView(
        forecast.deals().size(),
        forecast.bytes(),
        forecast.known(),
        unanalysed,
        Math.round(forecast.saved().middle()),
        Math.round(forecast.saved().low()),
        Math.round(forecast.saved().high()),
        cpu.middle(),
        cpu.low(),
        cpu.high(),
        encoding.size(),
        days(cpu.middle(), power),
        days(cpu.low(), power),
        days(cpu.high(), power));
  }

  private static boolean encodes(LivingWorker worker) {
    String queue = TaskQueues.encode(Encoder.LIBSVTAV1, worker.zone());
    return worker.queues().contains(queue) && !worker.paused().containsKey(queue);
  }

  private static OptionalDouble days(double cpuSeconds, int power) {
    return power == 0 ? OptionalDouble.empty() : OptionalDouble.of(cpuSeconds / (power * DAY));
  }

  /** What there is to save and how long it takes, one line. */
  public String line() {
    if (videos == 0) {
      return "nothing is left to do";
    }
    return "still to save: "
        + Figures.bytes(savedBytes)
        + " (80 %: "
        + Figures.bytes(savedBytesLow)
        + " to "
        + Figures.bytes(savedBytesHigh)
        + ") of "
        + Figures.bytes(bytes)
        + " in "
        + Figures.count(videos, "video")
        + "; "
        + time();
  }

  private String time() {
    if (workers == 0) {
      return "no worker encodes, the CPU time is "
          + duration(cpuSeconds)
          + between(cpuSecondsLow, cpuSecondsHigh);
    }
    return duration(daysLeft.orElse(0) * DAY)
        + " left on "
        + Figures.count(workers, "worker")
        + between(daysLeftLow.orElse(0) * DAY, daysLeftHigh.orElse(0) * DAY);
  }

  private static String between(double low, double high) {
    return " (80 %: " + duration(low) + " to " + duration(high) + ")";
  }

  private static String duration(double seconds) {
    if (seconds >= FEW * DAY) {
      return Figures.decimal(seconds / DAY, seconds < 10 * DAY ? 1 : 0) + " days";
    }
    return seconds >= FEW * HOUR
        ? Figures.decimal(seconds / HOUR, 1) + " hours"
        : Figures.decimal(Math.max(1, seconds / MINUTE), 0) + " min";
  }

  /** What has to be said of how far it can be trusted; often nothing. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (videos > 0 && measured == 0) {
      remarks.add(
          "Nothing was measured yet: this is what is usual for such files, and may be far off."
              + " ./reencodarr forecast --sample 8 measures some of them.");
    }
    if (unanalysed > 0) {
      remarks.add(
          Figures.count(unanalysed, "video")
              + (unanalysed == 1 ? " was" : " were")
              + " not looked at yet and counted as nothing: ./reencodarr library scan --dry-run");
    }
    return List.copyOf(remarks);
  }
}
