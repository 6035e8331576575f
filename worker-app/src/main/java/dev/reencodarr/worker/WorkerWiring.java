package dev.reencodarr.worker;

import com.zaxxer.hikari.HikariDataSource;
import dev.reencodarr.activities.encode.EncodeLimits;
import dev.reencodarr.activities.encode.LivingJobs;
import dev.reencodarr.activities.encode.TakeOver;
import dev.reencodarr.activities.failure.CriticalAnnouncer;
import dev.reencodarr.activities.failure.MachineWitness;
import dev.reencodarr.activities.failure.StandingFailures;
import dev.reencodarr.activities.failure.WebhookFile;
import dev.reencodarr.activities.fleet.FleetLook;
import dev.reencodarr.activities.hold.HoldKeeper;
import dev.reencodarr.activities.hold.MachineHold;
import dev.reencodarr.activities.hold.WindowSource;
import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.library.change.WatchedLibraries;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ProvedDecoders;
import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.DatabaseServer;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.WindowRepository;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.activities.store.media.MediaServerRepository;
import dev.reencodarr.activities.store.media.TellingRepository;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.activities.sync.KeptKeyClients;
import dev.reencodarr.activities.temporal.AttemptsAtWork;
import dev.reencodarr.activities.temporal.LostAttempts;
import dev.reencodarr.activities.watching.MediaServers;
import dev.reencodarr.activities.watching.WatchingSource;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import io.temporal.spring.boot.WorkerOptionsCustomizer;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The worker itself: database, payloads, slots, start and stop. */
@Configuration(proxyBeanMethods = false)
class WorkerWiring {

  /** Fresh progress and a quick cancel, though the heartbeat timeout is minutes. */
  private static final Duration HEARTBEAT_THROTTLE = Duration.ofSeconds(2);

  /** A workflow that does not answer so long is taken for stuck; encodes starve it for seconds. */
  private static final Duration STARVED = Duration.ofSeconds(10);

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

  /** This worker's alone and the same after a restart, so that its lost attempts are known. */
  @Bean
  TemporalOptionsCustomizer<WorkflowClientOptions.Builder> identity(
      WorkerHome home, Machine machine) {
    return options -> options.setIdentity(machine.host() + ":" + home.path());
  }

  @Bean
  LostAttempts lostAttempts(WorkflowClient client, AttemptsAtWork atWork, Machine machine) {
    return new LostAttempts(client, atWork, machine.host());
  }

  @Bean
  MachineWitness machineWitness(Machine machine, InstalledTools installed) {
    return new MachineWitness(machine, installed);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  CriticalAnnouncer criticalAnnouncer(Database database, Settings settings) {
    return new CriticalAnnouncer(
        new FailureRepository(database),
        new WebhookFile(settings.connections().criticalWebhookFile().orElse("")));
  }

  @Bean
  Gates gates() {
    return new Gates();
  }

  /**
   * Heavy queues hold as many tasks as heavy programs may run; the budgets order them. That of the
   * host has room for a verification of each, and for steps that wait for none of them.
   */
  @Bean
  WorkerOptionsCustomizer slots(Settings settings, Gates gates) {
    Settings.Cores cores = settings.cores().on(Runtime.getRuntime().availableProcessors());
    return new WorkerOptionsCustomizer() {
      @Override
      public WorkerOptions.Builder customize(
          WorkerOptions.Builder options, String name, String queue) {
        options.setMaxHeartbeatThrottleInterval(HEARTBEAT_THROTTLE);
        options.setDefaultDeadlockDetectionTimeout(STARVED.toMillis());
        for (Encoder encoder : Encoder.values()) {
          if (name.equals("search-" + encoder.queue())
              || name.equals("encode-" + encoder.queue())) {
            int jobs = encoder.isOfGpu() ? settings.devices().gpuJobs() : cores.jobs();
            return gates.behind(queue, jobs, options.setMaxConcurrentActivityTaskPollers(1));
          }
        }
        return switch (name) {
          case "host" ->
              gates.behind(queue, cores.jobs() + 2 * settings.devices().gpuJobs() + 4, options);
          case "analyse" -> gates.behind(queue, 4, options);
          case "files" -> gates.behind(queue, 4, options);
          case "check" -> gates.behind(queue, 1, options.setMaxConcurrentActivityTaskPollers(1));
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
      StandingFailures failures,
      MachineWitness witness,
      TakeOver takeOver,
      LostAttempts lostAttempts,
      Suspicion suspicion,
      MachineHold hold,
      ProvedDecoders decoders) {
    String zone = machine.zone();
    List<String> queues =
        List.of(
            TaskQueues.CONTROL,
            TaskQueues.analyse(zone),
            TaskQueues.files(zone),
            TaskQueues.check(zone),
            TaskQueues.host(machine.host()));
    Fitness fitness =
        new Fitness(installed, machine, programs, settings.limits().freeSpaceReserve());
    return new WorkerHealth(
        gates,
        fitness,
        new ZoneRoots(new LibraryRepository(database), libraries, zone),
        new WorkerRow(
            new WorkerRepository(database),
            machine,
            power(settings.cores().on(Runtime.getRuntime().availableProcessors()))),
        new QueueFailures(failures, witness, machine.host()),
        takeOver,
        lostAttempts,
        suspicion,
        hold,
        new EncoderProofs(fitness, settings.devices(), decoders),
        queues,
        machine);
  }

  @Bean(destroyMethod = "close")
  MediaServers mediaServers(Database database, WorkerHome home) {
    return new MediaServers(database, home.path());
  }

  @Bean(destroyMethod = "close")
  KeptKeyClients connectionClients(Database database, WorkerHome home) {
    return new KeptKeyClients(database, home.path());
  }

  @Bean(destroyMethod = "close")
  HoldKeeper holdKeeper(
      Database database,
      Machine machine,
      MachineHold hold,
      JobFolders folders,
      MediaServers mediaServers) {
    Clock clock = Clock.systemUTC();
    return new HoldKeeper(
        List.of(
            new WindowSource(new WindowRepository(database), machine, clock),
            new WatchingSource(new MediaServerRepository(database), mediaServers, machine.zone())),
        hold,
        folders,
        clock);
  }

  @Bean
  WorkerLifecycle workerLifecycle(
      WorkerFactory workers,
      WorkflowClient client,
      LivingJobs livingJobs,
      LostAttempts lostAttempts,
      WorkerHealth health,
      HoldKeeper holds,
      FleetLook fleet,
      Database database,
      MarkedLibraries libraries,
      Machine machine,
      Settings settings,
      WorkerHome home) {
    return new WorkerLifecycle(
        workers,
        livingJobs,
        lostAttempts,
        new SearchAttributeCheck(client),
        health,
        holds,
        new JanitorCall(client),
        new FleetNews(fleet, client),
        new TellCalls(
            List.of(new TellingRepository(database), new FileTellingRepository(database)),
            client,
            machine.zone()),
        new RedownloadCalls(new BrokenSourceRepository(database), client, machine.zone()),
        new SyncSchedules(new ConnectionRepository(database), client),
        new ScanSchedules(
            new LibraryRepository(database),
            client,
            Duration.ofHours(settings.intake().scanHours())),
        new WatchedLibraries(database, client, libraries, machine.zone(), settings.intake()),
        new WebhookHearing(database, client, settings.webhooks(), machine, home));
  }

  private static WorkerRepository.Power power(Settings.Cores cores) {
    return new WorkerRepository.Power(cores.jobs(), cores.threads());
  }
}
