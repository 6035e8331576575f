package dev.reencodarr.bench.webhooks;

/**
 * What came of a call.
 *
 * @param status 0 where no answer came
 * @param micros from the moment when it was due until its answer was read
 * @param lateMicros of these before it was sent, since its connection or the sender was busy
 */
record Answer(int status, long micros, long lateMicros) {

  private static final int TAKEN = 204;

  boolean isTaken() {
    return status == TAKEN;
  }
}
