package dev.reencodarr.activities.store;

/** The machines that windows are for. */
public sealed interface WindowScope {

  /** Every machine that has no windows of its own, nor of its zone. */
  record Everywhere() implements WindowScope {}

  /** The machines of a zone that have none of their own. */
  record OfZone(String zone) implements WindowScope {}

  /** One machine. */
  record OfHost(String host) implements WindowScope {}

  /** For people. */
  default String words() {
    return switch (this) {
      case Everywhere() -> "every machine";
      case OfZone(String zone) -> "zone " + zone;
      case OfHost(String host) -> "host " + host;
    };
  }
}
