package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.rules.Explained;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.rules.Fact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What rules make of a video, in JSON. */
public record ExplainedView(
    String id,
    String path,
    String state,
    String decision,
    Optional<String> skipReason,
    Optional<String> detail,
    PriorityView priority,
    Optional<String> profile,
    Optional<String> encoder,
    OptionalDouble target,
    Optional<String> targetPath,
    Map<String, ValueView> settings,
    List<StreamView> streams,
    Map<String, Object> facts) {

  /** A setting and where it comes from. */
  public record ValueView(String value, String from) {}

  /** Which turn it has, 1 (first) to 5 (last), and where that comes from. */
  public record PriorityView(int value, String from) {}

  /** A stream of the source, and what becomes of it. */
  public record StreamView(int index, String type, String action, String codec, String reason) {}

  /** With every setting, every stream and every fact. */
  public static ExplainedView whole(Explained explained) {
    return of(explained, false);
  }

  /** With the settings that rules gave. */
  public static ExplainedView brief(Explained explained) {
    return of(explained, true);
  }

  private static ExplainedView of(Explained explained, boolean brief) {
    Optional<EncodePlan> plan =
        explained.planned() instanceof Planned.Encode(EncodePlan wanted, List<EncodePlan> _)
            ? Optional.of(wanted)
            : Optional.empty();
    Optional<Planned.Skip> skip =
        explained.planned() instanceof Planned.Skip left ? Optional.of(left) : Optional.empty();
    Map<String, ValueView> settings = new LinkedHashMap<>();
    for (SettingValue value : explained.settings().values()) {
      if (!brief || value.origin().startsWith("rule ")) {
        settings.put(value.key().key(), new ValueView(value.text(), value.origin()));
      }
    }
    return new ExplainedView(
        explained.video().id().toString(),
        explained.video().path().value(),
        explained.video().state().code(),
        explained.decision(),
        skip.map(left -> left.reason().code()),
        skip.map(Planned.Skip::detail),
        new PriorityView(
            explained.settings().priority().value(), explained.settings().priority().origin()),
        explained.settings().profile(),
        plan.map(wanted -> wanted.encoder().ffmpegName()),
        plan.stream().mapToDouble(EncodePlan::target).findFirst(),
        plan.map(wanted -> wanted.targetPath().value()),
        settings,
        brief ? List.of() : plan.map(ExplainedView::streams).orElse(List.of()),
        brief ? Map.of() : Fact.allOf(explained.file()));
  }

  private static List<StreamView> streams(EncodePlan plan) {
    return plan.streams().stream()
        .map(stream ->
            new StreamView(
                stream.sourceIndex(),
                stream.type(),
                stream.action().name().toLowerCase(Locale.ROOT),
                stream.codec(),
                stream.reason()))
        .toList();
  }
}
