package dev.reencodarr.workflows.plan.rules;

import java.util.Map;

/**
 * Profiles that any rule may name without writing them; one of the same name that is written
 * counts.
 */
public final class ShippedProfiles {

  /**
   * What Reencodarr did before it had rules: films of 4k become HD, old ones get their grain anew,
   * sound becomes Opus.
   */
  private static final String CLASSIC =
      """
      profiles:
        classic:
          - name: HDR of few bits
            when: hdr != 'sdr' && bitrate > 0 && bitrate < 5000000
            skip: hdr_of_few_bits
          - name: 4k becomes HD
            when: width >= 3840 || height >= 2160
            set: {largest_width: 1920, scaled_against: scaled}
          - name: film from before 2009
            when: year > 0 && year < 2009
            set: {grain: 8}
          - name: HD
            when: height >= 1080
            set: {presets: 4}
          - name: all
            set: {presets: 6, tune: vq, audio: opus}
      """;

  private static final Map<String, String> TEXTS = Map.of("classic", CLASSIC);

  private ShippedProfiles() {}

  /** Texts of rules, each with one profile, by its name. */
  public static Map<String, String> texts() {
    return TEXTS;
  }
}
