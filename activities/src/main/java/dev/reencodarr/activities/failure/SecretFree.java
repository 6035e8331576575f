package dev.reencodarr.activities.failure;

import dev.reencodarr.activities.process.SecretMask;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.HiddenNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes what looks like a key or a password out of what is told of a failure. The names of the file
 * that it is about stay, though one is called "Basic Instinct": they are no secret, and by them the
 * table tells a title from evidence.
 */
public final class SecretFree {

  private final HiddenNames names;

  private SecretFree(HiddenNames names) {
    this.names = names;
  }

  /** For words about the file that this evidence is about. */
  static SecretFree about(Evidence seen) {
    return new SecretFree(HiddenNames.of(seen));
  }

  /** The evidence without secrets, fit to leave this worker: Temporal keeps and shows it. */
  public static Evidence of(Evidence seen) {
    return about(seen).evidence(seen);
  }

  private Evidence evidence(Evidence seen) {
    Map<String, String> context = new LinkedHashMap<>();
    seen.context().forEach((key, value) -> context.put(text(key), value(key, value)));
    return new Evidence(
        seen.kind(),
        text(seen.message()),
        seen.exitCode(),
        seen.signal(),
        arguments(seen.command()),
        text(seen.output()),
        Map.copyOf(context));
  }

  /** A value is a secret by its key as well as by its looks. */
  private String value(String key, String value) {
    return SecretMask.of(key + "=x").equals(key + "=x") ? text(value) : SecretMask.MASK;
  }

  String text(String text) {
    return names.show(SecretMask.of(names.hide(text)));
  }

  private List<String> arguments(List<String> command) {
    return SecretMask.of(command.stream().map(names::hide).toList()).stream()
        .map(names::show)
        .toList();
  }
}
