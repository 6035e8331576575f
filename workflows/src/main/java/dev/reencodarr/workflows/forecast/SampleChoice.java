package dev.reencodarr.workflows.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which videos to measure so that a forecast becomes sharper: one after the other from the group
 * whose bytes are the least sure, folders with several videos and, of the others, all of one codec
 * and size of picture; of the group the one that lies in the middle.
 */
public final class SampleChoice {

  /** Fewer videos than these in a folder are no group of their own. */
  private static final int SMALLEST_GROUP = 3;

  /** A group of which nothing is known is about as unsure as one with a third of a video known. */
  private static final double HEAD_START = 0.33;

  private static final int HEIGHT_STEP = 400;

  private SampleChoice() {}

  /**
   * The videos to be measured, those that sharpen the forecast the most first.
   *
   * @param candidates that are still to be done; those that were measured are not chosen
   * @param known what was measured, of these and of others
   * @param count at most so many
   */
  public static List<Candidate> of(List<Candidate> candidates, List<Known> known, int count) {
    Map<String, Group> groups = groups(candidates, known);
    List<Candidate> chosen = new ArrayList<>();
    while (chosen.size() < count) {
      Optional<Group> least =
          groups.values().stream()
              .filter(group -> !group.unmeasured.isEmpty())
              .max(Comparator.comparingDouble(Group::gain));
      if (least.isEmpty()) {
        return List.copyOf(chosen);
      }
      chosen.add(least.get().take());
    }
    return List.copyOf(chosen);
  }

  private static Map<String, Group> groups(List<Candidate> candidates, List<Known> known) {
    Map<String, Integer> counts = new HashMap<>();
    candidates.forEach(one -> counts.merge(one.source().season(), 1, Integer::sum));
    Set<String> folders = new HashSet<>();
    counts.forEach((folder, count) -> {
      if (!folder.isEmpty() && count >= SMALLEST_GROUP) {
        folders.add(folder);
      }
    });
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      groups.computeIfAbsent(name(candidate.source(), folders), name -> new Group()).add(candidate);
    }
    for (Known one : known) {
      Group group = groups.get(name(one.source(), folders));
      if (group != null) {
        group.known++;
      }
    }
    groups.values().forEach(Group::sort);
    return groups;
  }

  private static String name(Source source, Set<String> folders) {
    return folders.contains(source.season())
        ? source.season()
        : source.codec() + " " + source.height() / HEIGHT_STEP;
  }

  /** Videos that are probably alike. */
  private static final class Group {

    private final List<Candidate> unmeasured = new ArrayList<>();
    private double bytes;
    private int known;

    void add(Candidate candidate) {
      if (candidate.measured().isEmpty()) {
        unmeasured.add(candidate);
        bytes += candidate.source().videoBytes();
      }
    }

    /** By how rich they are, so that the middle one is usual for its group. */
    void sort() {
      unmeasured.sort(
          Comparator.comparingDouble((Candidate one) -> one.source().bitsPerPixel())
              .thenComparing(Candidate::path));
    }

    /** By how much one more measurement makes the sum of its bytes surer. */
    double gain() {
      return bytes * bytes * (1 / (known + HEAD_START) - 1 / (known + 1 + HEAD_START));
    }

    Candidate take() {
      Candidate middle = unmeasured.remove(unmeasured.size() / 2);
      bytes -= middle.source().videoBytes();
      known++;
      return middle;
    }
  }
}
