package dev.reencodarr.activities.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.media.VideoState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rows of {@code video_failures} that are no video's. Their {@code workflow_id} is the name of
 * what fails.
 */
public final class StandingFailureRepository {

  private static final List<String> WORK = VideoState.codesOfWork();

  private final Database database;

  public StandingFailureRepository(Database database) {
    this.database = database;
  }

  /**
   * What fails, fit to be written.
   *
   * @param message of the classification, fit to be shown
   */
  public record Standing(String subject, Classification judged, String message, JsonNode context) {}

  /**
   * Writes what is new, leaves what stands already, and resolves what is over: of subjects that
   * work, and of those that now fail in another stage or with another code.
   *
   * @param run who tells it
   * @return what is new
   */
  public List<Standing> tell(String run, List<Standing> failing, List<String> working) {
    return Objects.requireNonNull(
        database
            .transactions()
            .execute(_ -> {
              oneAtATime();
              if (!working.isEmpty()) {
                resolve(working);
              }
              List<Standing> written = new ArrayList<>();
              for (Standing each : failing) {
                resolveOthers(each);
                if (write(run, each)) {
                  written.add(each);
                }
              }
              return List.copyOf(written);
            }));
  }

  /**
   * Resolves what videos wait for where none that has said so is at work any more: it was ended
   * without a last word.
   *
   * @param age of the rows at least; a younger one may be on its way to being a video's
   * @return the subjects
   */
  public List<String> resolveWaitsOfNobody(Duration age) {
    return database
        .client()
        .sql(
            """
            update video_failures s set resolved = true, resolved_at = now()
            where s.video_id is null and not s.resolved and starts_with(s.workflow_id, :waiting)
              and s.inserted_at < now() - make_interval(secs => :age)
              and not exists (
                select from videos v
                join video_failures f on f.video_id = v.id
                  and f.workflow_id || '#' || f.run_id = v.claimed_by
                where v.state in (:work)
                  and :waiting || concat_ws('/', f.failure_stage, f.failure_code,
                    coalesce(f.system_context ->> 'host', :anyHost)
                      || coalesce(f.system_context ->> :root, '')) = s.workflow_id)
            returning s.workflow_id
            """)
        .param("waiting", StandingFailure.WAITING)
        .param("anyHost", StandingFailure.ANY_HOST)
        .param("root", Evidence.LIBRARY_ROOT)
        .param("age", age.toSeconds())
        .param("work", WORK)
        .query((row, number) -> row.getString("workflow_id"))
        .list();
  }

  /** Of two who tell the same at the same time one finds the other's row. */
  private void oneAtATime() {
    database
        .client()
        .sql("select pg_advisory_xact_lock(hashtext('standing failures are told'))")
        .query((_, _) -> true)
        .single();
  }

  private void resolve(List<String> subjects) {
    database
        .client()
        .sql(
            """
            update video_failures set resolved = true, resolved_at = now()
            where video_id is null and not resolved and workflow_id in (:subjects)
            """)
        .param("subjects", subjects)
        .update();
  }

  private void resolveOthers(Standing standing) {
    database
        .client()
        .sql(
            """
            update video_failures set resolved = true, resolved_at = now()
            where video_id is null and not resolved and workflow_id = :subject
              and (failure_stage <> :stage or failure_code <> :code)
            """)
        .param("subject", standing.subject())
        .param("stage", standing.judged().stage().code())
        .param("code", standing.judged().code())
        .update();
  }

  private boolean write(String run, Standing standing) {
    return database
            .client()
            .sql(
                """
                insert into video_failures (
                  failure_stage, failure_category, failure_code, failure_message, system_context,
                  workflow_id, run_id, attempt)
                select :stage, :category, :code, :message, cast(:context as jsonb),
                  :subject, :run, 1 + count(*) filter (where run_id = :run and failure_stage = :stage)
                from video_failures where workflow_id = :subject
                having count(*) filter (where not resolved) = 0
                """)
            .param("stage", standing.judged().stage().code())
            .param("category", standing.judged().category().code())
            .param("code", standing.judged().code())
            .param("message", standing.message())
            .param("context", standing.context().toString())
            .param("subject", standing.subject())
            .param("run", run)
            .update()
        > 0;
  }
}
