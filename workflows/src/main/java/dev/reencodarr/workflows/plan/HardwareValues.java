package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.media.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How people write what a video is to be encoded on, and what a machine may offer. */
public final class HardwareValues {

  private static final String ALL = "all";
  private static final String NONE = "none";

  private HardwareValues() {}

  /**
   * Encoders in the order in which they are written.
   *
   * @throws SettingsInvalid if a name is none of them or comes twice, or there is none
   */
  static List<Encoder> encoders(SettingValue value) {
    return value.parsed(
        "one or more of " + names() + ", none twice",
        text -> {
          List<Encoder> encoders = value.words().stream().map(HardwareValues::encoder).toList();
          require(!encoders.isEmpty());
          require(encoders.stream().distinct().count() == encoders.size());
          return encoders;
        });
  }

  static EncoderChoice choice(SettingValue value) {
    return value.parsed(
        "preferred or first_free", text -> EncoderChoice.valueOf(text.toUpperCase(Locale.ROOT)));
  }

  static Decoding decoding(SettingValue value) {
    return value.parsed(
        "auto, none, cuda, qsv, vaapi or vulkan",
        text -> Decoding.valueOf(text.toUpperCase(Locale.ROOT)));
  }

  /** Presets by encoder, written {@code av1_nvenc=p5+p7, libx265=slow}. */
  static List<HardwareWishes.PresetLadder> ladders(SettingValue value) {
    return value.parsed(
        "encoders with their presets, such as av1_nvenc=p5+p7, libx265=slow; those of libsvtav1 are `presets`",
        text -> {
          List<HardwareWishes.PresetLadder> ladders = new ArrayList<>();
          for (String word : value.words()) {
            String[] parts = word.split("=", -1);
            require(parts.length == 2);
            Encoder encoder = encoder(parts[0].strip());
            require(encoder != Encoder.LIBSVTAV1);
            require(ladders.stream().noneMatch(ladder -> ladder.encoder() == encoder));
            ladders.add(
                new HardwareWishes.PresetLadder(
                    encoder,
                    Arrays.stream(parts[1].split("\\+", -1))
                        .map(name ->
                            encoder
                                .presets()
                                .number(name.strip().toLowerCase(Locale.ROOT))
                                .orElseThrow(IllegalArgumentException::new))
                        .toList()));
          }
          return List.copyOf(ladders);
        });
  }

  /**
   * What a machine may offer.
   *
   * @throws SettingsInvalid if a name is none
   */
  public static List<Encoder> ofMachine(SettingValue value) {
    return value.parsed(
        "all, or some of " + names(),
        text ->
            text.equalsIgnoreCase(ALL)
                ? List.of(Encoder.values())
                : value.words().stream().map(HardwareValues::encoder).toList());
  }

  /**
   * By what a machine may decode, beside its CPU.
   *
   * @throws SettingsInvalid if a name is none
   */
  public static List<Decoding> decodersOfMachine(SettingValue value) {
    return value.parsed(
        "all, none, or some of cuda, qsv, vaapi, vulkan",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case ALL -> Decoding.OF_DEVICES;
              case NONE -> List.of();
              default ->
                  value.words().stream()
                      .map(word -> Decoding.valueOf(word.toUpperCase(Locale.ROOT)))
                      .peek(one -> require(Decoding.OF_DEVICES.contains(one)))
                      .toList();
            });
  }

  private static Encoder encoder(String name) {
    Optional<Encoder> encoder = Encoder.named(name.toLowerCase(Locale.ROOT));
    return encoder.orElseThrow(IllegalArgumentException::new);
  }

  private static String names() {
    return Arrays.stream(Encoder.values())
        .map(Encoder::ffmpegName)
        .collect(Collectors.joining(", "));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException();
    }
  }
}
