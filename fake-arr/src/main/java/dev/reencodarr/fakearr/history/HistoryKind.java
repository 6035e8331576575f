package dev.reencodarr.fakearr.history;

import dev.reencodarr.fakearr.library.ArrKind;

/** Kinds of entries, with the number and the word of each program. */
public enum HistoryKind {
  GRABBED(1, "grabbed", 1, "grabbed"),
  IMPORTED(3, "downloadFolderImported", 3, "downloadFolderImported"),
  DOWNLOAD_FAILED(4, "downloadFailed", 4, "downloadFailed"),
  FILE_DELETED(5, "episodeFileDeleted", 6, "movieFileDeleted"),
  FILE_RENAMED(6, "episodeFileRenamed", 8, "movieFileRenamed"),
  DOWNLOAD_IGNORED(7, "downloadIgnored", 9, "downloadIgnored");

  private final int sonarrNumber;
  private final String sonarrWord;
  private final int radarrNumber;
  private final String radarrWord;

  HistoryKind(int sonarrNumber, String sonarrWord, int radarrNumber, String radarrWord) {
    this.sonarrNumber = sonarrNumber;
    this.sonarrWord = sonarrWord;
    this.radarrNumber = radarrNumber;
    this.radarrWord = radarrWord;
  }

  public String word(ArrKind kind) {
    return kind.isSonarr() ? sonarrWord : radarrWord;
  }

  /** Whether it is asked for by this number or this word. */
  public boolean isCalled(ArrKind kind, String numberOrWord) {
    int number = kind.isSonarr() ? sonarrNumber : radarrNumber;
    return numberOrWord.equals(Integer.toString(number))
        || numberOrWord.equalsIgnoreCase(word(kind));
  }
}
