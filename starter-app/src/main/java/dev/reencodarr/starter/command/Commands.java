package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Roots.RootRefused;
import dev.reencodarr.starter.stack.StackFailed;
import dev.reencodarr.starter.tools.InstallationFailed;
import dev.reencodarr.workflows.plan.SettingsInvalid;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowServiceException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import picocli.CommandLine;

/** All commands, and what becomes of their errors. */
public final class Commands {

  /** SQL's class of states where a password is wrong or missing. */
  private static final String NOT_AUTHORISED = "28";

  private final Surroundings surroundings;

  public Commands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs one command; the exit code is one of {@link ExitCode}. */
  public int run(String... arguments) {
    return commandLine(asked(arguments)).execute(arguments);
  }

  /** With all commands. */
  CommandLine commandLine() {
    return commandLine(offers());
  }

  /** Making all of them takes longer than most of them run: the one that is asked for will do. */
  private Map<String, Supplier<CommandLine>> asked(String... arguments) {
    Map<String, Supplier<CommandLine>> all = offers();
    if (arguments.length > 0 && all.containsKey(arguments[0])) {
      all.keySet().retainAll(Set.of(arguments[0]));
    }
    return all;
  }

  private CommandLine commandLine(Map<String, Supplier<CommandLine>> offers) {
    CommandLine commands = new CommandLine(new ReencodarrCommand());
    offers.forEach((name, offer) -> commands.addSubcommand(name, offer.get()));
    return commands
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
  }

  /** Every command by its name, in the order of the help. */
  private Map<String, Supplier<CommandLine>> offers() {
    Map<String, Supplier<CommandLine>> offers = new LinkedHashMap<>();
    offers.put("run", () -> new CommandLine(new RunCommand(surroundings)));
    offers.put("demo", () -> new CommandLine(new DemoCommand(surroundings)));
    offers.put("up", () -> new CommandLine(new UpCommand(surroundings)));
    offers.put("down", () -> new CommandLine(new DownCommand(surroundings)));
    offers.put("status", () -> new CommandLine(new StatusCommand(surroundings)));
    offers.put("doctor", () -> new CommandLine(new DoctorCommand(surroundings)));
    offers.put("settings", this::settings);
    offers.put("rules", this::rules);
    offers.put("library", this::library);
    offers.put("enqueue", () -> new CommandLine(new EnqueueCommand(surroundings)));
    offers.put("videos", () -> new CommandLine(new VideosCommand(surroundings)));
    offers.put("forecast", () -> new CommandLine(new ForecastCommand(surroundings)));
    offers.put("show", () -> new CommandLine(new ShowCommand(surroundings)));
    offers.put("retry", () -> new CommandLine(new RetryCommand(surroundings)));
    offers.put("cancel", () -> new CommandLine(new CancelCommand(surroundings)));
    offers.put("pause", () -> new CommandLine(new PauseCommand(surroundings)));
    offers.put("resume", () -> new CommandLine(new ResumeCommand(surroundings)));
    offers.put("sample", () -> new CommandLine(new SampleCommand(surroundings)));
    offers.put("review", this::review);
    offers.put("approve", () -> new CommandLine(new ApproveCommand(surroundings)));
    offers.put("reject", () -> new CommandLine(new RejectCommand(surroundings)));
    offers.put("windows", this::windows);
    offers.put("watching", this::watching);
    offers.put("sync", this::sync);
    offers.put("broken", this::broken);
    offers.put("undo", () -> new CommandLine(new UndoCommand(surroundings)));
    offers.put("quarantine", this::quarantine);
    offers.put("failures", this::failures);
    offers.put("install", () -> new CommandLine(new InstallCommand(surroundings)));
    offers.put("supervise", () -> new CommandLine(new SuperviseCommand(surroundings)));
    offers.put("train", () -> new CommandLine(new TrainCommand(surroundings)));
    return offers;
  }

  private CommandLine settings() {
    return new CommandLine(new SettingsCommand())
        .addSubcommand(new SettingsShowCommand(surroundings));
  }

  private CommandLine rules() {
    return new CommandLine(new RulesCommand())
        .addSubcommand("list", new RulesListCommand(surroundings))
        .addSubcommand("explain", new RulesExplainCommand(surroundings))
        .addSubcommand("set", new RulesSetCommand(surroundings))
        .addSubcommand("diff", new RulesDiffCommand(surroundings))
        .addSubcommand("schema", new RulesSchemaCommand(surroundings));
  }

  private CommandLine review() {
    return new CommandLine(new ReviewCommand())
        .addSubcommand("list", new ReviewListCommand(surroundings));
  }

  private CommandLine windows() {
    return new CommandLine(new WindowsCommand())
        .addSubcommand(new WindowsListCommand(surroundings))
        .addSubcommand(new WindowsSetCommand(surroundings))
        .addSubcommand(new WindowsClearCommand(surroundings));
  }

  private CommandLine watching() {
    return new CommandLine(new WatchingCommand())
        .addSubcommand(new WatchingAddCommand(surroundings))
        .addSubcommand(new WatchingListCommand(surroundings))
        .addSubcommand(new WatchingRemoveCommand(surroundings));
  }

  private CommandLine sync() {
    return new CommandLine(new SyncCommand())
        .addSubcommand(new SyncAddCommand(surroundings))
        .addSubcommand(new SyncListCommand(surroundings))
        .addSubcommand(new SyncRunCommand(surroundings))
        .addSubcommand(new SyncStatusCommand(surroundings))
        .addSubcommand(new SyncCheckCommand(surroundings))
        .addSubcommand(new SyncKeyCommand(surroundings))
        .addSubcommand(new SyncRemoveCommand(surroundings));
  }

  private CommandLine broken() {
    return new CommandLine(new BrokenCommand())
        .addSubcommand(new BrokenListCommand(surroundings))
        .addSubcommand(new BrokenRedownloadCommand(surroundings))
        .addSubcommand(new BrokenRestoreCommand(surroundings));
  }

  private CommandLine quarantine() {
    return new CommandLine(new QuarantineCommand())
        .addSubcommand("list", new QuarantineListCommand(surroundings))
        .addSubcommand("accept", new QuarantineAcceptCommand(surroundings));
  }

  private CommandLine failures() {
    return new CommandLine(new FailuresCommand())
        .addSubcommand("report", new FailuresReportCommand(surroundings))
        .addSubcommand("overview", new FailuresOverviewCommand(surroundings))
        .addSubcommand("critical", new FailuresCriticalCommand(surroundings))
        .addSubcommand("show", new FailuresShowCommand(surroundings))
        .addSubcommand("resolve", new FailuresResolveCommand(surroundings));
  }

  private CommandLine library() {
    return new CommandLine(new LibraryCommand())
        .addSubcommand(new LibraryAddCommand(surroundings))
        .addSubcommand(new LibraryListCommand(surroundings))
        .addSubcommand(new LibraryRemoveCommand(surroundings))
        .addSubcommand(new LibraryScanCommand(surroundings))
        .addSubcommand(new LibraryCheckCommand(surroundings));
  }

  private int report(Exception failure) {
    CommandFailed told = inPlainWords(failure);
    surroundings.say("reencodarr: " + told.getMessage());
    return told.exitCode().code();
  }

  private CommandFailed inPlainWords(Exception failure) {
    return switch (failure) {
      case CommandFailed told -> told;
      case InstallationFailed told -> new CommandFailed(ExitCode.FAILED, message(told), told);
      case StackFailed told -> new CommandFailed(ExitCode.FAILED, message(told), told);
      case SettingsInvalid told -> new CommandFailed(ExitCode.USAGE, message(told), told);
      case RootRefused told -> new CommandFailed(ExitCode.USAGE, message(told), told);
      case CannotGetJdbcConnectionException away -> withoutDatabase(away);
      case CannotCreateTransactionException away -> withoutDatabase(away);
      case BadSqlGrammarException old ->
          CommandFailed.unreachable(
              "the database has not the tables of this version (a worker creates them when it"
                  + " starts): "
                  + root(old));
      case DataAccessException other ->
          new CommandFailed(ExitCode.FAILED, "the database refused: " + root(other), other);
      case WorkflowServiceException away when isUnavailable(away.getCause()) ->
          CommandFailed.unreachable("Temporal does not answer: " + root(away));
      case StatusRuntimeException away when isUnavailable(away) ->
          CommandFailed.unreachable("Temporal does not answer: " + root(away));
      default -> unexpected(failure);
    };
  }

  private static CommandFailed withoutDatabase(Exception failure) {
    return refusesUs(failure)
        ? new CommandFailed(
            ExitCode.UNREACHABLE,
            "the database lets nobody in without the right password (database_password_file): "
                + root(failure),
            failure)
        : CommandFailed.unreachable("the database does not answer: " + root(failure));
  }

  /** Whether a database is there, and does not take who we say we are. */
  static boolean refusesUs(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused
          && String.valueOf(refused.getSQLState()).startsWith(NOT_AUTHORISED)) {
        return true;
      }
    }
    return false;
  }

  private CommandFailed unexpected(Exception failure) {
    failure.printStackTrace(surroundings.err());
    return new CommandFailed(
        ExitCode.FAILED, "an error of the program itself: " + failure, failure);
  }

  private static boolean isUnavailable(@Nullable Throwable failure) {
    if (!(failure instanceof StatusRuntimeException status)) {
      return false;
    }
    Status.Code code = status.getStatus().getCode();
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }

  private static String message(Exception told) {
    return String.valueOf(told.getMessage());
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
