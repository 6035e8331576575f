package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CoreBudgetTest {

  @Test
  void whoBeginsAloneGetsTheThreadsOfAllAndWhoComesLaterItsShare() throws Exception {
    CoreBudget budget = new CoreBudget(2, 4);
    CoreBudget.Lease first = budget.take(() -> {});
    CoreBudget.Lease second = budget.take(() -> {});
    assertThat(first.threads()).isEqualTo(8);
    assertThat(second.threads()).isEqualTo(4);

    first.close();
    try (CoreBudget.Lease besideTheSecond = budget.take(() -> {})) {
      assertThat(besideTheSecond.threads()).isEqualTo(4);
    }
    second.close();
    try (CoreBudget.Lease alone = budget.take(() -> {})) {
      assertThat(alone.threads()).isEqualTo(8);
    }
  }

  @Test
  void aJobThatRanBeforeTheBudgetCountsBesideTheOthers() throws Exception {
    CoreBudget budget = new CoreBudget(2, 4);
    try (CoreBudget.Lease living = budget.occupy();
        CoreBudget.Lease next = budget.take(() -> {})) {
      assertThat(living.threads()).isEqualTo(4);
      assertThat(next.threads()).isEqualTo(4);
    }
  }

  @Test
  void neverMoreJobsRunThanWereSetAndALeaseThatIsClosedTwiceFreesOne() throws Exception {
    CoreBudget budget = new CoreBudget(1, 2);
    for (int round = 0; round < 2; round++) {
      CoreBudget.Lease only = budget.take(() -> {});
      CountDownLatch waits = new CountDownLatch(1);
      Thread next = Thread.ofVirtual().start(() -> takeAndGiveBack(budget, waits));

      assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();
      only.close();
      only.close();
      assertThat(next.join(Duration.ofSeconds(30))).isTrue();
    }
  }

  private static void takeAndGiveBack(CoreBudget budget, CountDownLatch waits) {
    try (CoreBudget.Lease _ = budget.take(waits::countDown)) {
      assertThat(waits.getCount()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void nothingBeginsWhileTheMachineIsHeldUp() throws Exception {
    TestPermit permit = new TestPermit();
    permit.hold(false);
    CoreBudget budget = new CoreBudget(1, 2, permit);
    CountDownLatch waits = new CountDownLatch(2);
    Thread next = Thread.ofVirtual().start(() -> takeAndGiveBack(budget, waits));

    assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();
    permit.letGo();

    assertThat(next.join(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void whatAnyMachineMayDoIsLeftToTheOthersAfterAWhileAndTheRestWaitsOn() throws Exception {
    TestPermit permit = new TestPermit();
    CoreBudget budget = new CoreBudget(1, 2, permit, Duration.ofMillis(1500));
    permit.hold(true);
    assertThatThrownBy(() -> budget.takeOrLeave(() -> {}))
        .isInstanceOf(CoreBudget.MachineHeld.class);

    CountDownLatch waits = new CountDownLatch(4);
    Thread other = Thread.ofVirtual().start(() -> takeAndGiveBack(budget, waits));
    assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();
    permit.letGo();
    assertThat(other.join(Duration.ofSeconds(30))).isTrue();
    try (CoreBudget.Lease all = budget.takeOrLeave(() -> {})) {
      assertThat(all.threads()).isEqualTo(2);
    }
  }

  @Test
  void whoWaitsForCoresOfAnOpenMachineWaitsOn() throws Exception {
    CoreBudget budget = new CoreBudget(1, 2, new TestPermit(), Duration.ZERO);
    CoreBudget.Lease only = budget.take(() -> {});
    CountDownLatch waits = new CountDownLatch(2);
    try (CoreBudget.Lease _ =
        budget.takeOrLeave(() -> {
          waits.countDown();
          if (waits.getCount() == 0) {
            only.close();
          }
        })) {
      assertThat(waits.getCount()).isZero();
    }
  }
}
