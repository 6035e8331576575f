package dev.reencodarr.activities.failure;

import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
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
 * Adds to the evidence of every fault what the worker knew when it happened: the file, machine,
 * versions, free disk and memory. So no activity has to think of it, and what an activity says
 * itself wins. Exceptions that are no evidence pass as they are.
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

    private Map<String, String> about(ActivityInput input) {
      Map<String, String> about = new LinkedHashMap<>(activity);
      FileInQuestion.of(input.getArguments())
          .ifPresent(file -> about.put(Evidence.SOURCE, file.value()));
      return about;
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      try {
        return super.execute(input);
      } catch (ApplicationFailure failure) {
        throw isEvidence(failure) ? witnessed(failure, about(input)) : failure;
      }
    }
  }

  private static boolean isEvidence(ApplicationFailure failure) {
    return Stream.of(EvidenceKind.values()).anyMatch(kind -> kind.name().equals(failure.getType()))
        && failure.getDetails().getSize() > 0;
  }

  private ApplicationFailure witnessed(ApplicationFailure failure, Map<String, String> activity) {
    Evidence seen = failure.getDetails().get(0, Evidence.class);
    Map<String, String> context = new LinkedHashMap<>(surroundings());
    context.putAll(activity);
    context.putAll(seen.context());
    ApplicationFailure witnessed =
        Faults.of(
            new Evidence(
                seen.kind(),
                seen.message(),
                seen.exitCode(),
                seen.signal(),
                seen.command(),
                seen.output(),
                Map.copyOf(context)));
    witnessed.setStackTrace(failure.getStackTrace());
    return witnessed;
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
