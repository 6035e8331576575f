package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.AnalysedVideo;
import dev.reencodarr.activities.store.DecisionRepository;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.activities.store.rules.AllExplained;
import dev.reencodarr.activities.store.rules.Explained;
import dev.reencodarr.starter.view.ExplainedDocument;
import dev.reencodarr.starter.view.ExplainedText;
import dev.reencodarr.starter.view.ExplainedView;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.RulesSummary;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.rules.VideoRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the rules make of files, and why. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says for each VIDEO what would be done with it, each setting with the rule that gave it, and"
          + " what becomes of every stream.",
      "With --library, or for all: how many videos are left alone for which reason, and how many are"
          + " encoded in which way. Nothing is started."
    })
final class RulesExplainCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private VideoChoice choice = new VideoChoice();

  @Option(names = "--library", description = "All videos of this library.")
  private @Nullable String library;

  @Option(names = "--all", description = "All videos of all libraries.")
  private boolean all;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "By the rules of this file, in place of those in force; - reads the input.")
  private @Nullable String file;

  @Mixin private FormatOption format = new FormatOption();

  RulesExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay(library != null || all, "--library LIBRARY or --all");
    try (Connections connections = Connections.of(surroundings)) {
      VideoRules rules =
          file == null
              ? connections.rules().current()
              : connections
                  .rules()
                  .over(RulesFile.read(file, surroundings.workingFolder()).rules());
      if (choice.typed().isEmpty()) {
        summarise(connections, rules);
      } else {
        explain(connections, rules);
      }
    }
    return ExitCode.DONE.code();
  }

  /** Files that no scan has come across, or that have changed since, are looked at now. */
  private void look(Connections connections, VideoLookup lookup, DecisionRepository decisions)
      throws CommandFailed, InterruptedException {
    Register register = Register.of(connections, surroundings);
    List<Orders.Scope> scopes = new ArrayList<>();
    for (String typed : choice.typed()) {
      Optional<Video> video = lookup.find(typed);
      boolean isKnown =
          video
              .filter(
                  one -> one.state() == VideoState.ENCODED || decisions.find(one.id()).isPresent())
              .isPresent();
      if (!isKnown) {
        MediaPath path = video.isPresent() ? video.get().path() : lookup.path(typed);
        register.covering(path).ifPresent(home -> scopes.add(new Orders.Scope(home, path)));
      }
    }
    if (!scopes.isEmpty()) {
      new Job(surroundings, connections).look(scopes);
    }
  }

  private void explain(Connections connections, VideoRules rules)
      throws CommandFailed, InterruptedException {
    VideoLookup lookup = new VideoLookup(connections.database(), surroundings.workingFolder());
    DecisionRepository decisions = new DecisionRepository(connections.database());
    look(connections, lookup, decisions);
    List<Explained> explained = new ArrayList<>();
    for (Video video : lookup.requireAll(choice.typed())) {
      if (video.state() == VideoState.ENCODED) {
        throw CommandFailed.usage(
            video.path() + " is encoded already; its source is not there any more");
      }
      AnalysedVideo analysed =
          decisions
              .find(video.id())
              .orElseThrow(() ->
                  CommandFailed.usage(
                      video.path()
                          + " cannot be measured; ./reencodarr show says what is known of it"));
      explained.add(Explained.of(analysed, rules));
    }
    if (format.isJson()) {
      surroundings.out().println(Json.of(explained.stream().map(ExplainedView::whole).toList()));
    } else {
      explained.forEach(one -> ExplainedText.lines(one).forEach(surroundings.out()::println));
    }
  }

  private void summarise(Connections connections, VideoRules rules)
      throws CommandFailed, IOException {
    LibraryScope only =
        library == null
            ? LibraryScope.all()
            : LibraryScope.of(Register.of(connections, surroundings).require(library).id());
    DecisionRepository decisions = new DecisionRepository(connections.database());
    AllExplained videos = new AllExplained(connections.database());
    RulesSummary summary = new RulesSummary();
    if (!format.isJson()) {
      videos.forEach(rules, only, summary::add);
      summary.table(decisions.passedOver(only)).forEach(surroundings.out()::println);
      return;
    }
    try (ExplainedDocument document = new ExplainedDocument(surroundings.out())) {
      videos.forEach(
          rules,
          only,
          explained -> {
            summary.add(explained);
            document.add(ExplainedView.brief(explained));
          });
      document.end(summary, decisions.passedOver(only));
    }
  }
}
