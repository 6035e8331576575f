package dev.reencodarr.workflows.media;

import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An encoder that ab-av1 can drive, with the quality scale that belongs to it. On every scale a
 * higher value means a smaller and worse picture. A score, a point or a preset says nothing of
 * another encoder.
 */
public enum Encoder {
  /** SVT-AV1 on the CPU: CRF 5 to 70 in quarter steps, presets 0 to 13. */
  LIBSVTAV1(
      "libsvtav1", "cpu", Codec.AV1, Device.CPU, PresetScale.SVT_AV1, new Quality(5, 70, 0.25, 1)),
  /** NVIDIA's, from the RTX 40 series on: CQ, above 51 it takes none. */
  AV1_NVENC(
      "av1_nvenc", "nvenc", Codec.AV1, Device.NVIDIA, PresetScale.NVENC, new Quality(10, 51, 1, 1)),
  /** Intel's, from Arc and Core Ultra on: global quality. */
  AV1_QSV(
      "av1_qsv",
      "qsv",
      Codec.AV1,
      Device.RENDER_NODE,
      PresetScale.QUICK_SYNC,
      new Quality(10, 55, 1, 1)),
  /** Intel's and AMD's by VAAPI: AV1's quantizer index, which is four times a CRF. */
  AV1_VAAPI(
      "av1_vaapi",
      "vaapi",
      Codec.AV1,
      Device.RENDER_NODE,
      PresetScale.NONE,
      new Quality(2.5, 63.75, 0.25, 4)),
  /** AMD's, from RDNA 3 on: AV1's quantizer index likewise, told by arguments of its own. */
  AV1_AMF(
      "av1_amf",
      "amf",
      Codec.AV1,
      Device.RENDER_NODE,
      PresetScale.AMF,
      new Quality(2.5, 63.75, 0.25, 4)),
  /** x265 on the CPU. */
  LIBX265(
      "libx265", "x265", Codec.HEVC, Device.CPU, PresetScale.X265, new Quality(10, 46, 0.25, 1)),
  /** NVIDIA's HEVC, which older cards have too. */
  HEVC_NVENC(
      "hevc_nvenc",
      "hevc-nvenc",
      Codec.HEVC,
      Device.NVIDIA,
      PresetScale.NVENC,
      new Quality(10, 51, 1, 1));

  private final String ffmpegName;
  private final String queue;
  private final Codec codec;
  private final Device device;
  private final PresetScale presets;
  private final Quality quality;

  Encoder(
      String ffmpegName,
      String queue,
      Codec codec,
      Device device,
      PresetScale presets,
      Quality quality) {
    this.ffmpegName = ffmpegName;
    this.queue = queue;
    this.codec = codec;
    this.device = device;
    this.presets = presets;
    this.quality = quality;
  }

  /** What comes out of an encoder. */
  public enum Codec {
    AV1("av1"),
    HEVC("hevc");

    private final String ffprobeName;

    Codec(String ffprobeName) {
      this.ffprobeName = ffprobeName;
    }

    /** ffprobe's name of it. */
    public String ffprobeName() {
      return ffprobeName;
    }
  }

  /** What it works on; jobs of one kind of device never wait for another's. */
  public enum Device {
    CPU,
    /** By CUDA's driver. */
    NVIDIA,
    /** Intel's and AMD's, by {@code /dev/dri}. */
    RENDER_NODE
  }

  /**
   * A scale, in the terms of our books.
   *
   * @param least best picture that is searched
   * @param most smallest picture that is searched
   * @param step that the encoder tells apart
   * @param unit what the encoder counts for each CRF of ours
   */
  @Immutable
  private record Quality(double least, double most, double step, double unit) {}

  /** The encoder that ffmpeg calls so; empty where it is none of ours. */
  public static Optional<Encoder> named(String ffmpegName) {
    return Arrays.stream(values()).filter(one -> one.ffmpegName.equals(ffmpegName)).findFirst();
  }

  /** ffmpeg's name of the encoder. */
  public String ffmpegName() {
    return ffmpegName;
  }

  /** The E in {@code search-E@Z} and {@code encode-E@Z}. */
  public String queue() {
    return queue;
  }

  public Codec codec() {
    return codec;
  }

  public Device device() {
    return device;
  }

  /** Whether it needs a device that a machine may lack or lose. */
  public boolean isOfGpu() {
    return device != Device.CPU;
  }

  /** How its presets are called. */
  public PresetScale presets() {
    return presets;
  }

  public double minCrf() {
    return quality.least();
  }

  public double maxCrf() {
    return quality.most();
  }

  public double crfStep() {
    return quality.step();
  }

  /** The arguments of ab-av1 that ask for a quality and a preset. */
  public List<String> arguments(double crf, int preset) {
    String counted = PlainNumber.text(crf * quality.unit());
    return switch (this) {
      case AV1_AMF ->
          // ab-av1 knows no scale of AMF and sends -crf, which the encoder does not look at.
          List.of(
              "--crf",
              counted,
              "--preset",
              presets.name(preset),
              "--enc",
              "rc=cqp",
              "--enc",
              "qp_i=" + counted,
              "--enc",
              "qp_p=" + counted);
      case AV1_VAAPI -> List.of("--crf", counted);
      case LIBSVTAV1, AV1_NVENC, AV1_QSV, LIBX265, HEVC_NVENC ->
          List.of("--crf", counted, "--preset", presets.name(preset));
    };
  }
}
