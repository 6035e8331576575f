package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.MountRepository;
import dev.reencodarr.workflows.replace.MountAbility;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What the mounts of this machine can do, tried once for each mount, owner and group and kept in
 * the database. Tried again after a day, by each run of the worker, and where another file system
 * has come to the folder.
 */
public final class Mounts implements MountTrial {

  private static final Duration BELIEVED = Duration.ofDays(1);

  private final String host;
  private final MountRepository rows;
  private final MountCalls calls;
  private final UUID run = UUID.randomUUID();

  public Mounts(Machine machine, Database database) {
    this(machine, database, MountCalls.real());
  }

  Mounts(Machine machine, Database database, MountCalls calls) {
    this.host = machine.host();
    this.rows = new MountRepository(database);
    this.calls = calls;
  }

  @Override
  public MountAbility of(DotFolder folder, FileOwner owner) throws IOException {
    FileStat stat =
        FileStat.of(folder.path())
            .orElseThrow(() -> new NoSuchFileException(folder.path().toString()));
    MountRepository.Key key =
        new MountRepository.Key(host, folder.path(), owner.uid(), owner.gid(), stat.device());
    Optional<MountAbility> known = rows.known(key, run, BELIEVED);
    if (known.isPresent()) {
      return known.get();
    }
    MountAbility tried = new TrialFiles(folder, owner, calls, host, run).tried();
    rows.save(key, run, tried);
    return tried;
  }
}
