package dev.reencodarr.activities.process;

import dev.reencodarr.workflows.media.Encoder;
import java.util.List;

/**
 * What of a machine may be at work at once, by the kind of device: a job on a GPU never waits for
 * one on the CPU.
 */
public final class DeviceBudgets {

  private static final String ENCODER = "--encoder";

  private final CoreBudget cores;
  private final CoreBudget nvidia;
  private final CoreBudget renderNode;

  /**
   * @param cores of the CPU
   * @param gpuJobs at once on each kind of GPU, at least 1
   * @param threadsOfGpuJob that score what a GPU has encoded, at least 1
   */
  public DeviceBudgets(CoreBudget cores, int gpuJobs, int threadsOfGpuJob) {
    this.cores = cores;
    this.nvidia = cores.beside(gpuJobs, threadsOfGpuJob);
    this.renderNode = cores.beside(gpuJobs, threadsOfGpuJob);
  }

  /** Of a machine without a GPU. */
  public static DeviceBudgets ofCpu(CoreBudget cores) {
    return new DeviceBudgets(cores, 1, 1);
  }

  /** The budget that jobs of an encoder are taken from. */
  public CoreBudget of(Encoder encoder) {
    return switch (encoder.device()) {
      case CPU -> cores;
      case NVIDIA -> nvidia;
      case RENDER_NODE -> renderNode;
    };
  }

  /** The same, for a command of ab-av1; one that names no encoder is the CPU's. */
  public CoreBudget of(List<String> command) {
    int at = command.indexOf(ENCODER);
    return at < 0 || at + 1 >= command.size()
        ? cores
        : Encoder.named(command.get(at + 1)).map(this::of).orElse(cores);
  }
}
