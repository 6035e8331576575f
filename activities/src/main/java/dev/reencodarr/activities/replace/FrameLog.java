package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.plan.Metric;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * The scores of single frames, as libvmaf and xpsnr write them down, joined to windows of a film: a
 * mean of all of it does not tell of some bad seconds.
 */
final class FrameLog {

  /** In the folder of the work; a bare name needs no escaping in a filter. */
  static final String NAME = "frame-scores";

  private static final String VMAF_FRAME = "Frame";
  private static final String VMAF_SCORE = "vmaf";
  private static final Pattern XPSNR_FRAME = Pattern.compile("^n: +(\\d+) ");
  private static final Pattern XPSNR_PLANE = Pattern.compile("XPSNR \\w: +(inf|[0-9.]+)");

  /** xpsnr joins frames by the root of their error. */
  private static final double DB_OF_ROOT = 20;

  private final Metric metric;
  private final double framesOfOne;
  private final List<Window> windows = new ArrayList<>();
  private long last = -1;

  private FrameLog(Metric metric, double framesOfOne) {
    this.metric = metric;
    this.framesOfOne = framesOfOne;
  }

  /** What makes a filter write the log. */
  static String option(Metric metric) {
    return switch (metric) {
      case VMAF -> ":log_fmt=csv:log_path=" + NAME;
      case XPSNR -> ":stats_file=" + NAME;
    };
  }

  /**
   * The scores of the windows of a film, in its order. The last one is up to half longer or
   * shorter.
   *
   * @param framesOfOne frames of a window, scored or not; above 0
   * @return empty where the log holds no frame
   * @throws NumberFormatException if the log cannot be understood
   */
  static List<Double> windows(Metric metric, Path log, double framesOfOne) throws IOException {
    FrameLog read = new FrameLog(metric, framesOfOne);
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
      switch (metric) {
        case VMAF -> read.readVmaf(lines);
        case XPSNR -> read.readXpsnr(lines);
      }
    }
    read.joinAShortRest();
    return read.windows.stream().filter(Window::isScored).map(Window::score).toList();
  }

  private void readVmaf(BufferedReader lines) throws IOException {
    String header = lines.readLine();
    List<String> columns = header == null ? List.of() : Arrays.asList(header.split(",", -1));
    int number = columns.indexOf(VMAF_FRAME);
    int score = columns.indexOf(VMAF_SCORE);
    if (number < 0 || score < 0) {
      return;
    }
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] values = line.split(",", -1);
      if (values.length > Math.max(number, score)) {
        add(Long.parseLong(values[number]), Double.parseDouble(values[score]));
      }
    }
  }

  private void readXpsnr(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher frame = XPSNR_FRAME.matcher(line);
      if (frame.find()) {
        // xpsnr counts from 1
        add(
            Long.parseLong(frame.group(1)) - 1,
            XPSNR_PLANE
                .matcher(line)
                .results()
                .mapToDouble(plane -> Instruments.parsed(plane.group(1)))
                .toArray());
      }
    }
  }

  /**
   * @param planes scores of those that are scored by themselves
   */
  private void add(long number, double... planes) {
    int window = (int) (number / framesOfOne);
    while (windows.size() <= window) {
      windows.add(new Window());
    }
    windows.get(window).add(planes);
    last = Math.max(last, number);
  }

  private void joinAShortRest() {
    double rest = last + 1 - framesOfOne * (windows.size() - 1);
    if (windows.size() > 1 && rest < framesOfOne / 2) {
      Window shorter = windows.removeLast();
      windows.getLast().add(shorter);
    }
  }

  /** Sums of its frames, so that a film of any length can be read. */
  private final class Window {

    private double[] sums = {};
    private long frames = 0;

    boolean isScored() {
      return frames > 0;
    }

    void add(double[] planes) {
      double[] added =
          switch (metric) {
            case VMAF -> planes;
            case XPSNR -> Arrays.stream(planes).map(db -> Math.pow(10, -db / DB_OF_ROOT)).toArray();
          };
      addSums(added, planes.length > 0 ? 1 : 0);
    }

    void add(Window other) {
      addSums(other.sums, other.frames);
    }

    private void addSums(double[] added, long of) {
      sums = Arrays.copyOf(sums, Math.max(sums.length, added.length));
      for (int plane = 0; plane < added.length; plane++) {
        sums[plane] += added[plane];
      }
      frames += of;
    }

    /** As the filter itself joins the frames of a film; of several planes the worst counts. */
    double score() {
      DoubleStream means = Arrays.stream(sums).map(sum -> sum / frames);
      return switch (metric) {
        case VMAF -> means.min().orElseThrow();
        case XPSNR -> -DB_OF_ROOT * Math.log10(means.max().orElseThrow());
      };
    }
  }
}
