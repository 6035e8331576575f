package dev.reencodarr.workflows.replace;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import java.util.UUID;

/** What a swap came to. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SwapOutcome.Replaced.class, name = "replaced"),
  @JsonSubTypes.Type(value = SwapOutcome.SourceChanged.class, name = "source_changed"),
  @JsonSubTypes.Type(value = SwapOutcome.TargetExists.class, name = "target_exists"),
  @JsonSubTypes.Type(value = SwapOutcome.NotPossible.class, name = "not_possible"),
  @JsonSubTypes.Type(value = SwapOutcome.Superseded.class, name = "superseded")
})
public sealed interface SwapOutcome {

  /**
   * Done and journaled.
   *
   * @param path where the result lies now
   * @param identity of the file at that path
   * @param quarantine folder that holds the original
   * @param otherNames further hard links of the original: while there are any, nothing is freed
   */
  record Replaced(
      UUID replacement,
      MediaPath path,
      SourceIdentity identity,
      long originalBytes,
      long resultBytes,
      MediaPath quarantine,
      int otherNames)
      implements SwapOutcome {

    /** Bytes that became free, or will when the original leaves quarantine. */
    public long savedBytes() {
      return otherNames > 0 ? 0 : originalBytes - resultBytes;
    }
  }

  /** The file at the path is not the analysed one: nothing was changed. */
  record SourceChanged(String what) implements SwapOutcome {}

  /** A file with the new name is there: nothing was changed. */
  record TargetExists(MediaPath path) implements SwapOutcome {}

  /** The file is as it was analysed, and the mount cannot keep it as it is: nothing was changed. */
  record NotPossible(String why) implements SwapOutcome {}

  /** A later attempt has taken over: nothing was changed. */
  record Superseded() implements SwapOutcome {}
}
