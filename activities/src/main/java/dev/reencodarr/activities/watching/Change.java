package dev.reencodarr.activities.watching;

/**
 * What has become of a file.
 *
 * @param path as the media server calls it
 * @param kind created, modified, deleted
 */
record Change(String path, String kind) {

  /** The folder that it lies in. */
  String folder() {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
