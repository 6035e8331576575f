package dev.reencodarr.workflows.search;

import java.util.List;

/**
 * A video that was searched before, as it teaches others.
 *
 * @param name for people
 * @param likeness how much it is like the video in question, 0 to 1
 * @param points measured with the setting in question; at least one
 */
public record SearchedVideo(String name, double likeness, List<SearchPoint> points) {

  public SearchedVideo {
    points = List.copyOf(points);
  }
}
