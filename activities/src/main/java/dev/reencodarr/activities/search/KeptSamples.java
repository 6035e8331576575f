package dev.reencodarr.activities.search;

import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.plan.SamplePlan;
import dev.reencodarr.workflows.search.ProbeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The samples that this worker keeps between the probes of a search. What a probe uses stays; of
 * the rest what was used last, within a limit of bytes and while the disk has room.
 */
final class KeptSamples {

  private static final long MOST_BYTES = 4L << 30;

  /** Of what is free: kept samples are never what fills a disk. */
  private static final int SHARE_OF_FREE = 10;

  private static final Duration BETWEEN_USES = Duration.ofMinutes(1);

  private final SampleFolders folders;
  private final long mostBytes;
  private final Map<Path, Integer> users = new HashMap<>();

  KeptSamples(SampleFolders folders) {
    this(folders, MOST_BYTES);
  }

  KeptSamples(SampleFolders folders, long mostBytes) {
    this.folders = folders;
    this.mostBytes = mostBytes;
  }

  /** Samples that are not removed until it is closed. */
  final class Lease implements AutoCloseable {

    private final Path folder;
    private final CutSamples samples;
    private Instant used = Instant.now();

    private Lease(Path folder, CutSamples samples) {
      this.folder = folder;
      this.samples = samples;
    }

    CutSamples samples() {
      return samples;
    }

    Path file(CutSamples.Sample sample) {
      return folder.resolve(sample.file());
    }

    /** To be called about every second: who only looks at the folder sees that it is in use. */
    void use() {
      if (Instant.now().isAfter(used.plus(BETWEEN_USES))) {
        used = Instant.now();
        touch(folder);
      }
    }

    @Override
    public void close() throws IOException {
      release(folder);
    }
  }

  /** The samples of this source and plan, if they are kept and whole. */
  synchronized Optional<Lease> find(ProbeRequest request) throws IOException {
    removeOver();
    Path folder = folderOf(request);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    Optional<CutSamples> samples = CutSamples.in(folder);
    if (samples.isEmpty() && isIdle(folder)) {
      folders.remove(folder);
    }
    return samples.map(whole -> leased(folder, whole));
  }

  /**
   * Takes over samples that were cut just now.
   *
   * @param cut a folder on the same file system, with its list; gone afterwards, unless another
   *     probe was faster, whose samples are used then
   */
  synchronized Lease keep(ProbeRequest request, Path cut, CutSamples samples) throws IOException {
    Optional<Lease> other = find(request);
    if (other.isPresent()) {
      return other.get();
    }
    Path folder = folderOf(request);
    if (Files.exists(folder)) {
      throw new IOException("samples that another probe uses are not whole any more: " + folder);
    }
    Files.createDirectories(folders.path());
    Files.move(cut, folder, StandardCopyOption.ATOMIC_MOVE);
    Lease lease = leased(folder, samples);
    removeExcess();
    return lease;
  }

  /** Removes all that no probe uses: for want of room. */
  synchronized void removeIdle() throws IOException {
    for (Path folder : folders.all()) {
      if (isIdle(folder)) {
        folders.remove(folder);
      }
    }
  }

  private Lease leased(Path folder, CutSamples samples) {
    users.merge(folder, 1, Integer::sum);
    touch(folder);
    return new Lease(folder, samples);
  }

  private synchronized void release(Path folder) throws IOException {
    users.computeIfPresent(folder, (same, count) -> count > 1 ? count - 1 : null);
    touch(folder);
    removeExcess();
  }

  private boolean isIdle(Path folder) {
    return !users.containsKey(folder);
  }

  private void removeOver() throws IOException {
    for (Path folder : folders.all()) {
      if (isIdle(folder) && SampleFolders.isOver(folder)) {
        folders.remove(folder);
      }
    }
  }

  private void removeExcess() throws IOException {
    Map<Path, Long> bytes = new HashMap<>();
    Map<Path, Instant> uses = new HashMap<>();
    for (Path folder : folders.all()) {
      bytes.put(folder, CutSamples.in(folder).map(CutSamples::bytes).orElse(0L));
      uses.put(folder, SampleFolders.lastUse(folder));
    }
    long kept = bytes.values().stream().mapToLong(Long::longValue).sum();
    long limit = limit(kept);
    for (Path folder :
        uses.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList()) {
      if (kept > limit && isIdle(folder)) {
        folders.remove(folder);
        kept -= bytes.getOrDefault(folder, 0L);
      }
    }
  }

  private long limit(long kept) throws IOException {
    long free = Files.getFileStore(folders.path()).getUsableSpace();
    return Math.min(mostBytes, (free + kept) / SHARE_OF_FREE);
  }

  private Path folderOf(ProbeRequest request) {
    SourceIdentity identity = request.identity();
    SamplePlan plan = request.setting().samples();
    String key =
        String.join(
            " ",
            identity.sampledHash(),
            Long.toString(identity.size()),
            identity.mtime().toString(),
            Integer.toString(request.mainVideoIndex()),
            Double.toString(request.silentSeconds()),
            plan.toString());
    return folders.path().resolve(HexFormat.of().formatHex(sha256(key)));
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Where it fails the samples merely look older than they are. */
  private static void touch(Path folder) {
    try {
      SampleFolders.use(folder);
    } catch (IOException _) {
      // They may have been removed from outside, which the probe that reads them will tell.
    }
  }
}
