package dev.reencodarr.workflows.failure;

/**
 * The judgement of a failure.
 *
 * @param code of the contract, such as {@code EXIT_137} or {@code FILE_ACCESS}
 * @param message for people, one line of at most 300 characters; longer ones are cut, and the code
 *     stands in for none at all
 */
public record Classification(
    FailureStage stage, FailureCategory category, String code, String message, Reaction reaction) {

  private static final int MESSAGE_LIMIT = 300;

  public Classification {
    String line = oneLine(message);
    message = line.isEmpty() ? code : line;
  }

  /**
   * Whether it is the source itself that cannot be decoded, wherever that came to light. What is
   * worth a retry may be the fault of a mount as well.
   */
  public boolean isOfABrokenSource() {
    return stage == FailureStage.ANALYSIS
        && category == FailureCategory.VALIDATION
        && reaction == Reaction.GIVE_UP;
  }

  /**
   * The same of something that is no video.
   *
   * @param what it is, in words that a message begins with
   * @param followedBy what is done about it
   */
  public Classification about(String what, Reaction followedBy) {
    return new Classification(stage, category, code, what + ": " + message, followedBy);
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    if (line.length() <= MESSAGE_LIMIT) {
      return line;
    }
    int end = MESSAGE_LIMIT - 1;
    // Never half a character: an emoji is two.
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
