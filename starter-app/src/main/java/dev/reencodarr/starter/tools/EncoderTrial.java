package dev.reencodarr.starter.tools;

import dev.reencodarr.activities.process.FfmpegTrial;
import dev.reencodarr.workflows.media.Encoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Which encoders work on this machine: a name in a list proves nothing, a frame does. */
public final class EncoderTrial {

  private final Path ffmpeg;

  public EncoderTrial(Path ffmpeg) {
    this.ffmpeg = ffmpeg;
  }

  /** The names of those through which a frame went. */
  public List<String> working() throws InterruptedException {
    List<String> working = new ArrayList<>();
    for (Encoder encoder : Encoder.values()) {
      if (works(encoder.ffmpegName())) {
        working.add(encoder.ffmpegName());
      }
    }
    return List.copyOf(working);
  }

  private boolean works(String encoder) throws InterruptedException {
    try {
      return FitnessCheck.passes(FfmpegTrial.encoder(ffmpeg, encoder));
    } catch (IOException | TimeoutException e) {
      // A driver that hangs or a program that does not start is an encoder that does not work.
      return false;
    }
  }
}
