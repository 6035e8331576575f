package dev.reencodarr.workflows.media;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How an encoder calls its presets. A number stands for each, by which it is kept: its own where it
 * has numbers, its place in the encoder's list of words otherwise.
 */
public enum PresetScale {
  /** 0 is the slowest. */
  SVT_AV1(0, IntStream.rangeClosed(0, 13).mapToObj(Integer::toString).toList(), List.of(8, 6)),
  /** p7 is the slowest. */
  NVENC(1, List.of("p1", "p2", "p3", "p4", "p5", "p6", "p7"), List.of(6, 7)),
  QUICK_SYNC(
      1,
      List.of("veryslow", "slower", "slow", "medium", "fast", "faster", "veryfast"),
      List.of(3, 1)),
  AMF(0, List.of("high_quality", "quality", "balanced", "speed"), List.of(1, 0)),
  X265(
      0,
      List.of(
          "ultrafast",
          "superfast",
          "veryfast",
          "faster",
          "fast",
          "medium",
          "slow",
          "slower",
          "veryslow"),
      List.of(5, 6)),
  /** An encoder without any. */
  NONE(0, List.of(""), List.of(0));

  private final int first;
  private final ImmutableList<String> names;
  private final ImmutableList<Integer> usual;

  PresetScale(int first, List<String> names, List<Integer> usual) {
    this.first = first;
    this.names = ImmutableList.copyOf(names);
    this.usual = ImmutableList.copyOf(usual);
  }

  /** The encoder's word for it; empty where it has none. */
  public String name(int preset) {
    return names.get(Math.clamp(preset - first, 0, names.size() - 1));
  }

  /** The number of a word; empty where the encoder has no such preset. */
  public OptionalInt number(String name) {
    int place = names.indexOf(name);
    return place < 0 || name.isEmpty() ? OptionalInt.empty() : OptionalInt.of(place + first);
  }

  /** The words, in the encoder's order. */
  public List<String> names() {
    return names;
  }

  /** Presets that are tried where nothing is set, the wanted one first. */
  public List<Integer> usual() {
    return usual;
  }
}
