package dev.reencodarr.fakearr.fault;

import dev.reencodarr.fakearr.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What is to go wrong, and how often. */
public final class Faults {

  private record Rule(Pattern pattern, AtomicInteger left, Fault fault) {

    boolean takes(Request request) {
      return pattern.matcher(request.line()).find()
          && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  /**
   * Has the next requests go wrong whose first line has this pattern in it, such as {@code "GET
   * .+episodefile"}. Of several rules that fit, the oldest is used up first.
   */
  public void next(int times, String pattern, Fault fault) {
    rules.add(new Rule(Pattern.compile(pattern), new AtomicInteger(times), fault));
  }

  /** The same, until {@link #clear}. */
  public void always(String pattern, Fault fault) {
    next(Integer.MAX_VALUE, pattern, fault);
  }

  public void clear() {
    rules.clear();
  }

  /** What goes wrong with this request. */
  public Optional<Fault> of(Request request) {
    return rules.stream().filter(rule -> rule.takes(request)).findFirst().map(Rule::fault);
  }
}
