package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.media.VideoId;
import java.util.List;

/** There is no Sonarr and no Radarr. */
final class NobodyToTell implements FileTellActivities {

  private static UnsupportedOperationException never() {
    return new UnsupportedOperationException("there is nobody");
  }

  @Override
  public List<FileTelling> open(VideoId video) {
    return List.of();
  }

  @Override
  public FileStanding record(FileTelling telling) {
    throw never();
  }

  @Override
  public CommandEnd rescan(FileTelling telling) {
    throw never();
  }

  @Override
  public FileStanding look(FileTelling telling) {
    throw never();
  }

  @Override
  public CommandEnd rename(FileTelling telling) {
    throw never();
  }

  @Override
  public String settle(FileTelling telling) {
    throw never();
  }

  @Override
  public void drop(FileTelling telling) {
    throw never();
  }

  @Override
  public void failed(FileTelling telling, String problem) {
    throw never();
  }
}
