package dev.reencodarr.worker;

import com.zaxxer.hikari.HikariDataSource;
import dev.reencodarr.activities.encode.EncodeLimits;
import dev.reencodarr.activities.encode.LivingJobs;
import dev.reencodarr.activities.encode.TakeOver;
import dev.reencodarr.activities.failure.FaultWitness;
import dev.reencodarr.activities.failure.GoneMount;
import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.DatabaseServer;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.activities.temporal.AttemptLog;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import io.temporal.spring.boot.WorkerOptionsCustomizer;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The worker itself: database, payloads, slots, start and stop. */
@Configuration(proxyBeanMethods = false)
class WorkerWiring {

  /** Fresh progress and a quick cancel, though the heartbeat timeout is minutes. */
  private static final Duration HEARTBEAT_THROTTLE = Duration.ofSeconds(2);

  private static final int CONNECTIONS = 8;

  @Bean(destroyMethod = "close")
  HikariDataSource pool(Settings settings) {
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(ConnectionSource.of(settings.connections()));
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    return pool;
  }

  @Bean
  Database database(HikariDataSource pool) {
    Database database = new Database(pool);
    DurabilityCheck.require(new DatabaseServer(pool));
    database.migrate();
    return database;
  }

  @Bean
  DataConverter payloads() {
    return Payloads.converter();
  }

  @Bean
  AttemptLog attemptLog(WorkerHome home, Machine machine) throws IOException {
    return new AttemptLog(home.work().resolve("attempts"), machine.host());
  }

  @Bean
  FaultWitness faultWitness(Machine machine, InstalledTools installed) {
    return new FaultWitness(machine, installed);
  }

  @Bean
  GoneMount goneMount(MarkedLibraries libraries) {
    return new GoneMount(libraries::requireMounted);
  }

  @Bean
  Gates gates() {
    return new Gates();
  }

  /** Heavy queues hold as many tasks as heavy programs may run; the core budget orders them. */
  @Bean
  WorkerOptionsCustomizer slots(Settings settings, Gates gates) {
    Settings.Cores cores = settings.cores().on(Runtime.getRuntime().availableProcessors());
    return new WorkerOptionsCustomizer() {
      @Override
      public WorkerOptions.Builder customize(
          WorkerOptions.Builder options, String name, String queue) {
        options.setMaxHeartbeatThrottleInterval(HEARTBEAT_THROTTLE);
        return switch (name) {
          case "search-cpu", "encode-cpu" ->
              gates.behind(queue, cores.jobs(), options.setMaxConcurrentActivityTaskPollers(1));
          case "host" -> gates.behind(queue, cores.jobs() + 4, options);
          case "analyse" -> gates.behind(queue, 4, options);
          case "files" -> gates.behind(queue, 4, options);
          default -> options;
        };
      }
    };
  }

  @Bean
  TakeOver takeOver(
      JobFolders folders,
      LivingJobs living,
      Machine machine,
      EncodeLimits limits,
      WorkflowClient client) {
    return new TakeOver(folders, living, machine, limits, client);
  }

  @Bean
  WorkerHealth workerHealth(
      Gates gates,
      InstalledTools installed,
      Machine machine,
      ProgramRunner programs,
      Settings settings,
      Database database,
      MarkedLibraries libraries,
      TakeOver takeOver) {
    String zone = machine.zone();
    List<String> queues =
        List.of(
            TaskQueues.CONTROL,
            TaskQueues.analyse(zone),
            TaskQueues.files(zone),
            TaskQueues.search(Encoder.LIBSVTAV1, zone),
            TaskQueues.encode(Encoder.LIBSVTAV1, zone),
            TaskQueues.host(machine.host()));
    return new WorkerHealth(
        gates,
        new Fitness(installed, machine, programs, settings.limits().freeSpaceReserve()),
        new ZoneRoots(new LibraryRepository(database), libraries, zone),
        new WorkerRow(new WorkerRepository(database), machine),
        takeOver,
        queues,
        machine);
  }

  @Bean
  WorkerLifecycle workerLifecycle(
      WorkerFactory workers,
      WorkflowClient client,
      LivingJobs livingJobs,
      AttemptLog attempts,
      WorkerHealth health) {
    return new WorkerLifecycle(
        workers,
        client,
        livingJobs,
        attempts,
        new SearchAttributeCheck(client),
        health,
        new JanitorCall(client));
  }
}
