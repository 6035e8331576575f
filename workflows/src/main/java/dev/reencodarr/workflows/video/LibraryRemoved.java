package dev.reencodarr.workflows.video;

/** The video's library was taken out of use while the video was at work: it ends as cancelled. */
final class LibraryRemoved extends RuntimeException {

  private final String what;

  LibraryRemoved(String what) {
    super(what);
    this.what = what;
  }

  /** Which library, in words for people. */
  String what() {
    return what;
  }
}
