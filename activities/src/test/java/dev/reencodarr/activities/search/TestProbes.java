package dev.reencodarr.activities.search;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.analysis.MountCheck;
import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.PlainRunner;
import dev.reencodarr.activities.process.ProvedDecoders;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.SearchPointRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.search.ProbeActivities;
import dev.reencodarr.workflows.search.ProbeOutcome;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** The probes of a worker, with a work folder and a database of their own. */
final class TestProbes implements AutoCloseable {

  final Database database = TestDatabase.fresh();
  final SearchPointRepository points = new SearchPointRepository(database);
  private final TestActivityEnvironment temporal =
      TestActivityEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
              .build());
  private final Path folder;

  /**
   * @param folder whose {@code work} is the work folder
   */
  TestProbes(Path folder) {
    this.folder = folder;
  }

  Path work() {
    return folder.resolve("work");
  }

  /** A worker that has just started; only the first one of a test gets the probes. */
  ProbeActivities with(ToolSet tools, MountCheck mounts) throws IOException {
    temporal.registerActivitiesImplementations(worker(tools, mounts));
    return temporal.newActivityStub(ProbeActivities.class);
  }

  SampleEncodeProbe worker(ToolSet tools, MountCheck mounts) throws IOException {
    return new SampleEncodeProbe(
        new BoundRunner(tools, work().resolve("home")),
        new AttemptLogs(new JobFolders(work()).logs(), "host"),
        new InstalledTools(tools, new PlainRunner(), folder),
        new Machine("host", "default", work()),
        DeviceBudgets.ofCpu(new CoreBudget(1, 1)),
        new ProvedDecoders(),
        mounts,
        points,
        new PauseRepository(database));
  }

  static ProbeRequest request(
      Path source, int mainVideo, double silent, ProbeSetting setting, double crf)
      throws IOException {
    return new ProbeRequest(
        new VideoId(UUID.randomUUID()),
        new MediaPath(source.toString()),
        FileIdentity.of(source),
        mainVideo,
        silent,
        setting,
        crf);
  }

  static SearchPoint point(ProbeOutcome outcome) {
    return ((ProbeOutcome.Measured) outcome).point();
  }

  @Override
  public void close() {
    temporal.close();
  }
}
