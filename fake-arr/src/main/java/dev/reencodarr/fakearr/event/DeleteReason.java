package dev.reencodarr.fakearr.event;

/** Why a record went, as the program words it. */
public enum DeleteReason {
  MISSING_FROM_DISK("missingFromDisk"),
  MANUAL("manual"),
  UPGRADE("upgrade"),
  NO_LINKED_EPISODES("noLinkedEpisodes"),
  MANUAL_OVERRIDE("manualOverride");

  private final String wire;

  DeleteReason(String wire) {
    this.wire = wire;
  }

  /** In webhooks. */
  public String wire() {
    return wire;
  }

  /** In history. */
  public String inHistory() {
    return Character.toUpperCase(wire.charAt(0)) + wire.substring(1);
  }
}
