package dev.reencodarr.workflows.plan.rules;

import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.media.MediaPath;
import java.time.Instant;

/**
 * All that rules may ask about.
 *
 * @param library name of the library that the file lies in
 * @param managed what Sonarr or Radarr says of its title
 * @param now by which its age is told
 */
public record RuledFile(
    MediaPath path,
    String library,
    FileFacts file,
    MediaFacts media,
    Managed managed,
    Instant now) {}
