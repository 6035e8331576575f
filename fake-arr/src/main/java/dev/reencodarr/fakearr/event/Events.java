package dev.reencodarr.fakearr.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells what has happened to all that listen, at once and in order, as the program does. */
public final class Events {

  private final List<Consumer<ArrEvent>> listeners = new CopyOnWriteArrayList<>();

  public void listen(Consumer<ArrEvent> listener) {
    listeners.add(listener);
  }

  /** Returns when all have heard of it; a webhook that is slow holds up the work. */
  public void tell(ArrEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
