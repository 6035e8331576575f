package dev.reencodarr.fakearr.library;

import java.time.Instant;
import java.util.List;

/**
 * An episode file or a movie file. Empty texts stand for what is not known and is left out of JSON.
 *
 * @param season 0 for movies
 * @param relativePath below the folder of its title
 * @param size bytes
 * @param sceneName title of the release that it came as
 * @param originalPath where it lay in that release
 */
public record MediaFile(
    long id,
    long title,
    int season,
    String relativePath,
    long size,
    Instant added,
    String sceneName,
    String releaseGroup,
    String edition,
    String originalPath,
    Quality quality,
    List<Language> languages,
    int indexerFlags,
    String releaseType,
    MediaInfo mediaInfo) {
  public MediaFile {
    languages = List.copyOf(languages);
  }

  /** Its name without folders. */
  public String fileName() {
    return relativePath.substring(relativePath.lastIndexOf('/') + 1);
  }

  /** What custom formats are matched against: the release, or else what it is called now. */
  public String releaseName() {
    if (!sceneName.isEmpty()) {
      return sceneName;
    }
    return originalPath.isEmpty() ? fileName() : originalPath;
  }

  public MediaFile looked(long newSize, MediaInfo seen) {
    return new MediaFile(
        id,
        title,
        season,
        relativePath,
        newSize,
        added,
        sceneName,
        releaseGroup,
        edition,
        originalPath,
        quality,
        languages,
        indexerFlags,
        releaseType,
        seen);
  }

  public MediaFile at(String newRelativePath) {
    return new MediaFile(
        id,
        title,
        season,
        newRelativePath,
        size,
        added,
        sceneName,
        releaseGroup,
        edition,
        originalPath,
        quality,
        languages,
        indexerFlags,
        releaseType,
        mediaInfo);
  }

  public MediaFile withSceneName(String name) {
    return new MediaFile(
        id,
        title,
        season,
        relativePath,
        size,
        added,
        name,
        releaseGroup,
        edition,
        originalPath,
        quality,
        languages,
        indexerFlags,
        releaseType,
        mediaInfo);
  }

  public MediaFile withReleaseGroup(String group) {
    return new MediaFile(
        id,
        title,
        season,
        relativePath,
        size,
        added,
        sceneName,
        group,
        edition,
        originalPath,
        quality,
        languages,
        indexerFlags,
        releaseType,
        mediaInfo);
  }

  public MediaFile withEdition(String newEdition) {
    return new MediaFile(
        id,
        title,
        season,
        relativePath,
        size,
        added,
        sceneName,
        releaseGroup,
        newEdition,
        originalPath,
        quality,
        languages,
        indexerFlags,
        releaseType,
        mediaInfo);
  }

  public MediaFile withQuality(Quality newQuality) {
    return new MediaFile(
        id,
        title,
        season,
        relativePath,
        size,
        added,
        sceneName,
        releaseGroup,
        edition,
        originalPath,
        newQuality,
        languages,
        indexerFlags,
        releaseType,
        mediaInfo);
  }

  public MediaFile withLanguages(List<Language> newLanguages) {
    return new MediaFile(
        id,
        title,
        season,
        relativePath,
        size,
        added,
        sceneName,
        releaseGroup,
        edition,
        originalPath,
        quality,
        newLanguages,
        indexerFlags,
        releaseType,
        mediaInfo);
  }

  public MediaFile withIndexerFlags(int flags) {
    return new MediaFile(
        id,
        title,
        season,
        relativePath,
        size,
        added,
        sceneName,
        releaseGroup,
        edition,
        originalPath,
        quality,
        languages,
        flags,
        releaseType,
        mediaInfo);
  }

  public MediaFile withReleaseType(String type) {
    return new MediaFile(
        id,
        title,
        season,
        relativePath,
        size,
        added,
        sceneName,
        releaseGroup,
        edition,
        originalPath,
        quality,
        languages,
        indexerFlags,
        type,
        mediaInfo);
  }
}
