package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.VideoId;

/** The table {@code kept_contents}: content that no scan takes, under any name, until `retry`. */
final class KeptContents {

  private final Database database;

  KeptContents(Database database) {
    this.database = database;
  }

  /** Somebody has asked to keep this content as it is. */
  void keep(String sampledHash) {
    database
        .client()
        .sql("insert into kept_contents (sampled_hash) values (:hash) on conflict do nothing")
        .param("hash", sampledHash)
        .update();
  }

  /** The content that this video has by its row may be taken again. */
  void forgetContentOf(VideoId video) {
    database
        .client()
        .sql(
            "delete from kept_contents where sampled_hash ="
                + " (select sampled_hash from videos where id = :id)")
        .param("id", video.value())
        .update();
  }
}
