package dev.reencodarr.activities.process;

import java.util.List;

/** Hears what a program complains of while it runs, and how it ended. */
public interface ProgramListener {

  /** Of a program that nobody is going to ask about. */
  ProgramListener NOBODY =
      new ProgramListener() {
        @Override
        public void begins(List<String> command) {}

        @Override
        public void complains(byte[] bytes, int length) {}

        @Override
        public void ends(ProgramEnd end) {}
      };

  /** The next program is about to be started. */
  void begins(List<String> command);

  /**
   * It has written to its standard error; called on another thread.
   *
   * @param bytes of which so many count; they are written over after the call
   */
  void complains(byte[] bytes, int length);

  /** It has ended, and all that it wrote was told. */
  void ends(ProgramEnd end);
}
