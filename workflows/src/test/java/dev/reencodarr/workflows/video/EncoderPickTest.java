package dev.reencodarr.workflows.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EncoderPickTest {

  private static final List<EncoderLost.Why> WHYS = List.of(EncoderLost.Why.values());

  /** Whatever is wished, offered and lost, in whatever order. */
  @RepeatedTest(200)
  void whatComesIntoQuestionIsWishedOfferedAndNotKnownToFailInTheOrderOfPreference(
      RepetitionInfo repetition) {
    Random chance = new Random(repetition.getCurrentRepetition());
    List<Encoder> wished = new ArrayList<>(Arrays.asList(Encoder.values()));
    Collections.shuffle(wished, chance);
    wished = wished.subList(0, 1 + chance.nextInt(wished.size()));
    EncoderPick pick = new EncoderPick(wished);
    Set<Encoder> gone = EnumSet.noneOf(Encoder.class);
    Set<Encoder> refusing = EnumSet.noneOf(Encoder.class);
    for (int step = 0; step < 20; step++) {
      Set<Encoder> offered = EnumSet.noneOf(Encoder.class);
      for (Encoder encoder : Encoder.values()) {
        if (chance.nextBoolean()) {
          offered.add(encoder);
        }
      }
      List<Encoder> among = pick.among(offered);

      List<Encoder> expected = new ArrayList<>(wished);
      expected.retainAll(offered);
      expected.removeAll(gone);
      expected.removeAll(refusing);
      assertThat(among).isEqualTo(expected);
      if (among.isEmpty()) {
        // Something is waited for, or it would be for ever.
        assertThat(pick.awaited()).isNotEmpty();
        pick.forgetWhatIsGone();
        gone.clear();
      } else if (pick.hasAnotherThan(among.getFirst())) {
        EncoderLost.Why why = WHYS.get(chance.nextInt(WHYS.size()));
        pick.lost(among.getFirst(), why);
        switch (why) {
          case DEVICE_GONE -> gone.add(among.getFirst());
          case REFUSES_THE_FILM -> refusing.add(among.getFirst());
          case NOBODY_TOOK_IT -> {}
        }
      }
      assertThat(refusing.size()).isLessThan(wished.size());
    }
  }

  @Test
  void theOnlyOneThatIsLeftHasNoOtherToTurnTo() {
    EncoderPick pick = new EncoderPick(List.of(Encoder.AV1_NVENC, Encoder.LIBSVTAV1));
    assertThat(pick.hasAnotherThan(Encoder.AV1_NVENC)).isTrue();

    pick.lost(Encoder.AV1_NVENC, EncoderLost.Why.REFUSES_THE_FILM);

    assertThat(pick.hasAnotherThan(Encoder.LIBSVTAV1)).isFalse();
    assertThat(pick.awaited()).containsExactly(Encoder.LIBSVTAV1);
  }
}
