package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.MountAbility;
import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Mounts that offer this much and no more, on one that offers everything. */
enum TestMount {
  EVERYTHING(true, true, true, false),
  LINKS(false, true, false, false),
  NOTHING(false, false, false, false),
  /** Nothing, and the settings allow a gap. */
  GAP(false, false, false, true),
  /** A rename that replaces nothing, and the settings allow a gap. */
  GAP_AND_FREE_NAMES(false, false, true, true);

  private final boolean exchange;
  private final boolean links;
  private final boolean freeNames;
  private final boolean gap;

  TestMount(boolean exchange, boolean links, boolean freeNames, boolean gap) {
    this.exchange = exchange;
    this.links = links;
    this.freeNames = freeNames;
    this.gap = gap;
  }

  /** A mount where this is the best way. */
  static TestMount of(SwapWay way) {
    return switch (way) {
      case EXCHANGE -> EVERYTHING;
      case HARD_LINK -> LINKS;
      case COPY -> NOTHING;
      case RENAME_AWAY -> GAP;
    };
  }

  MountAbility ability() {
    return new MountAbility(exchange, links, freeNames, true, Duration.ofNanos(1), true, true);
  }

  boolean gap() {
    return gap;
  }

  SwapMeans means() {
    return new SwapMeans(0, false, gap, root -> {}, calls());
  }

  MountCalls calls() {
    MountCalls real = MountCalls.real();
    return new MountCalls() {
      @Override
      public void exchange(Path one, Path other) throws IOException {
        offered(exchange, one, other);
        real.exchange(one, other);
      }

      @Override
      public void renameToFreeName(Path from, Path to) throws IOException {
        offered(freeNames, from, to);
        real.renameToFreeName(from, to);
      }

      @Override
      public void link(Path file, Path name) throws IOException {
        offered(links, file, name);
        real.link(file, name);
      }
    };
  }

  private static void offered(boolean really, Path one, Path other) throws IOException {
    if (!really) {
      throw new MountCalls.NotOffered(one, other, "this");
    }
  }
}
