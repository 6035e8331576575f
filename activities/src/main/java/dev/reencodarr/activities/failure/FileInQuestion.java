package dev.reencodarr.activities.failure;

import dev.reencodarr.workflows.broken.SourceFile;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.RoomRequest;
import dev.reencodarr.workflows.replace.StageRequest;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.VerifyRequest;
import dev.reencodarr.workflows.search.ProbeRequest;
import java.util.Optional;
import java.util.stream.Stream;

/** The file of a library that an activity is about, as its arguments name it. */
final class FileInQuestion {

  private FileInQuestion() {}

  /** Empty for an activity that is about none. */
  static Optional<MediaPath> of(Object[] arguments) {
    return Stream.of(arguments).flatMap(argument -> named(argument).stream()).findFirst();
  }

  private static Optional<MediaPath> named(Object argument) {
    return switch (argument) {
      case MediaPath path -> Optional.of(path);
      case ProbeRequest probe -> Optional.of(probe.source());
      case EncodeRequest encode -> Optional.of(encode.source());
      case VerifyRequest verify -> Optional.of(verify.source());
      case RoomRequest room -> Optional.of(room.source());
      case StageRequest stage -> Optional.of(stage.source());
      case SwapRequest swap -> Optional.of(swap.source());
      case SourceFile file -> Optional.of(file.path());
      default -> Optional.empty();
    };
  }
}
