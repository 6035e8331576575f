package dev.reencodarr.fakearr.library;

/**
 * What a file can hold of a title: an episode, or the whole of a movie, whose part has its id.
 *
 * @param season 0 for movies and specials
 * @param number within the season; 0 for movies
 * @param file id of the file that holds it; 0 for none
 */
public record Part(
    long id, long title, int season, int number, String name, boolean monitored, long file) {

  public Part monitored(boolean now) {
    return new Part(id, title, season, number, name, now, file);
  }

  public Part heldBy(long newFile) {
    return new Part(id, title, season, number, name, monitored, newFile);
  }
}
