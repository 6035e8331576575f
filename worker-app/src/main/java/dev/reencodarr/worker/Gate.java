package dev.reencodarr.worker;

import io.temporal.worker.tuning.ActivitySlotInfo;
import io.temporal.worker.tuning.FixedSizeSlotSupplier;
import io.temporal.worker.tuning.SlotMarkUsedContext;
import io.temporal.worker.tuning.SlotPermit;
import io.temporal.worker.tuning.SlotReleaseContext;
import io.temporal.worker.tuning.SlotReserveContext;
import io.temporal.worker.tuning.SlotSupplier;
import io.temporal.worker.tuning.SlotSupplierFuture;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The slots of a queue, of which a worker takes one before it polls: while the gate is closed there
 * are none, so the queue is not polled, from the worker's very start on. (Suspending a worker's
 * polling has no effect before it has begun.) A poll that is out when the gate closes may still
 * bring a task.
 */
final class Gate implements SlotSupplier<ActivitySlotInfo> {

  private final FixedSizeSlotSupplier<ActivitySlotInfo> slots;
  private CompletableFuture<Boolean> opened = new CompletableFuture<>();

  /** A closed gate. */
  Gate(int slots) {
    this.slots = new FixedSizeSlotSupplier<>(slots);
  }

  synchronized void open() {
    opened.complete(true);
  }

  synchronized void close() {
    if (opened.isDone()) {
      opened = new CompletableFuture<>();
    }
  }

  synchronized boolean isOpen() {
    return opened.isDone();
  }

  private synchronized CompletableFuture<Boolean> opening() {
    return opened;
  }

  @Override
  public SlotSupplierFuture reserveSlot(SlotReserveContext<ActivitySlotInfo> context)
      throws Exception {
    if (isOpen()) {
      return slots.reserveSlot(context);
    }
    CompletableFuture<SlotPermit> permit = opening().thenCompose(_ -> reserve(context));
    return SlotSupplierFuture.fromCompletableFuture(permit, () -> permit.cancel(true));
  }

  private CompletableFuture<SlotPermit> reserve(SlotReserveContext<ActivitySlotInfo> context) {
    try {
      return slots.reserveSlot(context);
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Optional<SlotPermit> tryReserveSlot(SlotReserveContext<ActivitySlotInfo> context) {
    return isOpen() ? slots.tryReserveSlot(context) : Optional.empty();
  }

  @Override
  public void markSlotUsed(SlotMarkUsedContext<ActivitySlotInfo> context) {
    slots.markSlotUsed(context);
  }

  @Override
  public void releaseSlot(SlotReleaseContext<ActivitySlotInfo> context) {
    slots.releaseSlot(context);
  }

  @Override
  public Optional<Integer> getMaximumSlots() {
    return slots.getMaximumSlots();
  }
}
