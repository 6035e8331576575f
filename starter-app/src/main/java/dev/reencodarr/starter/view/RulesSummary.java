package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.DecisionRepository.PassedOver;
import dev.reencodarr.activities.store.rules.Explained;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Planned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** How many videos rules treat in which way. */
public final class RulesSummary {

  private static final String ENCODED = "encoded already";
  private static final String KEPT = "put back by undo, or rejected, and kept";
  private static final String REJECTED = "rejected after a review";

  private final Map<Way, Count> counts = new HashMap<>();

  private record Way(
      String decision,
      Optional<String> skipReason,
      Optional<String> profile,
      Optional<String> encoder,
      OptionalDouble target) {}

  private record Count(long videos, long bytes) {
    Count plus(long more) {
      return new Count(videos + 1, bytes + more);
    }
  }

  /** Videos that are treated in one way. */
  public record GroupView(
      String decision,
      Optional<String> skipReason,
      Optional<String> profile,
      Optional<String> encoder,
      OptionalDouble target,
      long videos,
      long bytes) {}

  /** Counts one. */
  public void add(Explained explained) {
    counts.merge(
        way(explained),
        new Count(1, explained.video().facts().file().identity().size()),
        (before, one) -> before.plus(one.bytes()));
  }

  private static Way way(Explained explained) {
    if (explained.video().isKept()) {
      return settled(KEPT);
    }
    if (explained.video().isRejected()) {
      return settled(REJECTED);
    }
    return switch (explained.planned()) {
      case Planned.Skip skip ->
          new Way(
              explained.decision(),
              Optional.of(skip.reason().code()),
              Optional.empty(),
              Optional.empty(),
              OptionalDouble.empty());
      case Planned.Encode(EncodePlan plan, List<EncodePlan> _) ->
          new Way(
              explained.decision(),
              Optional.empty(),
              explained.settings().profile(),
              Optional.of(plan.encoder().ffmpegName()),
              OptionalDouble.of(plan.target()));
    };
  }

  private static Way settled(String how) {
    return new Way(
        how, Optional.empty(), Optional.empty(), Optional.empty(), OptionalDouble.empty());
  }

  /**
   * The groups, the largest first.
   *
   * @param others that rules were not asked about
   */
  List<GroupView> groups(PassedOver others) {
    List<GroupView> groups = new ArrayList<>();
    if (others.encoded() > 0) {
      counts.put(settled(ENCODED), new Count(others.encoded(), others.encodedBytes()));
    }
    counts.forEach((way, count) ->
        groups.add(
            new GroupView(
                way.decision(),
                way.skipReason(),
                way.profile(),
                way.encoder(),
                way.target(),
                count.videos(),
                count.bytes())));
    groups.sort(
        Comparator.comparingLong(GroupView::videos).reversed().thenComparing(GroupView::decision));
    return groups;
  }

  /** The lines of a table, the largest groups first. */
  public List<String> table(PassedOver others) {
    Table table = new Table().figures("videos").figures("size").text("profile").text("what");
    for (GroupView group : groups(others)) {
      table.row(
          group.videos(),
          Figures.bytes(group.bytes()),
          group.profile().orElse(""),
          group.decision());
    }
    if (others.unanalysed() > 0) {
      table.row(
          others.unanalysed(), "", "", "not measured yet: ./reencodarr library scan --dry-run");
    }
    return table.lines();
  }
}
