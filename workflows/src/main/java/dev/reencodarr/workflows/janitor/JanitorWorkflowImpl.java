package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureCode;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.media.OneLine;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.Expiring;
import dev.reencodarr.workflows.replace.ExpiryActivities;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows first, one step after the other; machines and libraries beside them. What cannot be done is
 * said, and holds up nothing else; it is a failure on record until a later round has done it.
 */
public final class JanitorWorkflowImpl implements JanitorWorkflow {

  /** From version 1 on, what could not be done is a failure on record. */
  private static final String FAILED_PARTS_STAND = "failed-parts-stand";

  /** From version 1 on, an orphan that cannot be let go holds up no other. */
  private static final String ORPHANS_ALONE = "orphans-alone";

  private static final String EXPIRED_QUARANTINE = "expired quarantine";

  /** The round itself, among its parts. */
  private static final String ROUND = "janitor/round";

  private final RowSweepActivities rows =
      Workflow.newActivityStub(RowSweepActivities.class, ActivityTimings.sweepRows());
  private final ExpiryActivities expiry =
      Workflow.newActivityStub(ExpiryActivities.class, ActivityTimings.sweepRows());
  private final StandingFailureActivities failures =
      Workflow.newLocalActivityStub(StandingFailureActivities.class, ActivityTimings.localRow());
  private final List<Part> parts = new ArrayList<>();
  private final List<StandingFailure> failing = new ArrayList<>();
  private final List<String> working = new ArrayList<>();
  private boolean tells = false;

  /** A part of the work that is under way. */
  private record Part(String name, Promise<Swept> swept) {}

  @Override
  public JanitorReport run(JanitorOrder order) {
    tells = Workflow.getVersion(FAILED_PARTS_STAND, Workflow.DEFAULT_VERSION, 1) > 0;
    JanitorReport report;
    try {
      report = round(order);
    } catch (ActivityFailure failure) {
      if (!FailureReading.isCancellation(failure)) {
        failing.add(standing(ROUND, "the janitor's round", FailureReading.of(failure)));
        tell();
      }
      throw failure;
    }
    working.add(ROUND);
    tell();
    return report;
  }

  private void tell() {
    if (tells) {
      failures.tell(Workflow.getInfo().getRunId(), failing, working);
    }
  }

  private JanitorReport round(JanitorOrder order) {
    Instant began = now();
    JanitorRounds rounds = rows.rounds(order);
    rounds.hosts().forEach(this::sweepMachine);
    rounds.libraries().forEach(place -> sweepLibrary(place, rounds.whole()));
    Swept all = sweepRows();
    for (Part part : parts) {
      all = all.plus(outcome(part.name(), part.swept()::get));
    }
    JanitorReport report =
        new JanitorReport(
            Workflow.getInfo().getRunId(),
            began,
            now(),
            rounds.whole(),
            all.count(),
            all.findings());
    rows.ended(report);
    Workflow.setCurrentDetails(details(report));
    return report;
  }

  /** In this order: a replacement that is being settled has a workflow again. */
  private Swept sweepRows() {
    return outcome("unfinished replacements", rows::unfinishedReplacements)
        .plus(outcome("rows without a workflow", rows::rowsWithoutWorkflow))
        .plus(outcome("workflows without a row", rows::workflowsWithoutRow))
        .plus(outcome(EXPIRED_QUARANTINE, this::expireQuarantine));
  }

  /** Each video's own workflow lets go what is kept of it, and is not waited for. */
  private Swept expireQuarantine() {
    Expiring expiring = expiry.expire();
    List<Finding> findings = new ArrayList<>();
    if (expiring.started() > 0) {
      findings.add(
          new Finding(
              FindingKind.EXPIRED,
              EXPIRED_QUARANTINE
                  + ": "
                  + expiring.started()
                  + " videos let go what is kept of them"));
    }
    findings.addAll(letGo(expiring.orphans()));
    return Swept.of(findings);
  }

  /** All are asked at once, since a zone that is away is waited for. */
  private List<Finding> letGo(List<Expiring.Orphan> orphans) {
    boolean together =
        orphans.isEmpty() || Workflow.getVersion(ORPHANS_ALONE, Workflow.DEFAULT_VERSION, 1) < 1;
    if (together) {
      return orphans.stream().map(JanitorWorkflowImpl::letGo).toList();
    }
    Map<Expiring.Orphan, Promise<Finding>> asked = new LinkedHashMap<>();
    orphans.forEach(
        orphan -> asked.put(orphan, Async.function(JanitorWorkflowImpl::letGo, orphan)));
    List<Finding> findings = new ArrayList<>();
    asked.forEach((orphan, answer) -> findings.add(answered(orphan, answer)));
    return findings;
  }

  private Finding answered(Expiring.Orphan orphan, Promise<Finding> answer) {
    try {
      return answer.get();
    } catch (ActivityFailure failure) {
      if (FailureReading.isCancellation(failure)) {
        throw failure;
      }
      return notDone(
          EXPIRED_QUARANTINE,
          EXPIRED_QUARANTINE + " of replacement " + orphan.replacement(),
          failure);
    }
  }

  private static Finding letGo(Expiring.Orphan orphan) {
    ReplaceActivities files =
        Workflow.newActivityStub(ReplaceActivities.class, ActivityTimings.sweepFile(orphan.zone()));
    Accepted accepted = files.acceptOrphan(orphan.replacement(), new Acceptance(now(), false));
    return new Finding(
        FindingKind.EXPIRED,
        EXPIRED_QUARANTINE
            + " of replacement "
            + orphan.replacement()
            + ", whose video is not known any more: "
            + (accepted.kept().isEmpty() ? "let go" : String.join("; ", accepted.kept())));
  }

  private void sweepMachine(String host) {
    MachineSweepActivities machine =
        Workflow.newActivityStub(MachineSweepActivities.class, ActivityTimings.sweepMachine(host));
    begin("programs on " + host, machine::processes);
    begin("work folder of " + host, machine::folders);
  }

  private void sweepLibrary(JanitorRounds.Place place, boolean whole) {
    LibrarySweepActivities library =
        Workflow.newActivityStub(
            LibrarySweepActivities.class, ActivityTimings.sweepLibrary(place.zone()));
    begin(
        "own folders in library " + place.name(), () -> library.leftovers(place.library(), whole));
    if (whole) {
      begin("files of library " + place.name(), () -> library.files(place.library()));
    }
  }

  private void begin(String name, Functions.Func<Swept> step) {
    parts.add(new Part(name, Async.function(step)));
  }

  private Swept outcome(String name, Functions.Func<Swept> step) {
    String subject = StandingFailure.subjectOfJanitor(name);
    try {
      Swept swept = step.apply();
      if (failing.stream().noneMatch(failure -> failure.subject().equals(subject))) {
        working.add(subject);
      }
      return swept;
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure cancelled) {
        throw cancelled;
      }
      return Swept.of(List.of(notDone(name, name, failure)));
    }
  }

  /**
   * @param part whose failure stands until a round has done all of it
   * @param what of it was not done
   */
  private Finding notDone(String part, String what, ActivityFailure failure) {
    String subject = "janitor/" + part;
    Finding finding = new Finding(FindingKind.NOT_DONE, what + ": not done: " + reasonOf(failure));
    if (failing.stream().noneMatch(earlier -> earlier.subject().equals(subject))) {
      failing.add(leftUndone(subject, finding, FailureReading.of(failure)));
    }
    return finding;
  }

  /** Whatever the reason is: the next round comes anyway. */
  private static StandingFailure leftUndone(String subject, Finding finding, Evidence evidence) {
    return new StandingFailure(
        subject,
        new Classification(
            FailureStage.POST_PROCESS,
            FailureCategory.CLEANUP,
            FailureCode.CLEANUP.name(),
            finding.line(),
            Reaction.WAIT_AND_RETRY),
        evidence);
  }

  private static StandingFailure standing(String subject, String name, Evidence evidence) {
    return new StandingFailure(
        subject,
        FailureTable.classify(FailureStage.POST_PROCESS, evidence)
            .about(name, Reaction.WAIT_AND_RETRY),
        evidence);
  }

  private static String reasonOf(ActivityFailure failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof ApplicationFailure fault
        ? fault.getOriginalMessage()
        : String.valueOf(cause.getMessage());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private static String details(JanitorReport report) {
    return report.summary()
        + report.findings().stream()
            .map(finding -> "\n- " + OneLine.of(finding.line()))
            .collect(Collectors.joining());
  }
}
