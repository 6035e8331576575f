package dev.reencodarr.activities.watching;

import dev.reencodarr.workflows.watching.Viewers;

/** What is asked of a media server, and told to it, whichever it is. */
interface MediaServerClient {

  Viewers viewers() throws MediaServerFailed;

  /** Has it look at a file anew. */
  void tell(Change change) throws MediaServerFailed;
}
