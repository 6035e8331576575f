package dev.reencodarr.worker;

import dev.reencodarr.activities.analysis.AnalysisActivitiesImpl;
import dev.reencodarr.activities.analysis.Ffprobe;
import dev.reencodarr.activities.analysis.FileAnalysis;
import dev.reencodarr.activities.broken.BrokenSources;
import dev.reencodarr.activities.broken.Redownloads;
import dev.reencodarr.activities.broken.SourceCheckRows;
import dev.reencodarr.activities.broken.SourceChecker;
import dev.reencodarr.activities.encode.AbAv1Encoder;
import dev.reencodarr.activities.encode.EncodeLimits;
import dev.reencodarr.activities.encode.EncoderTurns;
import dev.reencodarr.activities.encode.LivingJobs;
import dev.reencodarr.activities.encode.SampleMaker;
import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.failure.FailureReader;
import dev.reencodarr.activities.failure.FailureRecorder;
import dev.reencodarr.activities.failure.StandingFailures;
import dev.reencodarr.activities.fleet.FleetControl;
import dev.reencodarr.activities.fleet.FleetLook;
import dev.reencodarr.activities.hold.MachineHold;
import dev.reencodarr.activities.janitor.LibrarySweep;
import dev.reencodarr.activities.janitor.MachineSweep;
import dev.reencodarr.activities.janitor.RowSweep;
import dev.reencodarr.activities.janitor.SettleLedger;
import dev.reencodarr.activities.library.LibraryScanner;
import dev.reencodarr.activities.library.LibraryStarter;
import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.library.ScanOrders;
import dev.reencodarr.activities.library.SettledOnDisk;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ProvedDecoders;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.replace.Adoption;
import dev.reencodarr.activities.replace.LibraryGuard;
import dev.reencodarr.activities.replace.Mounts;
import dev.reencodarr.activities.replace.QuarantineExpiry;
import dev.reencodarr.activities.replace.ReviewKeeper;
import dev.reencodarr.activities.replace.RoomKeeper;
import dev.reencodarr.activities.replace.Stager;
import dev.reencodarr.activities.replace.Swapper;
import dev.reencodarr.activities.replace.Verifier;
import dev.reencodarr.activities.search.SampleEncodeProbe;
import dev.reencodarr.activities.search.SearchMemory;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.EncodeRepository;
import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.HeldResultRepository;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.QuarantineRoom;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.SearchPointRepository;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.activities.store.StandingFailureRepository;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.activities.store.media.MediaServerRepository;
import dev.reencodarr.activities.store.media.TellingRepository;
import dev.reencodarr.activities.store.sync.ManagedFacts;
import dev.reencodarr.activities.sync.ConnectionClients;
import dev.reencodarr.activities.sync.ConnectionLook;
import dev.reencodarr.activities.sync.ConnectionTeller;
import dev.reencodarr.activities.sync.EventsCall;
import dev.reencodarr.activities.sync.HistoryReading;
import dev.reencodarr.activities.sync.LibrarySync;
import dev.reencodarr.activities.sync.ManagedGuard;
import dev.reencodarr.activities.sync.SyncRows;
import dev.reencodarr.activities.sync.TitleLook;
import dev.reencodarr.activities.sync.webhook.WebhookRegistrar;
import dev.reencodarr.activities.video.LivingMachines;
import dev.reencodarr.activities.video.ReviewRecord;
import dev.reencodarr.activities.video.SamplePlans;
import dev.reencodarr.activities.video.VideoRecord;
import dev.reencodarr.activities.video.WorkflowRuns;
import dev.reencodarr.activities.watching.MediaServers;
import dev.reencodarr.activities.watching.MediaTeller;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.plan.Settings;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The activities, by the names that {@code application.yaml} gives to queues. */
@Configuration(proxyBeanMethods = false)
class ActivityWiring {

  @Bean
  RulesInForce rulesInForce(Database database, SettingsFile settings) {
    return new RulesInForce(database, settings.values());
  }

  @Bean
  VideoRecord videoActivities(Database database, RulesInForce rules, WorkflowClient client) {
    return new VideoRecord(
        new VideoClaims(database),
        new PauseRepository(database),
        new VideoRepository(database),
        rules,
        new ManagedFacts(database),
        new BrokenSources(database, rules),
        new WorkflowRuns(client)::isRunning);
  }

  @Bean
  LivingMachines machineActivities(Database database) {
    return new LivingMachines(new WorkerRepository(database));
  }

  @Bean
  FailureRecorder failureActivities(Database database, Machine machine) {
    return new FailureRecorder(new FailureRepository(database), machine);
  }

  @Bean
  StandingFailures standingFailureActivities(Database database, Machine machine) {
    return new StandingFailures(new StandingFailureRepository(database), machine);
  }

  @Bean
  FailureReader failureReportActivities(Database database) {
    return new FailureReader(new FailureReporting(database));
  }

  @Bean
  FleetControl fleetActivities(Database database, WorkflowClient client) {
    return new FleetControl(database, client);
  }

  @Bean
  FleetLook fleetViewActivities(Database database) {
    return new FleetLook(database);
  }

  @Bean
  SearchMemory searchPointActivities(Database database) {
    return new SearchMemory(database);
  }

  @Bean
  LibraryStarter libraryActivities(
      Database database, WorkflowClient client, RulesInForce rules, Settings settings) {
    return new LibraryStarter(database, client, rules, settings.intake().openVideos());
  }

  @Bean
  Ffprobe ffprobe(ProgramRunner programs, ToolSet tools) {
    return new Ffprobe(programs, tools);
  }

  @Bean
  AttemptLogs attemptLogs(JobFolders folders, Machine machine) {
    return new AttemptLogs(folders.logs(), machine.host());
  }

  @Bean
  FileAnalysis fileAnalysis(Ffprobe ffprobe, MarkedLibraries libraries, AttemptLogs logs) {
    return new FileAnalysis(ffprobe, libraries, logs);
  }

  @Bean
  Adoption adoption(Database database, WorkflowClient client) {
    return new Adoption(database, new WorkflowRuns(client)::isAtWorkOn);
  }

  @Bean
  AnalysisActivitiesImpl analysisActivities(
      FileAnalysis files, Database database, MarkedLibraries libraries, Adoption adoption) {
    return new AnalysisActivitiesImpl(
        files,
        new VideoRepository(database)::storeFacts,
        new SettledOnDisk(
            database,
            libraries,
            adoption,
            () -> bytes -> Activity.getExecutionContext().heartbeat(bytes)));
  }

  @Bean
  LibraryScanner libraryScanActivities(
      Database database,
      MarkedLibraries libraries,
      Adoption adoption,
      FileAnalysis files,
      FailureRecorder failures,
      RulesInForce rules,
      Settings settings) {
    return new LibraryScanner(
        database,
        libraries,
        adoption,
        files::look,
        rules,
        failures,
        FailureTable::classify,
        settings,
        Runtime.getRuntime().availableProcessors());
  }

  @Bean
  SampleEncodeProbe probeActivities(
      ProgramRunner programs,
      AttemptLogs logs,
      InstalledTools installed,
      Machine machine,
      DeviceBudgets budgets,
      ProvedDecoders decoders,
      MarkedLibraries libraries,
      Database database) {
    SampleEncodeProbe probe =
        new SampleEncodeProbe(
            programs,
            logs,
            installed,
            machine,
            budgets,
            decoders,
            libraries,
            new SearchPointRepository(database),
            new PauseRepository(database));
    probe.removeLeftovers();
    return probe;
  }

  @Bean
  EncoderTurns turnActivities(DeviceBudgets budgets, Machine machine) {
    return new EncoderTurns(budgets, machine);
  }

  @Bean
  AbAv1Encoder encodeActivities(
      InstalledTools installed,
      ProgramRunner programs,
      AttemptLogs logs,
      Machine machine,
      JobFolders folders,
      ProvedDecoders decoders,
      LivingJobs living,
      EncodeLimits limits,
      MarkedLibraries libraries,
      Database database) {
    return new AbAv1Encoder(
        new AbAv1Encoder.Parts(
            installed,
            programs,
            logs,
            machine,
            folders,
            decoders,
            living,
            libraries,
            new EncodeRepository(database),
            new PauseRepository(database),
            limits));
  }

  @Bean
  Verifier verifyActivities(
      ProgramRunner programs,
      AttemptLogs logs,
      ToolSet tools,
      Machine machine,
      DeviceBudgets budgets,
      Ffprobe ffprobe,
      MarkedLibraries libraries) {
    return new Verifier(programs, logs, tools, machine, budgets, ffprobe, libraries);
  }

  @Bean
  SourceChecker sourceCheckActivities(
      ProgramRunner programs,
      ToolSet tools,
      Settings settings,
      MachineHold hold,
      MarkedLibraries libraries,
      AttemptLogs logs,
      Machine machine) {
    int threads = settings.cores().on(Runtime.getRuntime().availableProcessors()).threads();
    return new SourceChecker(programs, tools, threads, hold, libraries, logs, machine);
  }

  @Bean
  SourceCheckRows sourceCheckRowActivities(Database database, RulesInForce rules) {
    return new SourceCheckRows(database, new BrokenSources(database, rules));
  }

  @Bean
  ConnectionTeller fileTellActivities(
      Database database, ConnectionClients clients, MarkedLibraries libraries) {
    return new ConnectionTeller(database, clients, libraries);
  }

  @Bean
  Redownloads redownloadActivities(
      Database database, ConnectionClients clients, MarkedLibraries libraries, Settings settings) {
    return new Redownloads(
        database, clients, libraries, settings.limits().quarantineDays(), Clock.systemUTC());
  }

  @Bean
  ScanOrders scanOrderActivities(Database database, WorkflowClient client) {
    return new ScanOrders(database, client);
  }

  @Bean
  ManagedGuard managedActivities(Database database, ConnectionClients clients) {
    return new ManagedGuard(database, clients);
  }

  @Bean
  LibrarySync syncActivities(Database database, WorkflowClient client, ConnectionClients clients) {
    return new LibrarySync(database, client, clients);
  }

  @Bean
  TitleLook titleLookActivities(
      Database database, WorkflowClient client, ConnectionClients clients) {
    return new TitleLook(database, client, clients);
  }

  @Bean
  WebhookRegistrar webhookActivities(
      Database database, ConnectionClients clients, WorkerHome home) {
    return new WebhookRegistrar(database, clients, home.path());
  }

  @Bean
  HistoryReading catchUpActivities(
      Database database, WorkflowClient client, ConnectionClients clients) {
    return new HistoryReading(
        database, clients, new EventsCall(client)::touched, Clock.systemUTC());
  }

  @Bean
  SyncRows syncRowActivities(Database database) {
    return new SyncRows(database);
  }

  @Bean
  ConnectionLook connectionCheckActivities(Database database, ConnectionClients clients) {
    return new ConnectionLook(database, clients);
  }

  /** The only one of this process: a mount that hangs is to block one thread. */
  @Bean
  MarkedLibraries libraryGuard(Database database) {
    return new MarkedLibraries(database);
  }

  @Bean
  RowSweep rowSweepActivities(Database database, WorkflowClient client) {
    return new RowSweep(database, client);
  }

  @Bean
  SettleLedger settleActivities(Database database) {
    return new SettleLedger(database);
  }

  @Bean
  LibrarySweep librarySweepActivities(
      Database database, MarkedLibraries libraries, WorkflowClient client) {
    return new LibrarySweep(database, libraries, client);
  }

  @Bean
  MachineSweep machineSweepActivities(
      JobFolders folders,
      LivingJobs living,
      Machine machine,
      Database database,
      WorkflowClient client,
      EncodeLimits limits,
      Settings settings)
      throws IOException {
    return new MachineSweep(
        folders,
        living,
        machine,
        database,
        client,
        limits.patience(),
        Duration.ofDays(settings.limits().logDays()));
  }

  @Bean
  Stager stageActivities(Machine machine, LibraryGuard libraries, Settings settings) {
    return new Stager(machine, libraries, settings.limits().freeSpaceReserve());
  }

  @Bean
  Mounts mounts(Machine machine, Database database) {
    return new Mounts(machine, database);
  }

  @Bean
  Swapper replaceActivities(
      Machine machine,
      LibraryGuard libraries,
      Database database,
      Mounts mounts,
      Settings settings) {
    return new Swapper(
        machine, new ReplacementRepository(database), libraries, mounts, settings.limits());
  }

  @Bean
  MediaTeller tellActivities(Database database, MediaServers servers) {
    return new MediaTeller(
        new TellingRepository(database), new MediaServerRepository(database), servers);
  }

  @Bean
  RoomKeeper roomActivities(
      LibraryGuard libraries, Database database, Mounts mounts, Settings settings) {
    return new RoomKeeper(new QuarantineRoom(database), libraries, mounts, settings.limits());
  }

  @Bean
  ReviewKeeper reviewActivities(MarkedLibraries libraries, Database database, Settings settings) {
    return new ReviewKeeper(
        new HeldResultRepository(database), libraries, libraries, settings.limits());
  }

  @Bean
  SampleMaker sampleActivities(
      ProgramRunner programs,
      AttemptLogs logs,
      InstalledTools installed,
      Machine machine,
      DeviceBudgets budgets) {
    return new SampleMaker(programs, logs, installed, machine, budgets);
  }

  @Bean
  SamplePlans samplePlanActivities(RulesInForce rules, Database database) {
    return new SamplePlans(rules, new ManagedFacts(database));
  }

  @Bean
  ReviewRecord reviewRowActivities(Database database) {
    return new ReviewRecord(new HeldResultRepository(database));
  }

  @Bean
  QuarantineExpiry expiryActivities(Database database, WorkflowClient client, Settings settings) {
    return new QuarantineExpiry(
        database, client, settings.limits().quarantineDays(), Clock.systemUTC());
  }
}
