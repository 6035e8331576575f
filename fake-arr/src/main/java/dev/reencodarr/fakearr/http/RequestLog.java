package dev.reencodarr.fakearr.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** All requests that came, in order. */
public final class RequestLog {

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicBoolean keyInQuery = new AtomicBoolean();
  private final AtomicBoolean off = new AtomicBoolean();

  /** Writes one down. */
  public void add(Request request) {
    if (request.has("apikey")) {
      keyInQuery.set(true);
    }
    if (!off.get()) {
      requests.add(request);
    }
  }

  public List<Request> all() {
    return List.copyOf(requests);
  }

  /** Those whose first line has this in it, such as {@code "GET .+episodefile"}. */
  public List<Request> matching(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    return requests.stream().filter(r -> wanted.matcher(r.line()).find()).toList();
  }

  /** Whether the key ever stood where addresses are written down. */
  public boolean keyStoodInQuery() {
    return keyInQuery.get();
  }

  public void clear() {
    requests.clear();
  }

  /** Keeps none from now on: a benchmark sends many. */
  public void turnOff() {
    off.set(true);
  }
}
