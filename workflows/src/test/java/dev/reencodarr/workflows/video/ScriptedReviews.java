package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomRequest;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The part of a {@link ScriptedWorld} that looks after held results. */
final class ScriptedReviews implements ReviewActivities, ReviewRowActivities {

  /** What waits, by video. */
  final Map<VideoId, Known> rows = new ConcurrentHashMap<>();

  /** What is said of room, the first first; then there is room for everything. */
  final Queue<Room> rooms = new ConcurrentLinkedQueue<>();

  /** How the result and its source lie. */
  volatile HeldLook look = new HeldLook.AsItWas();

  private final Consumer<String> log;

  ScriptedReviews(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public Room roomToHold(RoomRequest request) {
    log.accept("room to hold");
    return rooms.isEmpty() ? new Room.Reserved(ScriptedWorld.SIZE) : rooms.remove();
  }

  @Override
  public HeldLook lookAt(HeldResult held) {
    log.accept("look at held");
    return look;
  }

  @Override
  public void drop(HeldResult held) {
    log.accept("drop");
  }

  @Override
  public @Nullable Known known(VideoId video) {
    return rows.get(video);
  }

  @Override
  public void held(HeldResult result) {
    log.accept("held");
    rows.put(result.video(), new Known(result, false));
  }

  @Override
  public void approved(VideoId video) {
    log.accept("approved");
    rows.computeIfPresent(video, (_, known) -> new Known(known.result(), true));
  }

  @Override
  public void forget(VideoId video) {
    log.accept("forget");
    rows.remove(video);
  }
}
