package dev.reencodarr.activities.broken;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.replace.BrokenSource;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.util.Optional;

/**
 * Decodes a film from end to end. Its pictures are judged as an encode and its verification judge
 * them, so that nothing is called broken of which a result can be made. Sound is only copied by
 * most encodes, and a decoder stumbles over the first frame of many a recording: a track is broken
 * where more than a little of it is lost.
 */
final class WholeCheck {

  private static final int SOUND_FRAMES = 10;
  private static final double SOUND_SHARE = 0.01;

  private final CheckPrograms programs;
  private final MediaFacts facts;

  WholeCheck(CheckPrograms programs, MediaFacts facts) {
    this.programs = programs;
    this.facts = facts;
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure with what is wrong
   */
  void check() throws InterruptedException {
    if (facts.mainVideo().isEmpty() && CheckPrograms.tracks(facts).isEmpty()) {
      return;
    }
    CheckPrograms.Run all = programs.decode(facts, CheckPrograms.Sound.DECODED);
    boolean soundIsSuspect = all.refused() && !CheckPrograms.tracks(facts).isEmpty();
    CheckPrograms.Run pictures =
        soundIsSuspect ? programs.decode(facts, CheckPrograms.Sound.COPIED) : all;
    ReadThrough read = programs.readThrough(pictures);
    requireEachFrame(read);
    new EndCheck(programs, facts).check(read.seconds());
    if (soundIsSuspect) {
      requireSound();
    }
  }

  /**
   * As the verification does it: where nothing is complained of each packet is a frame, and where
   * the rate varies their number says little.
   */
  private void requireEachFrame(ReadThrough read) throws InterruptedException {
    Optional<MediaStream.Video> film = facts.mainVideo().filter(it -> !it.variesInRate());
    if (film.isEmpty() || read.complaints().isEmpty()) {
      return;
    }
    long packets = programs.packets(film.get());
    if (!BrokenSource.losesFrames(packets, read.frames())) {
      return;
    }
    // The complaints may have been of the sound.
    CheckPrograms.Decoded decoded = programs.decoded(film.get());
    if (!decoded.complaints().isEmpty() && BrokenSource.losesFrames(packets, decoded.frames())) {
      throw BrokenSource.losingFrames(packets, decoded.frames(), decoded.complaints());
    }
  }

  private void requireSound() throws InterruptedException {
    for (JsonNode track : programs.countedSound()) {
      long packets = track.path("nb_read_packets").asLong(0);
      long decoded = track.path("nb_read_frames").asLong(0);
      long lost = packets - decoded;
      // Of which nothing can be decoded, there is perhaps no decoder.
      if (decoded > 0 && lost > Math.max(SOUND_FRAMES, SOUND_SHARE * packets)) {
        throw BrokenSource.losingSound(track.path("index").asInt(), packets, decoded);
      }
    }
  }
}
