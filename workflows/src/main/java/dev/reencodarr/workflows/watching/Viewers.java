package dev.reencodarr.workflows.watching;

/**
 * Who watches videos at a media server.
 *
 * @param playing sessions that play and are not paused
 * @param transcoding of them, those whose video the server re-encodes
 */
public record Viewers(int playing, int transcoding) {

  /** How many of them hold up heavy work. */
  public int thatHoldUp(HoldWhen when) {
    return switch (when) {
      case PLAYING -> playing;
      case TRANSCODING -> transcoding;
      case NEVER -> 0;
    };
  }
}
