package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.search.SearchPoint;
import java.util.List;

/**
 * A video that was searched before, as it was then: of one that has been encoded since, its source.
 *
 * @param season whether it lies in the same folder as the video in question
 * @param points measured with the setting in question, by CRF
 */
public record TeacherRow(String path, boolean season, Traits traits, List<SearchPoint> points) {

  /**
   * What makes sources alike.
   *
   * @param codec empty where it is not known
   * @param pixels of a frame; 0 where they are not known
   * @param bytesPerSecond of the whole file; 0 where they are not known
   * @param hdr kind of HDR; empty for SDR
   * @param releaseGroup who has made it, by its name; empty where the name does not say
   */
  public record Traits(
      String codec, long pixels, double bytesPerSecond, String hdr, String releaseGroup) {}
}
