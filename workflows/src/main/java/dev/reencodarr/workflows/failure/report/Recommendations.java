package dev.reencodarr.workflows.failure.report;

import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When which recommendation is made: the three of the contract first, then what names a cure. */
public final class Recommendations {

  private static final long MANY_RESOURCES = 3;
  private static final long MANY_OF_THE_SYSTEM = 5;
  private static final long MANY_OF_A_STAGE = 10;

  /** Percent; in whole numbers, since 0.7 x 90 is less than 63. */
  private static final long MOSTLY_UNRESOLVED = 70;

  private static final String RESOURCES = "resource_exhaustion";
  private static final String SYSTEM = "system_issues";
  private static final String STAGES = "stage_failures";

  private Recommendations() {}

  /** Whether the plain report shows it; the others need {@code --details}. */
  public static boolean isPlain(Recommendation recommendation) {
    return Set.of(RESOURCES, SYSTEM, STAGES).contains(recommendation.category());
  }

  static List<Recommendation> of(
      List<FailureGroup> groups,
      List<FailurePattern> patterns,
      List<Concentration> concentrations) {
    List<Recommendation> all = new ArrayList<>();
    Map<FailureCategory, Long> unresolved = unresolvedByCategory(groups);
    resources(unresolved, all);
    system(unresolved, all);
    stages(groups, all);
    brokenSources(groups, all);
    concentrations.stream()
        .filter(Concentration::standsOut)
        .map(Recommendations::against)
        .forEach(all::add);
    patterns.stream().map(Recommendations::cure).forEach(all::add);
    return List.copyOf(all);
  }

  private static Map<FailureCategory, Long> unresolvedByCategory(List<FailureGroup> groups) {
    return groups.stream()
        .collect(
            Collectors.groupingBy(
                FailureGroup::category,
                () -> new EnumMap<>(FailureCategory.class),
                Collectors.summingLong(FailureGroup::unresolved)));
  }

  private static void resources(
      Map<FailureCategory, Long> unresolved, List<Recommendation> recommendations) {
    long count = unresolved.getOrDefault(FailureCategory.RESOURCE_EXHAUSTION, 0L);
    if (count > MANY_RESOURCES) {
      recommendations.add(
          new Recommendation(
              "high",
              RESOURCES,
              "Resource Exhaustion Issues",
              count + " failures indicate system resource problems",
              "Monitor memory usage and consider increasing system resources"));
    }
  }

  private static void system(
      Map<FailureCategory, Long> unresolved, List<Recommendation> recommendations) {
    List<FailureCategory> many =
        List.of(FailureCategory.SYSTEM_ENVIRONMENT, FailureCategory.FILE_OPERATIONS).stream()
            .filter(category -> unresolved.getOrDefault(category, 0L) > MANY_OF_THE_SYSTEM)
            .toList();
    if (!many.isEmpty()) {
      recommendations.add(
          new Recommendation(
              "medium",
              SYSTEM,
              "System-Related Failures Detected",
              "%d failures in %s"
                  .formatted(
                      many.stream().mapToLong(unresolved::get).sum(),
                      many.stream().map(FailureCategory::code).collect(Collectors.joining(", "))),
              "Check disk space, permissions, mounts and tools"));
    }
  }

  private static void stages(List<FailureGroup> groups, List<Recommendation> recommendations) {
    String stages =
        Stream.of(FailureStage.values())
            .filter(stage -> isMostlyUnresolved(groups, stage))
            .map(FailureStage::code)
            .collect(Collectors.joining(", "));
    if (!stages.isEmpty()) {
      recommendations.add(
          new Recommendation(
              "high",
              STAGES,
              "High Failure Rate in Processing Stages",
              stages + ": more than 70% of failures unresolved",
              "Check inputs, settings and resources of these stages"));
    }
  }

  private static void brokenSources(
      List<FailureGroup> groups, List<Recommendation> recommendations) {
    long unresolved =
        groups.stream()
            .filter(group -> group.stage() == FailureStage.ANALYSIS)
            .filter(group -> group.category() == FailureCategory.VALIDATION)
            .mapToLong(FailureGroup::unresolved)
            .sum();
    if (unresolved > 0) {
      recommendations.add(
          new Recommendation(
              "medium",
              "broken_sources",
              "Broken Sources",
              unresolved + " failures of files that cannot be decoded from end to end",
              "See ./reencodarr broken list; ./reencodarr broken redownload has Sonarr or Radarr get"
                  + " others"));
    }
  }

  private static boolean isMostlyUnresolved(List<FailureGroup> groups, FailureStage stage) {
    List<FailureGroup> here = groups.stream().filter(group -> group.stage() == stage).toList();
    long unresolved = here.stream().mapToLong(FailureGroup::unresolved).sum();
    long total = here.stream().mapToLong(FailureGroup::total).sum();
    return unresolved > MANY_OF_A_STAGE && 100 * unresolved > MOSTLY_UNRESOLVED * total;
  }

  private static Recommendation against(Concentration here) {
    Concentration.Dimension dimension =
        Concentration.Dimension.valueOf(here.dimension().toUpperCase(Locale.ROOT));
    String description =
        here.tried()
            .map(tried ->
                "%d failures in %d tried, elsewhere %d in %d"
                    .formatted(
                        here.failures(), tried.here(), here.othersFailures(), tried.elsewhere()))
            .orElse(here.failures() + " failures");
    return switch (dimension) {
      case WORKER ->
          new Recommendation(
              "high",
              "worker",
              "One Worker Fails Far More Often: " + here.name(),
              description,
              "Run ./reencodarr doctor on it; compare its tools, memory and mounts with the others");
      case LIBRARY_FOLDER ->
          new Recommendation(
              "medium",
              "library_folder",
              "Failures Gather in One Folder: " + here.name(),
              description,
              "Check its permissions and disk, and whether its files play");
      case SOURCE_CODEC ->
          new Recommendation(
              "medium",
              "source_codec",
              "Failures Gather in One Codec: " + here.name(),
              description,
              "Look at one of them with ./reencodarr failures show ID; a newer ffmpeg may decode it");
      case RELEASE_GROUP ->
          new Recommendation(
              "low",
              "release_group",
              "Failures Gather in One Release Group: " + here.name(),
              description,
              "Let Sonarr or Radarr fetch another release");
    };
  }

  private static Recommendation cure(FailurePattern pattern) {
    return new Recommendation(
        "low",
        "pattern",
        "%s in %s: %d".formatted(pattern.code(), pattern.stage(), pattern.count()),
        pattern.sampleMessage(),
        Advice.about(pattern.code()));
  }
}
