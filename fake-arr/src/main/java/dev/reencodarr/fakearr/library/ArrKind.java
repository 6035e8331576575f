package dev.reencodarr.fakearr.library;

/** Which of the two programs. */
public enum ArrKind {
  SONARR("Sonarr", "4.0.19.2979", "series", "episodefile", "seriesId"),
  RADARR("Radarr", "6.0.4.10291", "movie", "moviefile", "movieId");

  private final String appName;
  private final String version;
  private final String titleRoute;
  private final String fileRoute;
  private final String titleKey;

  ArrKind(String appName, String version, String titleRoute, String fileRoute, String titleKey) {
    this.appName = appName;
    this.version = version;
    this.titleRoute = titleRoute;
    this.fileRoute = fileRoute;
    this.titleKey = titleKey;
  }

  public String appName() {
    return appName;
  }

  public String version() {
    return version;
  }

  /** Under which titles are asked for: series, movie. */
  public String titleRoute() {
    return titleRoute;
  }

  /** Under which files are asked for: episodefile, moviefile. */
  public String fileRoute() {
    return fileRoute;
  }

  /** What the id of a title is called in JSON and in questions. */
  public String titleKey() {
    return titleKey;
  }

  public boolean isSonarr() {
    return this == SONARR;
  }
}
