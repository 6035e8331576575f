package dev.reencodarr.worker;

import dev.reencodarr.activities.encode.EncodeLimits;
import dev.reencodarr.activities.encode.LivingJobs;
import dev.reencodarr.activities.hold.MachineHold;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ProvedDecoders;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.workflows.plan.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** This machine: its tools, its cores, its work folder. */
@Configuration(proxyBeanMethods = false)
class ToolWiring {

  @Bean
  Machine machine(Settings settings, WorkerHome home) throws IOException {
    return new Machine(
        settings.place().host(),
        settings.place().zone(),
        Files.createDirectories(home.work()).toRealPath());
  }

  @Bean
  ToolSet tools() {
    Map<String, String> environment = System.getenv();
    return new ToolSet(
        tool("REENCODARR_AB_AV1", "ab-av1", environment),
        tool("REENCODARR_FFMPEG", "ffmpeg", environment),
        tool("REENCODARR_FFPROBE", "ffprobe", environment));
  }

  /** The program that is named, else the first of its name on PATH; unfit ones stop the queues. */
  private static Path tool(String variable, String name, Map<String, String> environment) {
    return Optional.ofNullable(environment.get(variable))
        .map(Path::of)
        .or(() -> onPath(name, environment.getOrDefault("PATH", "")))
        .orElse(Path.of("/usr/bin", name));
  }

  private static Optional<Path> onPath(String name, String path) {
    return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Bean
  MachineHold machineHold() {
    return new MachineHold();
  }

  @Bean
  ProgramRunner programs(ToolSet tools, Machine machine, MachineHold hold) {
    return new BoundRunner(tools, machine.workFolder().resolve("home"), hold);
  }

  @Bean
  InstalledTools installedTools(ToolSet tools, ProgramRunner programs, Machine machine) {
    return new InstalledTools(tools, programs, machine.workFolder());
  }

  @Bean
  CoreBudget cores(Settings settings, MachineHold hold) {
    Settings.Cores cores = settings.cores().on(Runtime.getRuntime().availableProcessors());
    return new CoreBudget(cores.jobs(), cores.threads(), hold);
  }

  @Bean
  JobFolders jobFolders(Machine machine) throws IOException {
    return new JobFolders(machine.workFolder());
  }

  @Bean
  DeviceBudgets budgets(CoreBudget cores, Settings settings) {
    return new DeviceBudgets(
        cores,
        settings.devices().gpuJobs(),
        settings.cores().on(Runtime.getRuntime().availableProcessors()).threads());
  }

  @Bean
  ProvedDecoders provedDecoders() {
    return new ProvedDecoders();
  }

  @Bean
  LivingJobs livingJobs(JobFolders folders, DeviceBudgets budgets) {
    return new LivingJobs(folders, budgets);
  }

  @Bean
  EncodeLimits encodeLimits(Settings settings) {
    EncodeLimits usual = EncodeLimits.defaults();
    return new EncodeLimits(
        Duration.ofSeconds(settings.limits().stallSeconds()),
        new EncodeLimits.Pace(
            settings.limits().leastPace().framesPerSecond(),
            Duration.ofSeconds(settings.limits().leastPace().seconds())),
        usual.runningTime(),
        settings.limits().freeSpaceReserve(),
        usual.patience(),
        usual.unwanted());
  }
}
