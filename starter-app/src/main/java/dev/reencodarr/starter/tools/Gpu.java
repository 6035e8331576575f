package dev.reencodarr.starter.tools;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Decoding;
import java.util.List;

/**
 * A graphics device of this machine.
 *
 * @param name as its driver or the kernel calls it
 */
public record Gpu(Maker maker, String name) {

  /** Who has made it: that decides by what ffmpeg reaches it. */
  public enum Maker {
    NVIDIA("0x10de"),
    INTEL("0x8086"),
    AMD("0x1002"),
    OTHER("");

    private final String id;

    Maker(String id) {
      this.id = id;
    }

    /** The maker with this number of the PCI's registry, such as {@code 0x8086}. */
    static Maker of(String id) {
      for (Maker maker : values()) {
        if (maker.id.equals(id)) {
          return maker;
        }
      }
      return OTHER;
    }

    List<Decoding> decoders() {
      return switch (this) {
        case NVIDIA -> List.of(Decoding.CUDA);
        case INTEL -> List.of(Decoding.QSV, Decoding.VAAPI);
        case AMD -> List.of(Decoding.VAAPI);
        case OTHER -> List.of();
      };
    }

    List<Encoder> encoders() {
      return switch (this) {
        case NVIDIA -> List.of(Encoder.AV1_NVENC, Encoder.HEVC_NVENC);
        case INTEL -> List.of(Encoder.AV1_QSV, Encoder.AV1_VAAPI);
        case AMD -> List.of(Encoder.AV1_AMF, Encoder.AV1_VAAPI);
        case OTHER -> List.of();
      };
    }

    /** Which of its devices encode AV1, for people. */
    String whichEncodeAv1() {
      return switch (this) {
        case NVIDIA -> "a GeForce RTX 40 or newer does";
        case INTEL -> "Arc and Core Ultra do";
        case AMD -> "RDNA 3 and newer do";
        case OTHER -> "";
      };
    }
  }
}
