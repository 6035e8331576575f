package dev.reencodarr.activities.failure;

import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.temporal.Faults;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds to the evidence of every fault what the worker knew when it happened: machine, versions,
 * free disk and memory. So no activity has to think of it, and what an activity says itself wins.
 * Exceptions that are no evidence pass as they are.
 */
public final class FaultWitness extends WorkerInterceptorBase {

  private static final Path MEMORY = Path.of("/proc/meminfo");

  private final Machine machine;
  private final InstalledTools installed;

  public FaultWitness(Machine machine, InstalledTools installed) {
    this.machine = machine;
    this.installed = installed;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Watch(next);
  }

  private final class Watch extends ActivityInboundCallsInterceptorBase {
    private Map<String, String> activity = Map.of();

    Watch(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      activity =
          Map.of(
              "activity", context.getInfo().getActivityType(),
              "task_queue", context.getInfo().getActivityTaskQueue(),
              "activity_attempt", Integer.toString(context.getInfo().getAttempt()));
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      try {
        return super.execute(input);
      } catch (ApplicationFailure failure) {
        throw Faults.evidence(failure).isPresent() ? witnessed(failure) : failure;
      }
    }

    private ApplicationFailure witnessed(ApplicationFailure failure) {
      Map<String, String> known = new LinkedHashMap<>(surroundings());
      known.putAll(activity);
      return Faults.knowing(failure, known);
    }
  }

  /** What is known of this machine now. */
  private Map<String, String> surroundings() {
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
    freeDisk().ifPresent(bytes -> known.put("free_disk_bytes", Long.toString(bytes)));
    freeMemory().ifPresent(bytes -> known.put("free_memory_bytes", Long.toString(bytes)));
    return known;
  }

  private Optional<Long> freeDisk() {
    try {
      return Optional.of(Files.getFileStore(machine.workFolder()).getUsableSpace());
    } catch (IOException gone) {
      // The disk itself may be what failed: the rest of the context still helps.
      return Optional.empty();
    }
  }

  private static Optional<Long> freeMemory() {
    try (Stream<String> lines = Files.lines(MEMORY, StandardCharsets.US_ASCII)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
