package dev.reencodarr.activities.process;

/**
 * Whether heavy programs may run on this machine at the moment. It is asked often, and answers at
 * once.
 */
public interface WorkPermit {

  /** Of a machine that nothing ever holds up. */
  WorkPermit ALWAYS =
      new WorkPermit() {
        @Override
        public boolean mayBegin() {
          return true;
        }

        @Override
        public boolean mayGoOn() {
          return true;
        }

        @Override
        public long heldNanos() {
          return 0;
        }
      };

  /** Whether something may begin. */
  boolean mayBegin();

  /** Whether what runs may go on; else it is stopped where it stands. */
  boolean mayGoOn();

  /**
   * For how long, all together, nothing was to run since this process began, in nanoseconds: what
   * is measured in between takes the difference off.
   */
  long heldNanos();
}
