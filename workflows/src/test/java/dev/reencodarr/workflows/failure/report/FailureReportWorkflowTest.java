package dev.reencodarr.workflows.failure.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureReportWorkflowTest {

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final Queue<ReportOrder> asked = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(FailureReportWorkflowImpl.class);
    control.registerActivitiesImplementations((FailureReportActivities) this::read);
    environment.start();
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private FailureReport read(ReportOrder order) {
    asked.add(order);
    return FailureReport.of(
        order.daysBack(),
        List.of(),
        List.of(),
        List.of(),
        new Details(List.of(), Details.Trend.of(0, 0), 0));
  }

  private WorkflowStub run(Object... input) {
    WorkflowStub run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "FailureReport",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setWorkflowId("failure-report/monday")
                    .build());
    run.start(input);
    return run;
  }

  @Test
  void startedWithoutAnythingItIsTheUsualReportAsResultAndByQuery() {
    WorkflowStub run = run();

    FailureReport report = run.getResult(FailureReport.class);

    assertThat(report.summary().periodDays()).isEqualTo(7);
    assertThat(run.query("report", FailureReport.class)).isEqualTo(report);
    assertThat(asked).extracting(ReportOrder::entries).containsExactly(10);
  }

  @Test
  void aPeriodIsTypedAsJson() throws Exception {
    WorkflowStub run = run(new ObjectMapper().readTree("{\"days\": 30}"));

    assertThat(run.getResult(FailureReport.class).summary().periodDays()).isEqualTo(30);
  }

  @Test
  void theReportTravelsWithTheKeysThatProgramsRead() throws Exception {
    String json = Payloads.mapper().writeValueAsString(read(ReportOrder.usual()));

    assertThat(json)
        .contains("\"total_failures\":0", "\"resolution_rate\":null", "\"common_patterns\":[]");
  }

  @ParameterizedTest
  @CsvSource({"-5, -1, 1, 1", "99999, 5000, 36500, 100", "30, 20, 30, 20"})
  void whatLiesOutsideIsTakenForTheNearestWithin(int days, int limit, int back, int entries) {
    ReportOrder order = new ReportOrder(OptionalInt.of(days), OptionalInt.of(limit));

    assertThat(order.daysBack()).isEqualTo(back);
    assertThat(order.entries()).isEqualTo(entries);
  }
}
