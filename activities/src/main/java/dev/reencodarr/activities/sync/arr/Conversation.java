package dev.reencodarr.activities.sync.arr;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.ResponseBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Call;
import retrofit2.Response;

/** Questions, which are asked again where the failure may pass, and orders, given once. */
final class Conversation {

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final int TRIES = 3;

  private final String program;
  private final Wording wording;
  private final AnswerReader reader;
  private final Retry retry;

  Conversation(String program, Wording wording, Limits limits) {
    this.program = program;
    this.wording = wording;
    this.reader = new AnswerReader(program, limits);
    this.retry =
        Retry.of(
            program,
            RetryConfig.custom()
                .maxAttempts(TRIES)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(limits.pause(), 2))
                .retryOnException(Conversation::mayPass)
                .build());
  }

  private static boolean mayPass(Throwable e) {
    return switch (e) {
      case ArrFailed failed -> failed.kind().mayPass();
      case IOException silence -> Silence.mayPass(silence);
      default -> false;
    };
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(ResponseBody body) throws IOException, ArrFailed;
  }

  @FunctionalInterface
  private interface Refused<T> {
    T by(Refusal refusal) throws ArrFailed;
  }

  /** Asks for an object. */
  Item object(Call<ResponseBody> call) throws ArrFailed {
    return asked(call, reader::object, failing());
  }

  /** Asks for an object; empty where the program itself says that there is none. */
  Optional<Item> objectIfThere(Call<ResponseBody> call) throws ArrFailed {
    return asked(call, body -> Optional.of(reader.object(body)), Conversation::none);
  }

  /**
   * Asks for a list.
   *
   * @param reading what is made of an item; empty where it cannot be used: it is left out
   */
  <T> List<T> list(Call<ResponseBody> call, Function<Item, Optional<T>> reading) throws ArrFailed {
    return asked(call, body -> all(body, call, reading), failing());
  }

  /** Asks for a list of which only some is looked at. */
  List<Item> items(Call<ResponseBody> call) throws ArrFailed {
    return list(call, item -> Optional.of(item).filter(Item::isObject));
  }

  /** Asks for a list of something that may not be there: empty then too. */
  <T> List<T> listIfThere(Call<ResponseBody> call, Function<Item, Optional<T>> reading)
      throws ArrFailed {
    Optional<List<T>> list =
        asked(call, body -> Optional.of(all(body, call, reading)), Conversation::none);
    return list.orElse(List.of());
  }

  /** The same as it comes; where it is asked for again, what was told is told again. */
  <T> void each(
      Call<ResponseBody> call, Function<Item, Optional<T>> reading, Consumer<? super T> each)
      throws ArrFailed {
    Boolean _ =
        asked(
            call,
            body -> {
              read(body, call, reading, each);
              return true;
            },
            failing());
  }

  /** Gives an order that is answered by an object. */
  Item ordered(Call<ResponseBody> call) throws ArrFailed {
    return given(call, reader::object);
  }

  /** Gives an order; whatever it says of it is not read. */
  void order(Call<ResponseBody> call) throws ArrFailed {
    Boolean _ = given(call, _ -> true);
  }

  /** The first line of a text of theirs, fit to be told on. */
  String line(String text) {
    return wording.line(text);
  }

  ArrFailed notUnderstood() {
    return reader.notUnderstood();
  }

  private <T> List<T> all(
      ResponseBody body, Call<ResponseBody> call, Function<Item, Optional<T>> reading)
      throws IOException, ArrFailed {
    List<T> all = new ArrayList<>();
    read(body, call, reading, all::add);
    return all;
  }

  private <T> void read(
      ResponseBody body,
      Call<ResponseBody> call,
      Function<Item, Optional<T>> reading,
      Consumer<? super T> each)
      throws IOException, ArrFailed {
    LeftOut leftOut = new LeftOut();
    reader.list(
        body, item -> reading.apply(item).ifPresentOrElse(each, () -> leftOut.add(item.id("id"))));
    if (leftOut.count() > 0) {
      LOG.debug("{} {}: {}", program, call.request().url().encodedPath(), leftOut.words());
    }
  }

  private static <T> Refused<T> failing() {
    return refusal -> {
      throw refusal.failed();
    };
  }

  private static <T> Optional<T> none(Refusal refusal) throws ArrFailed {
    if (refusal.saysThereIsNone()) {
      return Optional.empty();
    }
    throw refusal.failed();
  }

  private <T> T asked(Call<ResponseBody> call, Reading<T> reading, Refused<T> refused)
      throws ArrFailed {
    try {
      return retry.executeCallable(() -> once(call, reading, refused));
    } catch (ArrFailed | RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw Silence.of(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T given(Call<ResponseBody> call, Reading<T> reading) throws ArrFailed {
    try {
      return once(call, reading, failing());
    } catch (IOException e) {
      throw Silence.of(e);
    }
  }

  private <T> T once(Call<ResponseBody> call, Reading<T> reading, Refused<T> refused)
      throws IOException, ArrFailed {
    Response<ResponseBody> response = call.clone().execute();
    if (!response.isSuccessful()) {
      return refused.by(Refusal.of(response, wording));
    }
    ResponseBody told = response.body();
    try (ResponseBody body = told == null ? ResponseBody.create("", null) : told) {
      return reading.of(body);
    }
  }
}
