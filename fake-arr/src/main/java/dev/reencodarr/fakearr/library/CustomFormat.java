package dev.reencodarr.fakearr.library;

import java.util.regex.Pattern;

/**
 * A custom format with one condition on the title of the release.
 *
 * @param score in every profile
 */
public record CustomFormat(long id, String name, Pattern pattern, int score) {

  boolean matches(MediaFile file) {
    return pattern.matcher(file.releaseName()).find();
  }
}
