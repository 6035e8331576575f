package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.broken.BrokenSource;

/** What has become of a broken file, in words. */
public record BrokenText(BrokenSource source) {

  /** One line. */
  public String standing() {
    return switch (source.state()) {
      case FOUND -> "./reencodarr broken redownload has Sonarr or Radarr get one";
      case ORDERED -> "ordered" + (source.detail().isEmpty() ? "" : ": " + source.detail());
      case WAITING -> source.detail();
      case ARRIVED, REPLACED, ACQUITTED -> source.detail();
      case STOPPED -> "none: " + source.detail();
    };
  }
}
