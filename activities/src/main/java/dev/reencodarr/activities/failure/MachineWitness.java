package dev.reencodarr.activities.failure;

import dev.reencodarr.activities.process.FreeResources;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.Machine;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a worker knows of its machine: names, versions, free disk and memory. */
public final class MachineWitness {

  private final Machine machine;
  private final InstalledTools installed;

  public MachineWitness(Machine machine, InstalledTools installed) {
    this.machine = machine;
    this.installed = installed;
  }

  /** What is known now, by the keys of a failure's context. */
  public Map<String, String> now() {
    Map<String, String> known = new LinkedHashMap<>();
    known.put("host", machine.host());
    known.put("worker", ProcessHandle.current().pid() + "@" + machine.host());
    known.put("zone", machine.zone());
    known.put("os", Runtimes.os());
    known.put("java_version", Runtimes.java());
    installed
        .known()
        .ifPresent(versions -> {
          known.put("version_ab-av1", versions.abAv1());
          known.put("version_ffmpeg", versions.ffmpeg());
          known.put("version_ffprobe", versions.ffprobe());
        });
    FreeResources.diskBytes(machine.workFolder())
        .ifPresent(bytes -> known.put("free_disk_bytes", Long.toString(bytes)));
    FreeResources.memoryBytes()
        .ifPresent(bytes -> known.put("free_memory_bytes", Long.toString(bytes)));
    return Map.copyOf(known);
  }
}
