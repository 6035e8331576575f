package dev.reencodarr.workflows.plan;

import java.util.List;
import java.util.Locale;

/**
 * By what a source is decoded for a probe or an encode. All of them give the same pictures, so that
 * it is no part of what points are known by. A machine that has not proved the wished one decodes
 * on its CPU.
 */
public enum Decoding {
  /** Whatever the machine has proved of cuda, qsv and vaapi, in this order. */
  AUTO,
  /** On the CPU. */
  NONE,
  CUDA,
  QSV,
  VAAPI,
  VULKAN;

  /** Those that need a device, in the order in which {@link #AUTO} takes them. */
  public static final List<Decoding> OF_DEVICES = List.of(CUDA, QSV, VAAPI, VULKAN);

  /** Vulkan's decoders are young: they are taken where somebody asks for them. */
  private static final List<Decoding> TAKEN_UNASKED = List.of(CUDA, QSV, VAAPI);

  /** ffmpeg's word for it, and that of settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What is taken on a machine.
   *
   * @param proved there
   * @return never {@link #AUTO}
   */
  public Decoding on(List<Decoding> proved) {
    return switch (this) {
      case AUTO -> TAKEN_UNASKED.stream().filter(proved::contains).findFirst().orElse(NONE);
      case NONE -> NONE;
      case CUDA, QSV, VAAPI, VULKAN -> proved.contains(this) ? this : NONE;
    };
  }

  /**
   * The arguments of ab-av1 that decode so.
   *
   * @param deep whether the source has more than 8 bits
   */
  public List<String> arguments(boolean deep) {
    return switch (this) {
      case AUTO, NONE -> List.of();
      case CUDA, VAAPI, VULKAN -> List.of("--enc-input", "hwaccel=" + word());
      // It leaves its pictures on the device unless it is told a format of the memory.
      case QSV ->
          List.of(
              "--enc-input",
              "hwaccel=qsv",
              "--enc-input",
              "hwaccel_output_format=" + (deep ? "p010le" : "nv12"));
    };
  }
}
