package dev.reencodarr.starter.tools;

import dev.reencodarr.activities.process.FfmpegTrial;
import dev.reencodarr.starter.process.Program;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Decoding;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Which graphics devices there are, and what ffmpeg can do with them: tried, not looked up. */
public final class GpuSearch {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Films that are decoded in the trial: the codec, and an encoder that makes one anywhere. */
  private static final Map<String, String> FILMS = films();

  private final Path drm;
  private final Path ffmpeg;
  private final List<String> nvidiaSmi;

  /** Of this machine. */
  public GpuSearch(Path ffmpeg) {
    this(
        Path.of("/sys/class/drm"),
        ffmpeg,
        List.of("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"));
  }

  /**
   * @param drm the kernel's list of devices
   * @param nvidiaSmi a command that prints a line for each device of NVIDIA
   */
  GpuSearch(Path drm, Path ffmpeg, List<String> nvidiaSmi) {
    this.drm = drm;
    this.ffmpeg = ffmpeg;
    this.nvidiaSmi = List.copyOf(nvidiaSmi);
  }

  private static Map<String, String> films() {
    Map<String, String> films = new LinkedHashMap<>();
    films.put("h264", "libx264");
    films.put("hevc", "libx265");
    films.put("av1", "libsvtav1");
    return films;
  }

  /** The devices, NVIDIA's first. */
  public List<Gpu> seen() throws InterruptedException {
    List<Gpu> gpus = new ArrayList<>(ofNvidia());
    boolean driverAnswers = !gpus.isEmpty();
    for (Path node : renderNodes()) {
      Gpu.Maker maker = Gpu.Maker.of(firstLine(node.resolve("device").resolve("vendor")));
      if (maker != Gpu.Maker.NVIDIA || !driverAnswers) {
        gpus.add(
            new Gpu(
                maker,
                maker
                    + " device "
                    + firstLine(node.resolve("device").resolve("device"))
                    + " at /dev/dri/"
                    + node.getFileName()));
      }
    }
    return List.copyOf(gpus);
  }

  private List<Gpu> ofNvidia() throws InterruptedException {
    try {
      Program.End end = new Program(nvidiaSmi, Map.of()).run(LIMIT, line -> {});
      return end.succeeded()
          ? end.lines().stream()
              .filter(line -> !line.isBlank())
              .map(line -> new Gpu(Gpu.Maker.NVIDIA, line.replace(", ", ", driver ")))
              .toList()
          : List.of();
    } catch (IOException | TimeoutException e) {
      // Without its driver there is none of NVIDIA's that anything could be done with.
      return List.of();
    }
  }

  private List<Path> renderNodes() {
    List<Path> nodes = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(drm, "renderD*")) {
      all.forEach(nodes::add);
    } catch (IOException e) {
      // A machine without any has no such folder.
      return List.of();
    }
    return nodes.stream().sorted().toList();
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** What a device can do, in a sentence. */
  public String abilities(Gpu gpu) throws InterruptedException {
    Set<String> decoded = decoded(gpu.maker());
    List<Encoder> encoders = new ArrayList<>();
    for (Encoder encoder : gpu.maker().encoders()) {
      if (passes(FfmpegTrial.encoder(ffmpeg, encoder.ffmpegName()))) {
        encoders.add(encoder);
      }
    }
    return abilities(gpu.maker(), decoded, encoders);
  }

  /** The same, of what was found. */
  static String abilities(Gpu.Maker maker, Set<String> decoded, List<Encoder> encoders) {
    boolean encodesAv1 =
        encoders.stream().anyMatch(encoder -> encoder.codec() == Encoder.Codec.AV1);
    String decodes =
        decoded.isEmpty() ? "decodes nothing" : "decodes " + String.join(", ", decoded);
    String encodes =
        encoders.isEmpty()
            ? "encodes nothing"
            : "encodes with "
                + encoders.stream().map(Encoder::ffmpegName).collect(Collectors.joining(", "));
    if (decoded.isEmpty() && encoders.isEmpty()) {
      return "ffmpeg cannot use it: is its driver installed, and may this user open it?";
    }
    String verdict =
        encodesAv1
            ? ""
            : (decoded.contains("av1") ? "; decodes AV1, cannot encode it" : "; cannot encode AV1")
                + (maker.whichEncodeAv1().isEmpty() ? "" : " (" + maker.whichEncodeAv1() + ")");
    return decodes + "; " + encodes + verdict;
  }

  private Set<String> decoded(Gpu.Maker maker) throws InterruptedException {
    Set<String> decoded = new TreeSet<>();
    if (maker.decoders().isEmpty()) {
      return decoded;
    }
    try {
      Path folder = Files.createTempDirectory("reencodarr-doctor");
      try {
        for (Map.Entry<String, String> film : FILMS.entrySet()) {
          Path file = folder.resolve(film.getKey() + ".mkv");
          if (passes(FfmpegTrial.film(ffmpeg, film.getValue(), file)) && decodes(maker, file)) {
            decoded.add(film.getKey());
          }
          Files.deleteIfExists(file);
        }
      } finally {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // Nothing could be tried; what is not proved is not claimed.
      return decoded;
    }
    return decoded;
  }

  private boolean decodes(Gpu.Maker maker, Path film) throws InterruptedException {
    for (Decoding decoding : maker.decoders()) {
      if (passes(FfmpegTrial.decoder(ffmpeg, decoding, film))) {
        return true;
      }
    }
    return false;
  }

  private static boolean passes(List<String> trial) throws InterruptedException {
    try {
      return FitnessCheck.passes(trial);
    } catch (IOException | TimeoutException e) {
      // A driver that hangs does not work.
      return false;
    }
  }
}
