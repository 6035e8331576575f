package dev.reencodarr.starter.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.FailureRow;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.starter.view.FailureView;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.LogTail;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.starter.view.ShellWords;
import dev.reencodarr.workflows.failure.report.Advice;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Everything known of one failure. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Everything known of one failure: its command line to paste, its last words.")
final class FailuresShowCommand implements Callable<Integer> {

  private static final int TAIL = 20;

  /** Shown in a way of their own. */
  private static final Set<String> SPECIAL = Set.of("command", "output", "log", "recorded_by");

  private final Surroundings surroundings;

  @Parameters(paramLabel = "ID", description = "The number of the failure.")
  private long id;

  @Mixin private FormatOption format = new FormatOption();

  FailuresShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      FailureRow failure =
          new FailureRepository(database)
              .find(id)
              .orElseThrow(() -> CommandFailed.usage("there is no failure " + id));
      if (format.isJson()) {
        surroundings.out().println(Json.of(FailureView.of(failure)));
      } else {
        print(failure, new VideoRepository(database), connections.settings().place().host());
      }
    }
    return ExitCode.DONE.code();
  }

  private void print(FailureRow failure, VideoRepository videos, String thisHost) {
    line("failure", Long.toString(failure.id()));
    failure
        .video()
        .flatMap(videos::find)
        .map(Video::path)
        .ifPresent(path -> line("video", path.value()));
    failure.video().ifPresent(video -> line("video id", video.toString()));
    line("stage", failure.stage().code());
    line("category", failure.category().code());
    line("code", failure.code());
    line("message", failure.message());
    line("when", failure.insertedAt().toString());
    line("attempts before", Integer.toString(failure.retryCount()));
    line(
        "is it over",
        failure
            .resolvedAt()
            .map(when -> "resolved " + when)
            .orElse(failure.isFinal() ? "no" : "no; it was tried again"));
    line("what to do", Advice.about(failure.code()));
    failure.context().properties().stream()
        .filter(entry -> !SPECIAL.contains(entry.getKey()))
        .forEach(entry -> line(entry.getKey().replace('_', ' '), entry.getValue().asText()));
    command(failure.context().path("command"));
    lastWords(failure.context(), thisHost);
  }

  private void command(JsonNode arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    List<String> words =
        StreamSupport.stream(arguments.spliterator(), false).map(JsonNode::asText).toList();
    surroundings.out().println("command line:");
    surroundings.out().println("  " + ShellWords.of(words));
  }

  private void lastWords(JsonNode context, String thisHost) {
    String log = context.path("log").asText();
    String host = context.path("host").asText();
    // Of another machine's log the name may be that of one of ours.
    boolean isHere = host.equals(thisHost);
    if (!log.isEmpty()) {
      line("log", isHere ? log : log + " (on host " + host + ")");
      List<String> tail = isHere ? LogTail.of(Path.of(log), TAIL) : List.of();
      if (!tail.isEmpty()) {
        print("last lines of the log", tail);
        return;
      }
    }
    List<String> output = context.path("output").asText().lines().toList();
    if (!output.isEmpty()) {
      print(
          "last lines of the output",
          output.subList(Math.max(0, output.size() - TAIL), output.size()));
    }
  }

  private void print(String title, List<String> lines) {
    surroundings.out().println(title + ":");
    lines.forEach(each -> surroundings.out().println("  " + Printable.of(each)));
  }

  private void line(String name, String value) {
    surroundings.out().println(String.format("%-18s", name) + Printable.of(value));
  }
}
